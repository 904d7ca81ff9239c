import { lengths } from '#client';
import type { Faults } from '../api/command.ts';
import { DayField } from '../parts/day-field.tsx';
import { typedDay } from '../parts/days.ts';
import { TextField } from '../parts/field.tsx';
import type { Words } from '../words/vi.ts';
import { useWords } from '../words/words.tsx';

/** What is typed into the form of a book. */
export type BookDraft = Readonly<
  Record<'name' | 'firstNumber' | 'openedOn' | 'closesOn' | 'reason', string>
>;

interface FieldsProps {
  readonly values: BookDraft;
  readonly set: (name: keyof BookDraft) => (value: string) => void;
  readonly faults: Faults;
  /** Numbers were given: all but the closing day stands. */
  readonly isLocked: boolean;
  /** Why, where that is asked. */
  readonly reasonHint?: string | undefined;
}

const most = lengths.OpenBookDto;

/** The guide's form: its labels, its (*) and its two hints. */
export function BookFields({ values, set, faults, isLocked, reasonHint }: FieldsProps) {
  const words = useWords();
  const labels = words.books.fields;
  const about = (name: keyof BookDraft) => ({
    name,
    label: labels[name],
    value: values[name],
    onValue: set(name),
    fault: faults[name],
  });
  return (
    <>
      <div className="grid-2">
        <TextField {...about('name')} must disabled={isLocked} maxLength={most.name} />
        <TextField {...about('firstNumber')} must disabled={isLocked} inputMode="numeric" />
        <DayField {...about('openedOn')} must disabled={isLocked} />
        <DayField {...about('closesOn')} must />
      </div>
      {reasonHint !== undefined && (
        <TextField {...about('reason')} hint={reasonHint} maxLength={most.reason} />
      )}
      <div>
        {words.books.hints.map((hint) => (
          <p key={hint} className="hint">
            * {hint}
          </p>
        ))}
      </div>
    </>
  );
}

/** What can be told before anything is sent, in the words of the service. */
export function faultsIn(values: BookDraft, words: Words): Faults {
  const labels = words.books.fields;
  const must = ['name', 'firstNumber', 'openedOn', 'closesOn'] as const;
  const missing = must.filter((name) => values[name].trim() === '');
  const days = (['openedOn', 'closesOn'] as const).filter(
    (name) => !missing.includes(name) && typedDay(values[name]) === undefined,
  );
  const isNumber = /^\d*$/.test(values.firstNumber.trim());
  return Object.fromEntries([
    ...missing.map((name) => [name, words.required(labels[name])]),
    ...days.map((name) => [name, words.badDay]),
    ...(isNumber ? [] : [['firstNumber', words.badNumber(labels.firstNumber)]]),
  ]) as Faults;
}

/** The form as the service takes it. */
export const bookOf = ({ name, firstNumber, openedOn, closesOn, reason }: BookDraft) => ({
  name: name.trim(),
  firstNumber: Number(firstNumber),
  openedOn: typedDay(openedOn) ?? openedOn,
  closesOn: typedDay(closesOn) ?? closesOn,
  ...(reason.trim() !== '' && { reason: reason.trim() }),
});
