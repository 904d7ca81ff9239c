import { useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useDeferredValue, useState } from 'react';
import { Button } from '../parts/button.tsx';
import { Listed } from '../parts/listed.tsx';
import { hasRole, useSession } from '../session/session.ts';
import { useWords } from '../words/words.tsx';
import { BookTable } from './book-table.tsx';
import { bookPage, ROWS } from './book-queries.ts';
import { BookWindows } from './book-windows.tsx';
import { BookFilters } from './book-filters.tsx';
import type { BooksSearch } from './books-search.ts';
import { PausedNotice } from './paused-notice.tsx';

/** Quyển sổ chứng thực: the guide's first chapter. */
export function BooksPage() {
  const words = useWords();
  const session = useSession();
  const search = useSearch({ from: '/shell/hoso/quyensochungthuc' });
  const navigate = useNavigate({ from: '/hoso/quyensochungthuc' });
  const [typed, setTyped] = useState('');
  const wanted = useDeferredValue(typed.trim());
  const query = useQuery(bookPage(session.agency, search, wanted));
  const turn = (changed: BooksSearch): void => void navigate({ search: { ...search, ...changed } });
  const page = search.trang ?? 1;
  const isOfficer = hasRole(session, 'receiving-officer');
  return (
    <div className="page">
      <div className="page-head">
        <h1>{words.books.title}</h1>
        {isOfficer && (
          <Button kind="main-act" onClick={() => turn({ them: true })}>
            {words.books.add}
          </Button>
        )}
      </div>
      {query.data && <PausedNotice paused={query.data.paused} />}
      <BookFilters search={search} turn={turn} typed={typed} onTyped={setTyped} />
      <Listed query={query} page={page} rows={ROWS} onPage={(trang) => turn({ trang })}>
        {({ items }) => <BookTable books={items} {...{ search, turn }} isSearch={wanted !== ''} />}
      </Listed>
      <BookWindows search={search} />
    </div>
  );
}
