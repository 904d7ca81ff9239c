import { SingleBar } from 'cli-progress';

export interface Progress {
  /** How many are done, of how many; a bar appears with the first call. */
  readonly report: (done: number, total: number) => void;
  /** Ends the bar; answers how many were done, and in how many seconds. */
  stop(): { readonly done: number; readonly seconds: string };
}

/** A progress bar with rate and time left; without a terminal a line every two seconds. */
export function createProgress(things = 'events'): Progress {
  const bar = new SingleBar({
    format: `{bar} {percentage}% · {value}/{total} ${things} · {rate} ${things}/s · {left} left`,
    etaBuffer: 50,
    noTTYOutput: true,
    notTTYSchedule: 2000,
  });
  const started = performance.now();
  const elapsed = (): number => (performance.now() - started) / 1000;
  let latest = 0;
  /** What was done already when this began: it says nothing of the rate. */
  let before: number | undefined;
  return {
    report: (done, total) => {
      latest = done;
      before ??= done;
      if (!bar.isActive) bar.start(total, 0, { rate: '–', left: '–' });
      const rate = (done - before) / elapsed();
      const left = rate > 0 ? Math.ceil((total - done) / rate) : '–';
      bar.setTotal(Math.max(total, done));
      bar.update(done, { rate: Math.round(rate).toLocaleString('en'), left: `${left} s` });
    },
    stop: () => {
      bar.stop();
      return { done: latest, seconds: elapsed().toFixed(1) };
    },
  };
}
