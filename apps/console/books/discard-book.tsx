import type { BookDetails } from '#client';
import { portal } from '../api/portal.ts';
import { ReasonedAct } from '../parts/reasoned-act.tsx';
import { say } from '../parts/toasts.tsx';
import { useSession } from '../session/session.ts';
import { useWords } from '../words/words.tsx';

interface DiscardProps {
  readonly book: BookDetails;
  readonly etag: string | null;
  readonly onClose: () => void;
}

/** 🗑 Xóa sổ, which no number was taken from. */
export function DiscardBook({ book, etag, onClose }: DiscardProps) {
  const words = useWords();
  const { agency } = useSession();
  return (
    <ReasonedAct
      title={words.books.discard(book.name)}
      what={words.books.discardWhat}
      act={words.books.discardGo}
      onClose={onClose}
      run={(body, options) =>
        portal.discardBook({ agency, bookId: book.bookId }, body, { ...options, ifMatch: etag })
      }
      onDone={() => say(words.books.discarded(book.name))}
    />
  );
}
