import { Link } from '@tanstack/react-router';
import type { BookRow } from '#client';
import { Button } from '../parts/button.tsx';
import { shownDay } from '../parts/days.ts';
import { Icon } from '../parts/icon.tsx';
import { SortedHead } from '../parts/sorted-head.tsx';
import { hasRole, useSession } from '../session/session.ts';
import { useWords } from '../words/words.tsx';
import { BookStatusChip } from './book-status-chip.tsx';
import type { BooksSearch } from './books-search.ts';

interface TableProps {
  readonly books: readonly BookRow[];
  readonly search: BooksSearch;
  readonly turn: (changed: BooksSearch) => void;
  readonly isSearch: boolean;
}

const columns = ['name', 'firstNumber', 'openedOn', 'closesOn'] as const;

/** The guide's columns, in the guide's order. */
export function BookTable({ books, search, turn, isSearch }: TableProps) {
  const words = useWords();
  const isOfficer = hasRole(useSession(), 'receiving-officer');
  if (books.length === 0)
    return <p className="sheet empty">{isSearch ? words.books.nothing : words.books.empty}</p>;
  return (
    <div className="table-box" tabIndex={0} role="region" aria-label={words.books.title}>
      <table className="table">
        <thead>
          <tr>
            {columns.map((column) => (
              <SortedHead
                key={column}
                column={column}
                label={words.books.columns[column]}
                sort={search.xep ?? '-openedOn'}
                onSort={(xep) => turn({ xep, trang: 1 })}
              />
            ))}
            <th scope="col">{words.books.columns.status}</th>
            {isOfficer && <th scope="col">{words.actions}</th>}
          </tr>
        </thead>
        <tbody>
          {books.map((book) => (
            <Row key={book.bookId} book={book} turn={turn} isOfficer={isOfficer} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

interface RowProps {
  readonly book: BookRow;
  readonly turn: (changed: BooksSearch) => void;
  readonly isOfficer: boolean;
}

function Row({ book, turn, isOfficer }: RowProps) {
  const words = useWords();
  const { bookId, name, firstNumber, openedOn, closesOn, status } = book;
  const isOver = status === 'closed' || status === 'discarded';
  return (
    <tr>
      <td>
        <Link to="/hoso/quyensochungthuc/$bookId" params={{ bookId }}>
          {name}
        </Link>
      </td>
      <td className="number">{firstNumber}</td>
      <td className="number">{shownDay(openedOn)}</td>
      <td className="number">{shownDay(closesOn)}</td>
      <td>
        <BookStatusChip book={book} />
      </td>
      {isOfficer && (
        <td>
          <div className="row acts">
            <Button
              kind="icon"
              label={words.books.edit(name)}
              disabled={isOver}
              onClick={() => turn({ sua: bookId })}
            >
              <Icon name="edit" />
            </Button>
            <Button
              kind="danger icon"
              label={words.books.discard(name)}
              disabled={isOver}
              onClick={() => turn({ xoa: bookId })}
            >
              <Icon name="bin" />
            </Button>
          </div>
        </td>
      )}
    </tr>
  );
}
