import type { Config } from '#config';
import { streamPrefixes } from '#domain';
import {
  exportLog,
  importLog,
  missingProtection,
  openEventStore,
  protectLog,
  type EventStore,
} from '#event-store';
import { createProgress } from '../progress.ts';

async function withLog<T>(config: Config, work: (store: EventStore) => Promise<T>): Promise<T> {
  const store = openEventStore(config);
  try {
    return await work(store);
  } finally {
    await store.close();
  }
}

/** Writes the configured log to a file; run again, it goes on where it was cut off. */
export async function exportToFile(config: Config, path: string): Promise<void> {
  const progress = createProgress();
  try {
    const events = await withLog(config, async (store) => {
      const head = await store.head();
      const total = head === undefined ? 0 : store.between(undefined, head);
      return exportLog(store, path, { onProgress: (done) => progress.report(done, total) });
    });
    const { seconds } = progress.stop();
    console.log(`exported ${events} events to ${path} in ${seconds} s`);
  } finally {
    progress.stop();
  }
}

/** Appends an exported log to the configured one, which is empty or holds its beginning. */
export async function importFromFile(config: Config, path: string): Promise<void> {
  const progress = createProgress();
  try {
    const options = { onProgress: progress.report };
    const { events, before } = await withLog(config, (store) => importLog(store, path, options));
    const { seconds } = progress.stop();
    const known = before > 0 ? `, ${before} of them were there before` : '';
    console.log(`imported ${events} events from ${path} in ${seconds} s${known}`);
  } finally {
    progress.stop();
  }
}

export interface ProtectOptions {
  readonly check?: boolean;
  /** Minutes. */
  readonly within: string;
}

/** Puts up what protects the log, or with `check` says what is missing. Answers 1 when something is. */
export async function protect(config: Config, options: ProtectOptions): Promise<number> {
  const minutes = Number(options.within);
  if (!(minutes > 0)) throw new RangeError(`--within: not a number of minutes: ${options.within}`);
  const bounds = { prefixes: streamPrefixes, withinMs: minutes * 60_000 };
  if (!options.check) await protectLog(config, bounds);
  const { found, isWhole } = await missingProtection(config, bounds);
  const unseen = `not every stream was looked at within ${minutes} min; give it longer by --within`;
  const missing = [...found, ...(isWhole ? [] : [unseen])];
  for (const line of missing) console.log(line);
  if (missing.length > 0) return 1;
  console.log('nobody but an administrator can delete, truncate or change events');
  return 0;
}
