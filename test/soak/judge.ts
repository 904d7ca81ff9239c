import { median } from '../../bench/report.ts';
import type { Sample } from './samples.ts';

/** Beyond these something grows that should not: of the last quarter against the second one. */
const MOST_MEMORY = 1.15;
const MOST_HANDLES = 20;
const MOST_LATENCY = 2;
/** A read model's is folded into its file at 64 MiB; a reader that takes its time holds it back for a while. */
const MOST_WAL_MIB = 128;
/** What a service that works at half of what it can has always caught up with, in events. */
const MOST_LAG = 10_000;

/** The samples' values, of those that have one. */
export const valuesOf = (samples: readonly Sample[], field: keyof Sample): number[] =>
  samples.map((one) => one[field]).filter((value) => value !== undefined);

/** What was not flat over a time of even load, in words; nothing where all was. */
export function growing(samples: readonly Sample[]): string[] {
  const quarter = Math.floor(samples.length / 4);
  const [second, last] = [samples.slice(quarter, 2 * quarter), samples.slice(-quarter)];
  const both = (field: keyof Sample): [number, number] => [
    median(valuesOf(second, field)),
    median(valuesOf(last, field)),
  ];
  const faults: string[] = [];
  const [rssBefore, rss] = both('rssMib');
  if (rss > rssBefore * MOST_MEMORY) faults.push(`memory: ${from(rssBefore, rss)} MiB`);
  const [handlesBefore, handles] = both('handles');
  if (handles > handlesBefore + MOST_HANDLES)
    faults.push(`handles: ${from(handlesBefore, handles)}`);
  for (const field of ['numberMs', 'listMs', 'liveMs'] as const) {
    const [before, after] = both(field);
    if (after > before * MOST_LATENCY) faults.push(`${field}: ${from(before, after)}`);
  }
  const lag = Math.max(...valuesOf(samples, 'lag'));
  if (lag > MOST_LAG) faults.push(`lag: ${lag} events`);
  const wal = Math.max(...valuesOf(samples, 'walMib'));
  if (wal > MOST_WAL_MIB) faults.push(`a write-ahead log: ${wal.toFixed(0)} MiB`);
  return faults;
}

const from = (before: number, after: number): string =>
  `${before.toFixed(1)} → ${after.toFixed(1)}`;
