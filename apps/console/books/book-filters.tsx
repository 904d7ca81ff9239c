import { queryLengths } from '#client';
import { ChoiceField, TextField } from '../parts/field.tsx';
import { lastYears } from '../parts/years.ts';
import { useSession } from '../session/session.ts';
import { useWords } from '../words/words.tsx';
import type { BooksSearch } from './books-search.ts';

interface FiltersProps {
  readonly search: BooksSearch;
  readonly turn: (changed: BooksSearch) => void;
  readonly typed: string;
  readonly onTyped: (typed: string) => void;
}

/** Leaves a filter out where nothing is chosen. */
const without = (search: BooksSearch, name: keyof BooksSearch): BooksSearch => ({
  ...(Object.fromEntries(Object.keys(search).map((key) => [key, undefined])) as BooksSearch),
  ...Object.fromEntries(Object.entries(search).filter(([key]) => key !== name && key !== 'trang')),
});

/** Tìm kiếm, with the year and the state beside it. */
export function BookFilters({ search, turn, typed, onTyped }: FiltersProps) {
  const words = useWords();
  const { me } = useSession();
  const years = lastYears(me.today);
  const choose = (name: 'nam' | 'trangthai') => (value: string) =>
    turn({
      ...without(search, name),
      ...(value !== '' && { [name]: name === 'nam' ? Number(value) : value }),
    });
  const all: readonly [string, string] = ['', words.all];
  return (
    <div className="grid-2 no-print" role="search">
      <TextField
        name="search"
        label={words.search}
        value={typed}
        onValue={(value) => {
          onTyped(value);
          if (search.trang !== undefined) turn(without(search, 'trang'));
        }}
        inputMode="search"
        maxLength={queryLengths.listBooks.search}
      />
      <ChoiceField
        name="year"
        label={words.year}
        value={String(search.nam ?? '')}
        onValue={choose('nam')}
        options={[all, ...years.map((one): [string, string] => [one, one])]}
      />
      <ChoiceField
        name="status"
        label={words.state}
        value={search.trangthai ?? ''}
        onValue={choose('trangthai')}
        options={[all, ...Object.entries(words.books.statuses)]}
      />
    </div>
  );
}
