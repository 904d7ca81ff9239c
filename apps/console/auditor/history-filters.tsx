import { queryLengths } from '#client';
import { DayField } from '../parts/day-field.tsx';
import { shownDay, typedDay } from '../parts/days.ts';
import { ChoiceField, TextField, type TextProps } from '../parts/field.tsx';
import { useResting } from '../parts/resting.ts';
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

/** By time, kind, number, dossier and account. */
export function HistoryFilters({ search, turn, account, onAccount }: FiltersProps) {
  const words = useWords();
  const { filters, events } = words.auditor;
  const all: readonly [string, string] = ['', words.all];
  const narrow = (name: keyof HistorySearch, value: string | number | undefined): void =>
    turn(narrowed(search, name, value));
  return (
    <div className="grid-2 no-print" role="search">
      {(['tu', 'den'] as const).map((name) => (
        <Day
          key={name}
          name={name}
          label={filters[name]}
          day={search[name]}
          onDay={(day) => narrow(name, day)}
        />
      ))}
      <ChoiceField
        name="type"
        label={filters.type}
        value={search.viec ?? ''}
        onValue={(value) => narrow('viec', value === '' ? undefined : value)}
        options={[all, ...Object.entries(events)]}
      />
      <Codes search={search} narrow={narrow} />
      <TextField
        name="account"
        label={filters.account}
        value={account}
        onValue={onAccount}
        maxLength={queryLengths.listHistory.account}
      />
    </div>
  );
}

interface CodesProps {
  readonly search: HistorySearch;
  readonly narrow: (name: keyof HistorySearch, value: string | number | undefined) => void;
}

/** What a number and a dossier are known by. */
function Codes({ search, narrow }: CodesProps) {
  const { filters } = useWords().auditor;
  return (
    <>
      <Typed
        name="number"
        label={filters.number}
        value={search.so === undefined ? '' : String(search.so)}
        onValue={(value) => narrow('so', /^[1-9]\d{0,6}$/.test(value) ? Number(value) : undefined)}
        inputMode="numeric"
      />
      <Typed
        name="dossier"
        label={filters.dossier}
        value={search.hoso ?? ''}
        onValue={(value) => narrow('hoso', value.trim() === '' ? undefined : value.trim())}
        maxLength={queryLengths.listHistory.dossier}
      />
    </>
  );
}

/** Typed, and in the address once it rests. */
function Typed({ value, onValue, ...field }: TextProps) {
  const { now, move } = useResting(value, onValue);
  return <TextField {...field} value={now} onValue={move} />;
}

interface DayProps {
  readonly name: string;
  readonly label: string;
  readonly day: string | undefined;
  readonly onDay: (day: string | undefined) => void;
}

/** A day that may be left open; what is no day is told, and narrows nothing. */
function Day({ name, label, day, onDay }: DayProps) {
  const words = useWords();
  const { now, move } = useResting(day === undefined ? '' : shownDay(day), (typed) => {
    const found = typedDay(typed);
    if (found !== undefined || typed.trim() === '') onDay(found);
  });
  const isBad = now.trim() !== '' && typedDay(now) === undefined;
  return (
    <DayField
      {...{ name, label }}
      value={now}
      onValue={move}
      fault={isBad ? words.badDay : undefined}
    />
  );
}
