import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useDeferredValue, useState } from 'react';
import { queryLengths, type AgencyRow } from '#client';
import { asked, portal } from '../api/portal.ts';
import { shownDay } from '../parts/days.ts';
import { Failure } from '../parts/failure.tsx';
import { ChoiceField, TextField } from '../parts/field.tsx';
import { Loading } from '../parts/loading.tsx';
import { Pager } from '../parts/pager.tsx';
import { PlainTable } from '../parts/plain-table.tsx';
import { useWords } from '../words/words.tsx';

const ROWS = 20;

interface Asked {
  readonly search: string;
  readonly level: string;
  readonly state: string;
  readonly page: number;
}

function useAgencies({ search, level, state, page }: Asked) {
  return useQuery({
    queryKey: ['agencies', search, level, state, page],
    queryFn: async ({ signal }) => {
      const query = {
        limit: ROWS,
        offset: (page - 1) * ROWS,
        sort: 'name' as const,
        ...(search !== '' && { search }),
        ...(level !== '' && { level: level as AgencyRow['level'] }),
        ...(state !== '' && { state: state as AgencyRow['state'] }),
      };
      return (await portal.listAgencies(query, asked(signal))).data;
    },
    placeholderData: keepPreviousData,
  });
}

/** Cơ quan: who there is, and who has taken over from whom. */
export function AgenciesPage() {
  const words = useWords();
  const { agencies } = words.operator;
  const [typed, setTyped] = useState({ search: '', level: '', state: '', page: 1 });
  const search = useDeferredValue(typed.search.trim());
  const { data, error, refetch } = useAgencies({ ...typed, search });
  const change = (name: Filter) => (value: string) =>
    setTyped({ ...typed, [name]: value, page: 1 });
  return (
    <div className="page">
      <div className="page-head">
        <h1>{agencies.title}</h1>
      </div>
      <Filters typed={typed} onChange={change} />
      <Failure error={error} onRetry={() => void refetch()} />
      {!data && !error && <Loading />}
      {data && (
        <>
          <Agencies rows={data.items} />
          <Pager
            summary={data.summary}
            page={typed.page}
            hasNext={typed.page * ROWS < data.total}
            onPage={(page) => setTyped({ ...typed, page })}
          />
        </>
      )}
    </div>
  );
}

type Filter = 'search' | 'level' | 'state';

interface FiltersProps {
  readonly typed: Readonly<Record<Filter, string>>;
  readonly onChange: (name: Filter) => (value: string) => void;
}

function Filters({ typed, onChange }: FiltersProps) {
  const words = useWords();
  const { agencies } = words.operator;
  const all: readonly [string, string] = ['', words.all];
  return (
    <div className="grid-2 no-print" role="search">
      <TextField
        name="search"
        label={words.search}
        value={typed.search}
        onValue={onChange('search')}
        inputMode="search"
        maxLength={queryLengths.listAgencies.search}
      />
      <ChoiceField
        name="level"
        label={agencies.level}
        value={typed.level}
        onValue={onChange('level')}
        options={[all, ...Object.entries(agencies.levels)]}
      />
      <ChoiceField
        name="state"
        label={words.state}
        value={typed.state}
        onValue={onChange('state')}
        options={[all, ...Object.entries(agencies.states)]}
      />
    </div>
  );
}

function Agencies({ rows }: { readonly rows: readonly AgencyRow[] }) {
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
      ]}
    >
      {rows.map((row) => (
        <Agency key={row.code} row={row} />
      ))}
    </PlainTable>
  );
}

function Agency({ row }: { readonly row: AgencyRow }) {
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
      </td>
      <td>
        {row.successor}
        {row.retiredOn !== null && <span className="hint block">{shownDay(row.retiredOn)}</span>}
      </td>
      <td>{row.predecessors.join(', ')}</td>
    </tr>
  );
}
