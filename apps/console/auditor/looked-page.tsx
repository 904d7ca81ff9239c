import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { AccessRecordRow } from '#client';
import { portal } from '../api/portal.ts';
import { shownInstant } from '../parts/days.ts';
import { Failure } from '../parts/failure.tsx';
import { Loading } from '../parts/loading.tsx';
import { Pager } from '../parts/pager.tsx';
import { PlainTable } from '../parts/plain-table.tsx';
import { useSession } from '../session/session.ts';
import { useWords } from '../words/words.tsx';

const ROWS = 20;

/** Ai đã xem: who was shown numbers, pictures and history. */
export function LookedPage() {
  const words = useWords();
  const { agency } = useSession();
  const [page, setPage] = useState(1);
  const { data, error, refetch } = useQuery({
    queryKey: [agency, 'looked', page],
    queryFn: async ({ signal }) => {
      const query = { limit: ROWS, offset: (page - 1) * ROWS };
      return (await portal.listAccessRecords({ agency }, query, { signal })).data;
    },
    placeholderData: keepPreviousData,
  });
  return (
    <div className="page">
      <div className="page-head">
        <h1>{words.auditor.looked}</h1>
      </div>
      <Failure error={error} onRetry={() => void refetch()} />
      {!data && !error && <Loading />}
      {data && (
        <>
          <Records rows={data.items} />
          <Pager
            summary={data.summary}
            page={page}
            hasNext={page * ROWS < data.total}
            onPage={setPage}
          />
        </>
      )}
    </div>
  );
}

function Records({ rows }: { readonly rows: readonly AccessRecordRow[] }) {
  const words = useWords();
  const { columns, kinds } = words.auditor;
  if (rows.length === 0) return <p className="sheet empty">{words.auditor.nothing}</p>;
  const labels = [columns.at, columns.who, columns.seen, columns.numbers, columns.from];
  return (
    <PlainTable title={words.auditor.looked} columns={labels}>
      {rows.map((row) => (
        <tr key={`${row.correlationId} ${row.at}`}>
          <td className="number">{shownInstant(row.at)}</td>
          <td>
            {row.actor}
            <span className="hint block">{row.account}</span>
          </td>
          <td>{kinds[row.kind]}</td>
          <td className="number">{row.numbers.join(', ')}</td>
          <td className="number">{row.address}</td>
        </tr>
      ))}
    </PlainTable>
  );
}
