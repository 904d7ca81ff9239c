import type { Faults } from '../api/command.ts';
import { DayField } from '../parts/day-field.tsx';
import { instantOf, typedDay, typedHour } from '../parts/days.ts';
import { TextField } from '../parts/field.tsx';
import type { Words } from '../words/vi.ts';

/** A day and an hour as they were typed. */
export interface TypedInstant {
  readonly day: string;
  readonly hour: string;
}

/** The instant that was typed; undefined where one of the two is none. */
export function instantIn({ day, hour }: TypedInstant): string | undefined {
  const [on, at] = [typedDay(day), typedHour(hour)];
  return on === undefined || at === undefined ? undefined : instantOf(on, at);
}

/** What is wrong with either, before anything is sent. */
export const faultsOfInstant = ({ day, hour }: TypedInstant, words: Words): Faults => ({
  ...(typedDay(day) === undefined && { day: words.badDay }),
  ...(typedHour(hour) === undefined && { hour: words.dossiers.badHour }),
});

interface HourFieldsProps {
  readonly values: TypedInstant;
  readonly set: (name: keyof TypedInstant) => (value: string) => void;
  readonly faults: Faults;
  /** What the service says of both together. */
  readonly fault?: string | undefined;
  readonly labels: TypedInstant;
  readonly must?: boolean;
  readonly hint?: string;
}

/** A day and its hour. */
export function HourFields({ values, set, faults, fault, labels, ...about }: HourFieldsProps) {
  const { must = false, hint } = about;
  return (
    <>
      <DayField
        name="day"
        label={labels.day}
        value={values.day}
        onValue={set('day')}
        fault={faults['day'] ?? fault}
        {...{ must, hint }}
      />
      <TextField
        name="hour"
        label={labels.hour}
        value={values.hour}
        onValue={set('hour')}
        fault={faults['hour']}
        placeholder="HH:mm"
        inputMode="numeric"
        must={must}
      />
    </>
  );
}
