import { useQuery } from '@tanstack/react-query';
import { useNavigate, useParams, useSearch } from '@tanstack/react-router';
import { useDeferredValue, useState } from 'react';
import { queryLengths } from '#client';
import { oneBook } from '../books/book-queries.ts';
import { ChoiceField, TextField } from '../parts/field.tsx';
import { Failure } from '../parts/failure.tsx';
import { Loading } from '../parts/loading.tsx';
import { useSession } from '../session/session.ts';
import { useWords } from '../words/words.tsx';
import { BookHead } from './book-head.tsx';
import { EntryTable } from './entry-table.tsx';
import { RegisterWindows } from './register-windows.tsx';
import type { RegisterSearch } from './register-search.ts';

const ROUTE = '/shell/hoso/quyensochungthuc/$bookId';

/** The register of one book, in the columns of its form. */
export function RegisterPage() {
  const words = useWords();
  const { agency } = useSession();
  const { bookId } = useParams({ from: ROUTE });
  const search = useSearch({ from: ROUTE });
  const navigate = useNavigate({ from: '/hoso/quyensochungthuc/$bookId' });
  const turn = (next: RegisterSearch): void => void navigate({ search: next });
  const [typed, setTyped] = useState('');
  const wanted = useDeferredValue(typed.trim());
  const { data, error, refetch } = useQuery(oneBook(agency, bookId));
  if (!data) return error ? <Failure error={error} onRetry={() => void refetch()} /> : <Loading />;
  const all: readonly [string, string] = ['', words.all];
  const choose = (trangthai: string): void => turn(trangthai === '' ? {} : { trangthai });
  return (
    <div className="page">
      <BookHead key={bookId} {...data} turn={turn} search={search} />
      <p className="notice warn paper-only">{words.entries.printing.onPaper}</p>
      <div className="grid-2 no-print" role="search">
        <TextField
          name="search"
          label={words.search}
          hint={words.entries.searchHint}
          value={typed}
          onValue={setTyped}
          inputMode="search"
          maxLength={queryLengths.listEntries.search}
        />
        <ChoiceField
          name="state"
          label={words.state}
          value={search.trangthai ?? ''}
          onValue={choose}
          options={[all, ...Object.entries(words.entries.states)]}
        />
      </div>
      <EntryTable
        path={{ agency, bookId }}
        typed={wanted}
        state={search.trangthai}
        onOpen={(so) => turn({ ...search, so })}
      />
      <RegisterWindows {...data} search={search} turn={turn} />
    </div>
  );
}
