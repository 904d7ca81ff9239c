import type { ProjectionRow } from '#client';
import { shownNumber } from '../parts/days.ts';
import { useWords } from '../words/words.tsx';
import { FoundSummary } from './tasks-window.tsx';

const percentOf = (done: number, total: number): number =>
  total === 0 ? 0 : Math.min(100, Math.round((done / total) * 100));

/** Whether something is under way that can be called off. */
export const isUnderWay = ({ rebuild, task }: ProjectionRow): boolean =>
  (rebuild !== null && rebuild.state !== 'left') ||
  (task !== null && ['waiting', 'running'].includes(task.state));

/** What is going on with it: a task, a rebuild, a failure, streams set aside. */
export function Now({ row }: { readonly row: ProjectionRow }) {
  const words = useWords();
  const { rebuild, failure, astray, parked, task } = row;
  const isRebuildTask = task?.kind === 'rebuild' && isUnderWay(row);
  return (
    <>
      {task && (
        <p>
          {words.operator.kinds[task.kind]}: {words.operator.taskStates[task.state]}
        </p>
      )}
      {task?.state === 'running' && <Bar {...task} label={words.operator.kinds[task.kind]} />}
      {task?.error != null && <p className="fault breaks">{task.error}</p>}
      {task?.findings && <FoundSummary findings={task.findings} />}
      {rebuild && !isRebuildTask && <Bar {...rebuild} label={words.operator.rebuilding} />}
      {astray && <p className="fault breaks">{astray.reason}</p>}
      {failure && <p className="fault breaks">{failure.error}</p>}
      {parked.map(({ partition, error }) => (
        <p key={partition} className="fault breaks">
          {words.operator.parked}: {partition}: {error}
        </p>
      ))}
    </>
  );
}

interface BarProps {
  readonly label: string;
  readonly done: number;
  readonly total: number;
  readonly rate: number;
  readonly secondsLeft: number | null;
}

function Bar({ label, done, total, rate, secondsLeft }: BarProps) {
  const words = useWords();
  return (
    <p>
      {label} {percentOf(done, total)}%{' '}
      <progress max={Math.max(1, total)} value={done} aria-label={label} />
      <span className="hint block">
        {words.operator.pace(shownNumber(done), shownNumber(total), shownNumber(rate))}
        {secondsLeft !== null && ` · ${words.operator.left(shownNumber(secondsLeft))}`}
      </span>
    </p>
  );
}
