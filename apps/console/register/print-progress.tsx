import { Button } from '../parts/button.tsx';
import { shownNumber } from '../parts/days.ts';
import { Failure } from '../parts/failure.tsx';
import { useWords } from '../words/words.tsx';
import type { Printing } from './print-book.ts';

/** How far a print is, or why there is none. */
export function PrintProgress({ printing }: { readonly printing: Printing }) {
  const { isBusy, failure, goOn } = printing;
  if (isBusy) return <UnderWay printing={printing} />;
  return <Failure error={failure} {...(goOn && { onRetry: goOn })} />;
}

function UnderWay({ printing: { job, stop } }: { readonly printing: Printing }) {
  const words = useWords().entries.printing;
  const isRunning = job?.state === 'running';
  return (
    <section className="sheet row no-print">
      <p role="status">{isRunning ? words.running : words.waiting}</p>
      {isRunning && (
        <p className="number">
          <progress max={Math.max(1, job.total)} value={job.rows} aria-label={words.running} />{' '}
          {words.far(shownNumber(job.rows), shownNumber(job.total))}
        </p>
      )}
      <Button onClick={stop}>{words.stop}</Button>
    </section>
  );
}
