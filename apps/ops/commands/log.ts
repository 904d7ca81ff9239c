import type { Config } from '#config';
import { readEvent, readMetadata, streamPrefixes } from '#domain';
import {
  checkLogFile,
  exportLog,
  importLog,
  missingProtection,
  protectLog,
  type NewEvent,
} from '#event-store';
import { found, type Outcome } from '../outcome.ts';
import { createProgress } from '../progress.ts';
import { requireRegister, withLog, withNewLog } from '../stores.ts';

/** Writes the configured log to a file; run again, it goes on where it was cut off. */
export async function exportToFile(config: Config, path: string): Promise<Outcome> {
  const progress = createProgress();
  try {
    const events = await withLog(config, async (store) => {
      const head = await store.head();
      const total = head === undefined ? 0 : store.between(undefined, head);
      return exportLog(store, path, { onProgress: (done) => progress.report(done, total) });
    });
    const { seconds } = progress.stop();
    const line = `exported ${events} events to ${path} in ${seconds} s`;
    return found(true, [line], { events, file: path });
  } finally {
    progress.stop();
  }
}

/** Appends an exported log to the configured one, which is empty or holds its beginning. */
export async function importFromFile(config: Config, path: string): Promise<Outcome> {
  const progress = createProgress();
  try {
    const options = { onProgress: progress.report, check: requireReadable };
    await checkLogFile(path, options);
    const imported = await withNewLog(config, (store) => importLog(store, path, options));
    const { events, before } = imported;
    const { seconds } = progress.stop();
    const known = before > 0 ? `, ${before} of them were there before` : '';
    const line = `imported ${events} events from ${path} in ${seconds} s${known}`;
    return found(true, [line], { events, before, file: path });
  } finally {
    progress.stop();
  }
}

/** @throws UnreadableEvent what this version could never read again does not come into a log */
function requireReadable({ type, data, metadata }: NewEvent): void {
  readEvent(type, data, () => readMetadata(metadata).schemaVersion);
}

export interface ProtectOptions {
  readonly check?: boolean;
  /** Minutes. */
  readonly within: string;
}

/** Puts up what protects the log, or with `check` says what is missing. Finds a difference when something is. */
export async function protect(config: Config, options: ProtectOptions): Promise<Outcome> {
  const minutes = Number(options.within);
  if (!(minutes > 0)) throw new RangeError(`--within: not a number of minutes: ${options.within}`);
  const bounds = { prefixes: streamPrefixes, withinMs: minutes * 60_000 };
  requireRegister(config);
  if (!options.check) await protectLog(config, bounds);
  const { found: open, isWhole } = await missingProtection(config, bounds);
  const unseen = `not every stream was looked at within ${minutes} min; give it longer by --within`;
  const missing = [...open, ...(isWhole ? [] : [unseen])];
  const isRight = missing.length === 0;
  const right = 'nobody but an administrator can delete, truncate or change events';
  return found(isRight, isRight ? [right] : missing, { missing });
}
