import { Field as Base } from '@base-ui/react/field';
import { useId, type ReactNode } from 'react';
import { shownNumber } from './days.ts';
import { useWords } from '../words/words.tsx';

export interface FieldProps {
  readonly name: string;
  readonly label: string;
  readonly must?: boolean;
  readonly hint?: string | undefined;
  /** What is wrong with it. */
  readonly fault?: string | undefined;
}

interface Frame extends FieldProps {
  readonly children: ReactNode;
}

/** A field with its label, what helps and what is wrong with it. */
export function Field({ name, label, must, hint, fault, children }: Frame) {
  return (
    <Base.Root name={name} className="field" invalid={fault !== undefined}>
      <Base.Label>
        {label}
        {must === true && (
          <>
            : <span className="must">(*)</span>
          </>
        )}
      </Base.Label>
      {children}
      {hint !== undefined && <Base.Description className="hint">{hint}</Base.Description>}
      {fault !== undefined && (
        <Base.Error className="fault" match={true}>
          {fault}
        </Base.Error>
      )}
    </Base.Root>
  );
}

export interface TextProps extends FieldProps {
  readonly value: string;
  readonly onValue: (value: string) => void;
  readonly disabled?: boolean;
  readonly inputMode?: 'numeric' | 'search' | 'text';
  /** The most characters the service takes (`lengths`, `queryLengths`). */
  readonly maxLength?: number | undefined;
  readonly autoFocus?: boolean;
  readonly placeholder?: string;
  /** What was typed here before, offered while typing. */
  readonly suggestions?: readonly string[];
}

export function TextField({ value, onValue, disabled, must, suggestions, ...props }: TextProps) {
  const list = useId();
  const { inputMode, maxLength, autoFocus, placeholder, ...field } = props;
  return (
    <Field {...field} must={must === true}>
      <Base.Control
        className="control"
        value={value}
        onValueChange={onValue}
        autoComplete="off"
        aria-required={must === true}
        {...given({ disabled, inputMode, maxLength, autoFocus, placeholder })}
        {...(suggestions && { list })}
      />
      {maxLength !== undefined && <Full {...{ value, maxLength }} />}
      {suggestions && (
        <datalist id={list}>
          {suggestions.map((one) => (
            <option key={one} value={one} />
          ))}
        </datalist>
      )}
    </Field>
  );
}

/** Says that no more can be typed: what was pasted may have been cut off here. */
function Full({ value, maxLength }: Pick<TextProps, 'value' | 'maxLength'>) {
  const words = useWords();
  const isFull = maxLength !== undefined && value.length >= maxLength;
  return (
    <span className="hint" role="status">
      {isFull && words.full(shownNumber(maxLength))}
    </span>
  );
}

/** Several lines: reasons and notes. */
export function LongField({ value, onValue, must, maxLength, autoFocus, ...field }: TextProps) {
  return (
    <Field {...field} must={must === true}>
      <Base.Control
        className="control"
        value={value}
        onValueChange={onValue}
        aria-required={must === true}
        render={<textarea rows={3} />}
        {...given({ maxLength, autoFocus })}
      />
      <Full {...{ value, maxLength }} />
    </Field>
  );
}

interface ChoiceProps extends FieldProps {
  readonly value: string;
  readonly onValue: (value: string) => void;
  readonly options: readonly (readonly [value: string, label: string])[];
}

/** One of a few: the browser's own list, which every keyboard and phone knows. */
export function ChoiceField({ value, onValue, options, ...field }: ChoiceProps) {
  return (
    <Field {...field}>
      <Base.Control
        className="control"
        value={value}
        onValueChange={onValue}
        render={
          <select>
            {options.map(([key, label]) => (
              <option key={key} value={key}>
                {label}
              </option>
            ))}
          </select>
        }
      />
    </Field>
  );
}

type Given<T> = { [K in keyof T]?: Exclude<T[K], undefined> };

/** Only what was given: the compiler tells what is left out from what is undefined. */
export const given = <T extends object>(props: T): Given<T> =>
  Object.fromEntries(Object.entries(props).filter(([, value]) => value !== undefined)) as Given<T>;

type CheckProps = Pick<TextProps, 'name' | 'label' | 'value' | 'onValue'>;

/** Yes or no: `value` is `yes` or anything else. */
export function CheckField({ name, label, value, onValue }: CheckProps) {
  return (
    <label className="row check">
      <input
        type="checkbox"
        name={name}
        checked={value === 'yes'}
        onChange={({ target }) => onValue(target.checked ? 'yes' : 'no')}
      />
      {label}
    </label>
  );
}
