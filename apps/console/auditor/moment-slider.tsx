import { useId } from 'react';
import { Button } from '../parts/button.tsx';
import { shownNumber } from '../parts/days.ts';
import { Icon } from '../parts/icon.tsx';
import { useResting } from '../parts/resting.ts';
import { useWords } from '../words/words.tsx';

interface SliderProps {
  readonly label: string;
  /** A revision. */
  readonly value: number;
  /** The stream's last revision. */
  readonly last: number;
  readonly onValue: (value: number) => void;
}

/** One of a stream's states: by dragging, by arrows, Home and End, or by its number. */
export function MomentSlider({ label, value, last, onValue }: SliderProps) {
  const { timeline } = useWords().auditor;
  const id = useId();
  const { now, move } = useResting(value, onValue);
  const told = timeline.of(shownNumber(now), shownNumber(last));
  const go = (to: number): void => {
    if (Number.isInteger(to) && to >= 0 && to <= last) move(to);
  };
  return (
    <div className="field">
      <label htmlFor={id}>
        {label}: <span className="number">{told}</span>
      </label>
      <div className="row slider">
        <Step to={now - 1} label={timeline.earlier} sign="left" {...{ last, go }} />
        <input
          id={id}
          type="range"
          min={0}
          max={last}
          step={1}
          value={now}
          aria-valuetext={told}
          onChange={({ target }) => go(Number(target.value))}
        />
        <Step to={now + 1} label={timeline.later} sign="right" {...{ last, go }} />
        <input
          className="control number"
          type="number"
          min={0}
          max={last}
          value={now}
          aria-label={`${timeline.number}: ${label}`}
          onChange={({ target }) => go(target.valueAsNumber)}
        />
      </div>
    </div>
  );
}

interface StepProps {
  readonly to: number;
  readonly last: number;
  readonly label: string;
  readonly sign: 'left' | 'right';
  readonly go: (to: number) => void;
}

function Step({ to, last, label, sign, go }: StepProps) {
  return (
    <Button kind="icon" label={label} disabled={to < 0 || to > last} onClick={() => go(to)}>
      <Icon name={sign} />
    </Button>
  );
}
