import { useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import type { ProposalRow } from '#client';
import { BookName } from '../books/book-name.tsx';
import { shownInstant } from '../parts/days.ts';
import { ChoiceField } from '../parts/field.tsx';
import { Listed } from '../parts/listed.tsx';
import { PlainTable } from '../parts/plain-table.tsx';
import { Button } from '../parts/button.tsx';
import { useSession } from '../session/session.ts';
import { useWords } from '../words/words.tsx';
import { proposalPage, ROWS } from './proposal-queries.ts';
import { ProposalStateChip } from './proposal-state-chip.tsx';
import { ProposalWindows } from './proposal-windows.tsx';
import type { ProposalSearch } from './proposal-search.ts';

/** Đề nghị: what one account has asked for and another confirms or refuses. */
export function ProposalsPage() {
  const { proposals } = useWords();
  const { agency } = useSession();
  const search = useSearch({ from: '/shell/hoso/de-nghi' });
  const navigate = useNavigate({ from: '/hoso/de-nghi' });
  const turn = (next: ProposalSearch): void => void navigate({ search: next });
  const query = useQuery(proposalPage(agency, search));
  const { quyen, trangthai = 'waiting', trang = 1 } = search;
  const ofBook = quyen === undefined ? {} : { quyen };
  return (
    <div className="page">
      <div className="page-head">
        <h1>{proposals.title}</h1>
        {quyen !== undefined && (
          <Button onClick={() => turn({ trangthai })}>{proposals.everyBook}</Button>
        )}
      </div>
      <StateFilter value={trangthai} onValue={(value) => turn({ ...ofBook, trangthai: value })} />
      <Listed
        query={query}
        page={trang}
        rows={ROWS}
        onPage={(next) => turn({ ...ofBook, trangthai, trang: next })}
      >
        {({ items }) => (
          <Rows
            rows={items}
            onOpen={({ proposalId, bookId }) =>
              turn({ ...search, denghi: proposalId, cua: bookId })
            }
          />
        )}
      </Listed>
      <ProposalWindows search={search} turn={turn} />
    </div>
  );
}

interface StateProps {
  readonly value: string;
  readonly onValue: (value: string) => void;
}

function StateFilter(props: StateProps) {
  const words = useWords();
  const all: readonly [string, string] = ['all', words.all];
  return (
    <div className="grid-2 no-print" role="search">
      <ChoiceField
        name="state"
        label={words.state}
        {...props}
        options={[...Object.entries(words.proposals.states), all]}
      />
    </div>
  );
}

interface RowsProps {
  readonly rows: readonly ProposalRow[];
  readonly onOpen: (row: ProposalRow) => void;
}

function Rows({ rows, onOpen }: RowsProps) {
  const words = useWords();
  const { columns, kinds, nothing, title } = words.proposals;
  if (rows.length === 0) return <p className="sheet empty">{nothing}</p>;
  return (
    <PlainTable
      {...{ title }}
      columns={[columns.what, columns.proposed, words.reason, columns.by, words.state]}
    >
      {rows.map((row) => (
        <tr key={`${row.bookId} ${row.proposalId}`}>
          <td>
            <button type="button" className="link" onClick={() => onOpen(row)}>
              {row.number === null ? kinds[row.kind] : `${kinds[row.kind]} ${row.number}`}
            </button>
            <span className="hint block">
              <BookName bookId={row.bookId} />
            </span>
          </td>
          <td>{row.proposed}</td>
          <td>{row.reason}</td>
          <td>
            {row.proposedBy}
            <span className="hint block">{shownInstant(row.proposedAt)}</span>
          </td>
          <td>
            <ProposalStateChip proposal={row} />
          </td>
        </tr>
      ))}
    </PlainTable>
  );
}
