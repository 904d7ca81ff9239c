import type { BookDetails, EntryRow } from '#client';
import { portal } from '../api/portal.ts';
import { ReasonedAct } from '../parts/reasoned-act.tsx';
import { say } from '../parts/toasts.tsx';
import { useSession } from '../session/session.ts';
import { useWords } from '../words/words.tsx';

export interface EntryActProps {
  readonly book: BookDetails;
  readonly entry: EntryRow;
  readonly onClose: () => void;
}

/** Hủy số: its dossier was not certified. */
export function VoidEntry({ book: { bookId }, entry, onClose }: EntryActProps) {
  const words = useWords();
  const { agency } = useSession();
  const { number, numberText } = entry;
  return (
    <ReasonedAct
      title={words.entries.voidTitle(numberText)}
      what={words.entries.voidWhat}
      act={words.entries.void}
      onClose={onClose}
      run={(body, options) => portal.voidEntryNumber({ agency, bookId, number }, body, options)}
      onDone={() => say(words.entries.voided(numberText))}
    />
  );
}
