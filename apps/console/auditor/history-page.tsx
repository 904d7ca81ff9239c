import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { useDeferredValue, useState } from 'react';
import type { HistoryRow } from '#client';
import { asked, portal } from '../api/portal.ts';
import { shownInstant } from '../parts/days.ts';
import { Listed } from '../parts/listed.tsx';
import { PlainTable } from '../parts/plain-table.tsx';
import { useSession } from '../session/session.ts';
import { useWords } from '../words/words.tsx';
import { HistoryFilters } from './history-filters.tsx';
import type { HistorySearch } from './history-search.ts';

const ROWS = 20;

/** A page of what happened at an agency, latest first. */
function useHistory(agency: string, search: HistorySearch, account: string) {
  const { tu, den, viec, so, hoso, trang = 1 } = search;
  return useQuery({
    queryKey: [agency, 'history', search, account],
    queryFn: async ({ signal }) => {
      const query = {
        limit: ROWS,
        offset: (trang - 1) * ROWS,
        sort: '-occurredAt' as const,
        ...(tu !== undefined && { from: tu }),
        ...(den !== undefined && { to: den }),
        ...(viec !== undefined && { type: viec as HistoryRow['type'] }),
        ...(so !== undefined && { number: so }),
        ...(hoso !== undefined && { dossier: hoso }),
        ...(account !== '' && { account }),
      };
      return (await portal.listHistory({ agency }, query, asked(signal))).data;
    },
    placeholderData: keepPreviousData,
  });
}

/** Nhật ký: who did what, when and why, with what was before and after. */
export function HistoryPage() {
  const words = useWords();
  const { agency } = useSession();
  const search = useSearch({ from: '/shell/kiem-toan/nhat-ky' });
  const navigate = useNavigate({ from: '/kiem-toan/nhat-ky' });
  const turn = (next: HistorySearch): void => void navigate({ search: next });
  const [account, setAccount] = useState('');
  const query = useHistory(agency, search, useDeferredValue(account.trim()));
  const page = search.trang ?? 1;
  return (
    <div className="page">
      <div className="page-head">
        <h1>{words.auditor.history}</h1>
      </div>
      <HistoryFilters {...{ search, turn, account }} onAccount={setAccount} />
      <Listed query={query} page={page} rows={ROWS} onPage={(trang) => turn({ ...search, trang })}>
        {({ items }) => <Events rows={items} />}
      </Listed>
    </div>
  );
}

function Events({ rows }: { readonly rows: readonly HistoryRow[] }) {
  const words = useWords();
  const { columns } = words.auditor;
  if (rows.length === 0) return <p className="sheet empty">{words.auditor.nothing}</p>;
  return (
    <PlainTable
      title={words.auditor.history}
      columns={[columns.at, columns.what, columns.who, columns.changes, columns.state]}
    >
      {rows.map((row) => (
        <Event key={`${row.stream} ${row.revision}`} row={row} />
      ))}
    </PlainTable>
  );
}

function Event({ row }: { readonly row: HistoryRow }) {
  const words = useWords();
  return (
    <tr>
      <td className="number">{shownInstant(row.occurredAt)}</td>
      <td>
        <strong>{row.label}</strong>
        <span className="hint block">
          {row.subject}
          {row.entry !== null && ` · ${words.entries.columns.number} ${row.entry}`}
        </span>
        {row.reason !== '' && (
          <span className="hint block">
            {words.reason}: {row.reason}
          </span>
        )}
      </td>
      <td>
        {row.actor}
        <span className="hint block">
          {row.account} · {row.actorAgency}
        </span>
      </td>
      <td>
        <ul className="changes">
          {row.changes.map(({ field, label, fromText, toText }) => (
            <li key={field}>
              {label}: {fromText !== '' && <del>{fromText}</del>} <ins>{toText}</ins>
            </li>
          ))}
        </ul>
      </td>
      <td className="no-print">
        <Link to="/kiem-toan/dien-bien" search={{ luong: row.stream, tai: row.revision }}>
          {words.auditor.timeline.open}
        </Link>
      </td>
    </tr>
  );
}
