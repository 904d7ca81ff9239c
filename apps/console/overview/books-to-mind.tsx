import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { BookRow } from '#client';
import { asked, portal } from '../api/portal.ts';
import { BookStatusChip } from '../books/book-status-chip.tsx';
import { shownDay } from '../parts/days.ts';
import { Failure } from '../parts/failure.tsx';
import { Loading } from '../parts/loading.tsx';
import { PlainTable } from '../parts/plain-table.tsx';
import { useSession } from '../session/session.ts';
import { useWords } from '../words/words.tsx';

/** Days before its last one on which a book is told of. */
const NEAR = 14;
const MOST = 50;
const DAY_MS = 86_400_000;

const daysLeft = (today: string, day: string): number =>
  (Date.parse(day) - Date.parse(today)) / DAY_MS;

/** Books behind their last day that nobody has closed, and open ones that are near it. */
function useBooks() {
  const { agency, me } = useSession();
  return useQuery({
    queryKey: [agency, 'books', 'to-mind', me.today],
    queryFn: async ({ signal }) => {
      const near = { limit: MOST, sort: 'closesOn' as const };
      const [late, open] = await Promise.all(
        (['awaiting-close', 'open'] as const).map((status) =>
          portal.listBooks({ agency }, { ...near, status }, asked(signal)),
        ),
      );
      const ending = (open?.data.items ?? []).filter(
        ({ closesOn }) => daysLeft(me.today, closesOn) <= NEAR,
      );
      return [...(late?.data.items ?? []), ...ending];
    },
  });
}

/** Sổ cần chú ý. */
export function BooksToMind() {
  const { overview } = useWords();
  const { data, error, refetch } = useBooks();
  return (
    <section className="stack">
      <h2>{overview.toMind}</h2>
      <Failure error={error} onRetry={() => void refetch()} />
      {!data && !error && <Loading />}
      {data?.length === 0 && <p className="sheet empty">{overview.noneToMind}</p>}
      {data && data.length > 0 && <Books books={data} />}
    </section>
  );
}

function Books({ books }: { readonly books: readonly BookRow[] }) {
  const words = useWords();
  const { me } = useSession();
  const { columns } = words.books;
  return (
    <PlainTable
      title={words.overview.toMind}
      columns={[columns.name, columns.closesOn, columns.status]}
    >
      {books.map((book) => (
        <tr key={book.bookId}>
          <td>
            <Link to="/hoso/quyensochungthuc/$bookId" params={{ bookId: book.bookId }}>
              {book.name}
            </Link>
          </td>
          <td className="number">
            {shownDay(book.closesOn)}
            <span className="hint block">
              {words.overview.daysLeft(daysLeft(me.today, book.closesOn))}
            </span>
          </td>
          <td>
            <BookStatusChip book={book} />
          </td>
        </tr>
      ))}
    </PlainTable>
  );
}
