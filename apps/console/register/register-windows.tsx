import { useQuery } from '@tanstack/react-query';
import type { BookDetails } from '#client';
import { Failure } from '../parts/failure.tsx';
import { Loading } from '../parts/loading.tsx';
import { Window } from '../parts/window.tsx';
import { useSession } from '../session/session.ts';
import { useWords } from '../words/words.tsx';
import { SignedCopy } from '../copies/signed-copy.tsx';
import { StampCopy } from '../copies/stamp-copy.tsx';
import { AssignNumbers } from './assign-numbers.tsx';
import { CloseBook } from './close-book.tsx';
import { CorrectEntry } from './correct-entry.tsx';
import { EntryWindow } from './entry-window.tsx';
import { oneEntry } from './entry-queries.ts';
import { RevokeEntry } from './revoke-entry.tsx';
import type { RegisterSearch } from './register-search.ts';
import { VoidEntry } from './void-entry.tsx';

interface WindowsProps {
  readonly book: BookDetails;
  readonly etag: string | null;
  readonly search: RegisterSearch;
  readonly turn: (next: RegisterSearch) => void;
}

/** The window the address names, before the register. */
export function RegisterWindows({ book, etag, search, turn }: WindowsProps) {
  const { capso, khoaso, so, viec: _viec, ...list } = search;
  const close = (): void => turn(list);
  if (capso) return <AssignNumbers book={book} onClose={close} />;
  if (khoaso) return <CloseBook book={book} etag={etag} onClose={close} />;
  if (so === undefined) return null;
  // Of another number everything is begun anew: what was typed, and what is on its way.
  return <OfEntry key={so} {...{ book, search, turn }} number={so} onClose={close} />;
}

interface OfEntryProps extends Omit<WindowsProps, 'etag'> {
  readonly number: number;
  readonly onClose: () => void;
}

function OfEntry({ book, search, turn, number, onClose }: OfEntryProps) {
  const words = useWords();
  const { agency } = useSession();
  const { data, error } = useQuery(oneEntry({ agency, bookId: book.bookId }, number));
  if (!data) {
    return (
      <Window title={words.entries.columns.number} onClose={onClose}>
        {error ? <Failure error={error} /> : <Loading />}
      </Window>
    );
  }
  const { viec, ...open } = search;
  const back = (): void => turn(open);
  const about = { book, entry: data, onClose: back };
  if (viec === 'dinh-chinh') return <CorrectEntry {...about} />;
  if (viec === 'huy-so') return <VoidEntry {...about} />;
  if (viec === 'huy-gia-tri') return <RevokeEntry {...about} />;
  if (viec === 'dong-dau') return <StampCopy {...about} />;
  if (viec === 'da-ky') return <SignedCopy {...about} />;
  return (
    <EntryWindow
      book={book}
      entry={data}
      onClose={onClose}
      onAct={(act) => turn({ ...search, viec: act })}
    />
  );
}
