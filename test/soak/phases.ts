import { setTimeout as delay } from 'node:timers/promises';
import { rested } from '#threads';
import { median, percentile } from '../../bench/report.ts';
import type { LoadAnswer } from './load.ts';
import { growing, valuesOf } from './judge.ts';
import type { Place } from './place.ts';
import { look, type Sample } from './samples.ts';

/** Callers that keep the service busy without standing in line for long. */
const SATURATING = 64;
const OVERLOAD = 10;
const READS = 0.2;
const MEASURE_SECONDS = 20;
const LOOK_EVERY_MS = 2000;
/** Recovered: so many looks in a row as quick as before, and read models at the head of the log. */
const LOOKS = 3;
const MOST_RECOVERY_SECONDS = 60;
/** Of the memory at half load. */
const MOST_OVERLOAD_MEMORY = 2;

export interface Plan {
  readonly soakSeconds: number;
  readonly overloadSeconds: number;
}

export interface Run {
  /** Requests a second that it can answer. */
  readonly sustainable: number;
  readonly soak: readonly Sample[];
  readonly soaked: LoadAnswer;
  readonly overload: readonly Sample[];
  readonly overloaded: LoadAnswer;
  readonly recoverySeconds: number;
  /** Numbers acknowledged in all. */
  readonly acknowledged: number;
  readonly faults: readonly string[];
}

export async function runPhases(
  place: Place,
  plan: Plan,
  tell: (line: string) => void,
): Promise<Run> {
  const { callers } = place;
  const even = { callers, reads: READS };
  const found = await place.load({
    ...even,
    ...{ connections: SATURATING, seconds: MEASURE_SECONDS },
  });
  const sustainable = total(found) / found.seconds;
  tell(`sustainable: ${sustainable.toFixed(0)} requests a second`);

  const begun = performance.now();
  const soak: Sample[] = [];
  const rebuilt = delay(plan.soakSeconds * 50).then(() => place.rebuild());
  const soaked = await whileLooking(place, begun, soak, () =>
    place.load({
      ...even,
      ...{ connections: SATURATING, seconds: plan.soakSeconds, rate: sustainable / 2 },
    }),
  );
  const rebuildStatus = await rebuilt;
  tell(`at half of it: ${described(soaked)}`);

  const overload: Sample[] = [];
  const overloaded = await whileLooking(place, begun, overload, () =>
    place.load({
      // All of one office: the others are to have their share.
      ...{ callers: callers.slice(0, 8), reads: READS },
      ...{ connections: SATURATING * OVERLOAD, seconds: plan.overloadSeconds },
    }),
  );
  tell(`at ten times as many callers: ${described(overloaded)}`);
  const recoverySeconds = await recovery(place, soak);
  tell(`recovered within ${recoverySeconds.toFixed(1)} s`);
  const faults = growing(soak);
  if (rebuildStatus !== 0) faults.push(`the rebuild meanwhile ended with ${rebuildStatus}`);
  const refusals = unlike(soaked.byStatus, ['200', '201']);
  if (refusals.length > 0) faults.push(`at half load: ${refusals.join(', ')}`);
  faults.push(...overloadFaults(soak, overload, overloaded, recoverySeconds));
  const acknowledged = [found, soaked, overloaded].reduce((sum, one) => sum + one.numbers, 0);
  return { sustainable, soak, soaked, overload, overloaded, recoverySeconds, acknowledged, faults };
}

const total = ({ byStatus }: LoadAnswer): number =>
  Object.values(byStatus).reduce((sum, count) => sum + count, 0);

const unlike = (byStatus: LoadAnswer['byStatus'], expected: readonly string[]): string[] =>
  Object.entries(byStatus)
    .filter(([status]) => !expected.includes(status))
    .map(([status, count]) => `${count} × ${status}`);

const described = ({ seconds, byStatus, unanswered, latency }: LoadAnswer): string => {
  const statuses = Object.entries(byStatus).map(([status, count]) => `${count} × ${status}`);
  return `${statuses.join(', ')}, ${unanswered} without an answer in ${seconds.toFixed(0)} s; p99 ${latency.p99} ms`;
};

async function whileLooking<T>(
  place: Place,
  since: number,
  into: Sample[],
  work: () => Promise<T>,
): Promise<T> {
  const ended = new AbortController();
  const looking = (async () => {
    while (!ended.signal.aborted) {
      into.push(await look(watchedOf(place), since));
      await rested(LOOK_EVERY_MS, ended.signal);
    }
  })();
  try {
    return await work();
  } finally {
    ended.abort();
    await looking;
  }
}

const watchedOf = ({ url, metrics, folder, probe }: Place) => ({
  ...{ url, folder, probe },
  metricsUrl: `http://${metrics}/metrics`,
});

/** Seconds until somebody is answered as quickly as at half load, and lists show everything. */
async function recovery(place: Place, soak: readonly Sample[]): Promise<number> {
  const quick = percentile(valuesOf(soak, 'numberMs'), 0.99);
  const begun = performance.now();
  let inARow = 0;
  while (inARow < LOOKS) {
    const { numberMs, listMs, lag } = await look(watchedOf(place), begun);
    const isQuick = numberMs !== undefined && listMs !== undefined && numberMs <= quick * 1.5;
    inARow = isQuick && lag === 0 ? inARow + 1 : 0;
    const seconds = (performance.now() - begun) / 1000;
    if (seconds > MOST_RECOVERY_SECONDS) return seconds;
    await delay(200);
  }
  return (performance.now() - begun) / 1000;
}

function overloadFaults(
  soak: readonly Sample[],
  overload: readonly Sample[],
  { byStatus }: LoadAnswer,
  recoverySeconds: number,
): string[] {
  const faults: string[] = [];
  const before = median(valuesOf(soak, 'rssMib'));
  const most = Math.max(...valuesOf(overload, 'rssMib'));
  if (most > before * MOST_OVERLOAD_MEMORY) {
    faults.push(`memory under overload: ${before.toFixed(0)} → ${most.toFixed(0)} MiB`);
  }
  const others = unlike(byStatus, ['200', '201', '429', '503']);
  if (others.length > 0) faults.push(`under overload: ${others.join(', ')}`);
  const refused = overload.filter((one) => one.numberMs === undefined).length;
  if (refused > overload.length / 10) {
    faults.push(`another office was refused ${refused} of ${overload.length} numbers`);
  }
  if (recoverySeconds > MOST_RECOVERY_SECONDS) faults.push('it did not recover within a minute');
  return faults;
}
