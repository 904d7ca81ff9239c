import { useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useDeferredValue, useState } from 'react';
import { Button } from '../parts/button.tsx';
import { Failure } from '../parts/failure.tsx';
import { Loading } from '../parts/loading.tsx';
import { Pager } from '../parts/pager.tsx';
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
  const { data, error, refetch } = useQuery(bookPage(session.agency, search, wanted));
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
      {data && <PausedNotice paused={data.paused} />}
      <BookFilters search={search} turn={turn} typed={typed} onTyped={setTyped} />
      <Failure error={error} onRetry={() => void refetch()} />
      {data ? (
        <>
          <BookTable books={data.items} search={search} turn={turn} isSearch={wanted !== ''} />
          <Pager
            summary={data.summary}
            page={page}
            hasNext={page * ROWS < data.total}
            onPage={(trang) => turn({ trang })}
          />
        </>
      ) : (
        !error && <Loading />
      )}
      <BookWindows search={search} />
    </div>
  );
}
