import { Link } from '@tanstack/react-router';
import type { BookDetails } from '#client';
import { BookStatusChip } from '../books/book-status-chip.tsx';
import { Button } from '../parts/button.tsx';
import { shownDay } from '../parts/days.ts';
import { Facts } from '../parts/facts.tsx';
import { WaitingNotice } from '../proposals/waiting-notice.tsx';
import { hasRole, useSession } from '../session/session.ts';
import { SpecimenImage } from '../specimens/specimen-image.tsx';
import { useWords } from '../words/words.tsx';
import { totalsOf } from './book-totals.ts';
import { PrintProgress } from './print-progress.tsx';
import { usePrint, type Printing } from './print-book.ts';
import type { RegisterSearch } from './register-search.ts';

interface HeadProps {
  readonly book: BookDetails;
  readonly etag: string | null;
  readonly search: RegisterSearch;
  readonly turn: (next: RegisterSearch) => void;
}

export function BookHead({ book, etag, search, turn }: HeadProps) {
  const words = useWords();
  const printing = usePrint(book, etag);
  const period = `${shownDay(book.openedOn)} – ${shownDay(book.closesOn)}`;
  const closed = book.confirmedByFullName ?? '';
  return (
    <>
      <div className="page-head">
        <div>
          <Link to="/hoso/quyensochungthuc" className="no-print">
            {words.books.title}
          </Link>
          <h1>
            {book.name} <BookStatusChip book={book} />
          </h1>
        </div>
        <Acts {...{ book, search, turn, printing }} />
      </div>
      <PrintProgress printing={printing} />
      <WaitingNotice bookId={book.bookId} />
      <section className="sheet">
        <Facts
          facts={[
            [words.entries.totals.period, period],
            ...totalsOf(book, words),
            ...(closed === ''
              ? []
              : [
                  [
                    words.entries.totals.confirmedBy,
                    `${closed}, ${book.confirmedByTitle ?? ''}`,
                  ] as const,
                ]),
          ]}
        />
        <ClosingSeal book={book} />
      </section>
    </>
  );
}

/** The seal the book was closed with, as it was then. */
function ClosingSeal({ book }: { readonly book: BookDetails }) {
  const { entries } = useWords();
  const session = useSession();
  const { seal } = book;
  // A successor's own is not among this agency's.
  if (!seal || seal.agency !== session.agency) return null;
  return <SpecimenImage kind="seal" {...seal} alt={entries.fields.seal} isSmall />;
}

interface ActsProps extends Omit<HeadProps, 'etag'> {
  readonly printing: Printing;
}

function Acts({ book, search, turn, printing }: ActsProps) {
  const words = useWords();
  const session = useSession();
  const isOfficer = hasRole(session, 'receiving-officer');
  const mayPrint = hasRole(session, 'receiving-officer', 'certifier', 'clerk', 'auditor');
  const isOpen = book.state === 'open';
  return (
    <div className="row no-print">
      {isOfficer && book.status === 'open' && (
        <Button kind="main-act" onClick={() => turn({ ...search, capso: true })}>
          {words.entries.assign}
        </Button>
      )}
      {isOfficer && isOpen && (
        <Button kind="danger" onClick={() => turn({ ...search, khoaso: true })}>
          {words.entries.closeBook}
        </Button>
      )}
      {mayPrint && (
        <Button disabled={printing.isBusy} onClick={printing.print}>
          {words.entries.print}
        </Button>
      )}
    </div>
  );
}
