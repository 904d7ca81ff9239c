import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import type { AccessRecordRow } from '#client';
import { portal } from '../api/portal.ts';
import { shownInstant } from '../parts/days.ts';
import { ChoiceField } from '../parts/field.tsx';
import { Listed } from '../parts/listed.tsx';
import { PlainTable } from '../parts/plain-table.tsx';
import { useSession } from '../session/session.ts';
import { useWords } from '../words/words.tsx';
import type { LookedSearch } from './looked-search.ts';

const ROWS = 20;

/** A page of who was shown what, latest first. */
function useLooked({ loai, trang = 1 }: LookedSearch) {
  const { agency } = useSession();
  const kind = loai as AccessRecordRow['kind'] | undefined;
  return useQuery({
    queryKey: [agency, 'looked', kind, trang],
    queryFn: async ({ signal }) => {
      const paging = { limit: ROWS, offset: (trang - 1) * ROWS };
      const query = { ...paging, ...(kind !== undefined && { kind }) };
      return (await portal.listAccessRecords({ agency }, query, { signal })).data;
    },
    placeholderData: keepPreviousData,
  });
}

/** Ai đã xem: who was shown numbers, pictures and history. */
export function LookedPage() {
  const words = useWords();
  const search = useSearch({ from: '/shell/kiem-toan/ai-da-xem' });
  const navigate = useNavigate({ from: '/kiem-toan/ai-da-xem' });
  const turn = (next: LookedSearch): void => void navigate({ search: next });
  const { loai, trang = 1 } = search;
  const all: readonly [string, string] = ['', words.all];
  const query = useLooked(search);
  return (
    <div className="page">
      <div className="page-head">
        <h1>{words.auditor.looked}</h1>
      </div>
      <div className="grid-2 no-print" role="search">
        <ChoiceField
          name="kind"
          label={words.auditor.columns.seen}
          value={loai ?? ''}
          onValue={(value) => turn(value === '' ? {} : { loai: value })}
          options={[all, ...Object.entries(words.auditor.kinds)]}
        />
      </div>
      <Listed
        query={query}
        page={trang}
        rows={ROWS}
        onPage={(next) => turn({ ...search, trang: next })}
      >
        {({ items }) => <Records rows={items} />}
      </Listed>
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
