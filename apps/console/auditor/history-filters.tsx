import { useState } from 'react';
import { DayField } from '../parts/day-field.tsx';
import { shownDay, typedDay } from '../parts/days.ts';
import { ChoiceField, TextField } from '../parts/field.tsx';
import { useWords } from '../words/words.tsx';
import type { HistorySearch } from './history-search.ts';

interface FiltersProps {
  readonly search: HistorySearch;
  readonly turn: (next: HistorySearch) => void;
  readonly account: string;
  readonly onAccount: (account: string) => void;
}

/** Leaves out what is not narrowed by any more, and begins at the first page. */
const narrowed = (
  search: HistorySearch,
  name: keyof HistorySearch,
  value: string | number | undefined,
) =>
  Object.fromEntries(
    Object.entries({ ...search, trang: undefined, [name]: value }).filter(
      ([, one]) => one !== undefined,
    ),
  ) as HistorySearch;

/** By time, kind, number and account. */
export function HistoryFilters({ search, turn, account, onAccount }: FiltersProps) {
  const words = useWords();
  const { filters, events } = words.auditor;
  const all: readonly [string, string] = ['', words.all];
  return (
    <div className="grid-2 no-print" role="search">
      {(['tu', 'den'] as const).map((name) => (
        <Day
          key={name}
          name={name}
          label={filters[name]}
          day={search[name]}
          onDay={(day) => turn(narrowed(search, name, day))}
        />
      ))}
      <ChoiceField
        name="type"
        label={filters.type}
        value={search.viec ?? ''}
        onValue={(value) => turn(narrowed(search, 'viec', value === '' ? undefined : value))}
        options={[all, ...Object.entries(events)]}
      />
      <TextField
        name="number"
        label={filters.number}
        value={search.so === undefined ? '' : String(search.so)}
        onValue={(value) =>
          turn(narrowed(search, 'so', /^[1-9]\d{0,6}$/.test(value) ? Number(value) : undefined))
        }
        inputMode="numeric"
      />
      <TextField name="account" label={filters.account} value={account} onValue={onAccount} />
    </div>
  );
}

interface DayProps {
  readonly name: string;
  readonly label: string;
  readonly day: string | undefined;
  readonly onDay: (day: string | undefined) => void;
}

/** A day that may be left open; what is being typed is none yet. */
function Day({ name, label, day, onDay }: DayProps) {
  const [typed, setTyped] = useState(day === undefined ? '' : shownDay(day));
  const change = (value: string): void => {
    setTyped(value);
    const found = typedDay(value);
    if (found !== undefined || value.trim() === '') onDay(found);
  };
  return <DayField name={name} label={label} value={typed} onValue={change} />;
}
