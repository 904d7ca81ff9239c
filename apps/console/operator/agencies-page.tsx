import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useDeferredValue, useState } from 'react';
import { queryLengths, type AgencyRow } from '#client';
import { asked, portal } from '../api/portal.ts';
import { Button } from '../parts/button.tsx';
import { shownDay } from '../parts/days.ts';
import { ChoiceField, TextField } from '../parts/field.tsx';
import { Icon } from '../parts/icon.tsx';
import { Listed } from '../parts/listed.tsx';
import { PlainTable } from '../parts/plain-table.tsx';
import { useWords } from '../words/words.tsx';
import type { AgencySearch } from './agency-search.ts';
import { EditAgency } from './edit-agency.tsx';

const ROWS = 20;

function useAgencies(typed: string, { cap, trangthai, trang = 1 }: AgencySearch) {
  return useQuery({
    queryKey: ['agencies', typed, cap, trangthai, trang],
    queryFn: async ({ signal }) => {
      const query = {
        limit: ROWS,
        offset: (trang - 1) * ROWS,
        sort: 'name' as const,
        ...(typed !== '' && { search: typed }),
        ...(cap !== undefined && { level: cap as AgencyRow['level'] }),
        ...(trangthai !== undefined && { state: trangthai as AgencyRow['state'] }),
      };
      return (await portal.listAgencies(query, asked(signal))).data;
    },
    placeholderData: keepPreviousData,
  });
}

/** Cơ quan: who there is, and who has taken over from whom. */
export function AgenciesPage() {
  const { agencies } = useWords().operator;
  const [typed, setTyped] = useState('');
  const search = useSearch({ from: '/shell/van-hanh/co-quan' });
  const navigate = useNavigate({ from: '/van-hanh/co-quan' });
  const turn = (next: AgencySearch): void => void navigate({ search: next });
  const query = useAgencies(useDeferredValue(typed.trim()), search);
  const { sua, ...list } = search;
  const { trang = 1, ...filters } = list;
  return (
    <div className="page">
      <div className="page-head">
        <h1>{agencies.title}</h1>
      </div>
      <Filters
        {...{ typed, filters }}
        onTyped={(value) => {
          setTyped(value);
          if (trang > 1) turn(filters);
        }}
        onFilters={turn}
      />
      <Listed
        query={query}
        page={trang}
        rows={ROWS}
        onPage={(page) => turn({ ...filters, trang: page })}
      >
        {({ items }) => <Agencies rows={items} onEdit={(code) => turn({ ...list, sua: code })} />}
      </Listed>
      {sua !== undefined && <EditAgency key={sua} code={sua} onClose={() => turn(list)} />}
    </div>
  );
}

interface FiltersProps {
  readonly typed: string;
  readonly onTyped: (typed: string) => void;
  readonly filters: Pick<AgencySearch, 'cap' | 'trangthai'>;
  readonly onFilters: (filters: AgencySearch) => void;
}

function Filters({ typed, onTyped, filters, onFilters }: FiltersProps) {
  const words = useWords();
  const { agencies } = words.operator;
  const all: readonly [string, string] = ['', words.all];
  const choose = (name: 'cap' | 'trangthai') => (value: string) => {
    const { [name]: _before, ...others } = filters;
    onFilters({ ...others, ...(value !== '' && { [name]: value }) });
  };
  return (
    <div className="grid-2 no-print" role="search">
      <TextField
        name="search"
        label={words.search}
        value={typed}
        onValue={onTyped}
        inputMode="search"
        maxLength={queryLengths.listAgencies.search}
      />
      <ChoiceField
        name="level"
        label={agencies.level}
        value={filters.cap ?? ''}
        onValue={choose('cap')}
        options={[all, ...Object.entries(agencies.levels)]}
      />
      <ChoiceField
        name="state"
        label={words.state}
        value={filters.trangthai ?? ''}
        onValue={choose('trangthai')}
        options={[all, ...Object.entries(agencies.states)]}
      />
    </div>
  );
}

interface AgenciesProps {
  readonly rows: readonly AgencyRow[];
  readonly onEdit: (code: string) => void;
}

function Agencies({ rows, onEdit }: AgenciesProps) {
  const words = useWords();
  const { agencies } = words.operator;
  if (rows.length === 0) return <p className="sheet empty">{words.auditor.nothing}</p>;
  return (
    <PlainTable
      title={agencies.title}
      columns={[
        agencies.code,
        agencies.name,
        agencies.level,
        words.state,
        agencies.successor,
        agencies.predecessors,
        words.actions,
      ]}
    >
      {rows.map((row) => (
        <Agency key={row.code} row={row} onEdit={() => onEdit(row.code)} />
      ))}
    </PlainTable>
  );
}

interface AgencyProps {
  readonly row: AgencyRow;
  readonly onEdit: () => void;
}

function Agency({ row, onEdit }: AgencyProps) {
  const { agencies } = useWords().operator;
  return (
    <tr>
      <td className="number">{row.code}</td>
      <td>{row.name}</td>
      <td>{agencies.levels[row.level]}</td>
      <td>
        <span className={row.state === 'active' ? 'chip good' : 'chip warn'}>
          {agencies.states[row.state]}
        </span>
        {row.fourEyes && <span className="hint block">{agencies.fourEyes}</span>}
      </td>
      <td>
        {row.successor}
        {row.retiredOn !== null && <span className="hint block">{shownDay(row.retiredOn)}</span>}
      </td>
      <td>{row.predecessors.join(', ')}</td>
      <td>
        <Button
          kind="icon"
          label={agencies.edit(row.code)}
          disabled={row.state === 'retired'}
          onClick={onEdit}
        >
          <Icon name="edit" />
        </Button>
      </td>
    </tr>
  );
}
