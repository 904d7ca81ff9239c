import { useWords } from '../words/words.tsx';
import { ChoiceField, TextField } from './field.tsx';

interface ListFiltersProps {
  readonly typed: string;
  readonly onTyped: (typed: string) => void;
  /** The most characters the service searches for. */
  readonly maxLength: number;
  readonly status: string;
  readonly onStatus: (status: string) => void;
  /** What the list can be narrowed to, each with its name. */
  readonly options: readonly (readonly [string, string])[];
}

/** What a list is looked through and narrowed by. */
export function ListFilters({ typed, onTyped, maxLength, ...narrowing }: ListFiltersProps) {
  const words = useWords();
  return (
    <div className="grid-2 no-print" role="search">
      <TextField
        name="search"
        label={words.search}
        value={typed}
        onValue={onTyped}
        inputMode="search"
        maxLength={maxLength}
      />
      <ChoiceField
        name="status"
        label={words.state}
        value={narrowing.status}
        onValue={narrowing.onStatus}
        options={narrowing.options}
      />
    </div>
  );
}
