import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import type { CopyRow } from '#client';
import { Button } from '../parts/button.tsx';
import { shownDay, shownInstant } from '../parts/days.ts';
import { ChoiceField } from '../parts/field.tsx';
import { Listed } from '../parts/listed.tsx';
import { PlainTable } from '../parts/plain-table.tsx';
import { useSession } from '../session/session.ts';
import { useWords } from '../words/words.tsx';
import { copyPage, ROWS } from './copy-queries.ts';
import type { CopySearch } from './copy-search.ts';
import { CopyStateChip } from './copy-state-chip.tsx';

/** Bản sao điện tử: what was stamped, and what of it waits for its signature. */
export function CopiesPage() {
  const words = useWords();
  const { copies } = words;
  const { agency } = useSession();
  const search = useSearch({ from: '/shell/hoso/cho-ky-so' });
  const navigate = useNavigate({ from: '/hoso/cho-ky-so' });
  const turn = (next: CopySearch): void => void navigate({ search: next });
  const query = useQuery(copyPage(agency, search));
  const { quyen, trangthai = 'stamped', trang = 1 } = search;
  const ofBook = quyen === undefined ? {} : { quyen };
  return (
    <div className="page">
      <div className="page-head">
        <h1>{copies.title}</h1>
        {quyen !== undefined && (
          <Button onClick={() => turn({ trangthai })}>{copies.everyBook}</Button>
        )}
      </div>
      <div className="grid-2 no-print" role="search">
        <ChoiceField
          name="state"
          label={words.state}
          value={trangthai}
          onValue={(value) => turn({ ...ofBook, trangthai: value })}
          options={[...Object.entries(copies.states), ['all', words.all]]}
        />
      </div>
      <Listed
        query={query}
        page={trang}
        rows={ROWS}
        onPage={(next) => turn({ ...ofBook, trangthai, trang: next })}
      >
        {({ items }) => <Rows rows={items} />}
      </Listed>
    </div>
  );
}

function Rows({ rows }: { readonly rows: readonly CopyRow[] }) {
  const words = useWords();
  const { columns, nothing, title } = words.copies;
  const { fields } = words.entries;
  if (rows.length === 0) return <p className="sheet empty">{nothing}</p>;
  return (
    <PlainTable
      {...{ title }}
      columns={[
        ...[words.entries.columns.number, fields.certifiedOn, columns.signer],
        ...[columns.pages, columns.stamped, words.state],
      ]}
    >
      {rows.map((row) => (
        <Row key={`${row.bookId} ${row.number}`} row={row} />
      ))}
    </PlainTable>
  );
}

function Row({ row }: { readonly row: CopyRow }) {
  const { bookId, number, authority, certifierTitle } = row;
  return (
    <tr>
      <td>
        <Link to="/hoso/quyensochungthuc/$bookId" params={{ bookId }} search={{ so: number }}>
          {row.numberText}
        </Link>
        <span className="hint block">{row.bookName}</span>
      </td>
      <td>{shownDay(row.certifiedOn)}</td>
      <td>
        {row.certifierFullName}
        <span className="hint block">{[authority, certifierTitle].filter(Boolean).join(' ')}</span>
      </td>
      <td>{row.filePages}</td>
      <td>
        {row.stampedBy}
        <span className="hint block">{shownInstant(row.stampedAt)}</span>
      </td>
      <td>
        <CopyStateChip copy={row} />
        {row.signers.length > 0 && <span className="hint block">{row.signers.join(', ')}</span>}
      </td>
    </tr>
  );
}
