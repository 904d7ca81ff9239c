import { Field as Base } from '@base-ui/react/field';
import { useRef } from 'react';
import { useWords } from '../words/words.tsx';
import { shownDay, typedDay } from './days.ts';
import { Field, type FieldProps } from './field.tsx';
import { Icon } from './icon.tsx';

interface DayProps extends FieldProps {
  /** As typed: dd/MM/yyyy once it is a day. */
  readonly value: string;
  readonly onValue: (value: string) => void;
  readonly disabled?: boolean;
}

/** A day, typed in any usual form and written as dd/MM/yyyy, or picked from the browser's calendar. */
export function DayField({ value, onValue, disabled = false, must, ...field }: DayProps) {
  const words = useWords();
  const calendar = useRef<HTMLInputElement>(null);
  const day = typedDay(value);
  const tidy = (): void => {
    if (day !== undefined) onValue(shownDay(day));
  };
  return (
    <Field {...field} must={must === true}>
      <div className="with-button">
        <Base.Control
          className="control number"
          value={value}
          onValueChange={onValue}
          onBlur={tidy}
          disabled={disabled}
          inputMode="numeric"
          placeholder="dd/MM/yyyy"
          autoComplete="off"
          aria-required={must === true}
        />
        <button
          type="button"
          className="button icon"
          aria-label={`${words.pickDay}: ${field.label}`}
          disabled={disabled}
          onClick={() => calendar.current?.showPicker()}
        >
          <Icon name="day" />
        </button>
        <input
          ref={calendar}
          className="native-day"
          type="date"
          tabIndex={-1}
          aria-hidden="true"
          value={day ?? ''}
          onChange={({ target }) => onValue(shownDay(target.value))}
        />
      </div>
    </Field>
  );
}
