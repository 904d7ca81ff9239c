import { join } from 'node:path';
import Database from 'better-sqlite3';
import type { Config } from '#config';
import type { Findings } from './eventstoredb/protection.ts';
import type { Bounds } from './eventstoredb/stream-rules.ts';
import { guard, missingGuards } from './sqlite/database.ts';

type Where = Pick<Config, 'EVENTSTORE_URL' | 'DATA_DIR'>;

function onFile<T>({ DATA_DIR }: Where, work: (db: Database.Database) => T): T {
  const db = new Database(join(DATA_DIR, 'events.db'), { fileMustExist: true });
  try {
    return work(db);
  } finally {
    db.close();
  }
}

/** With the server's client, which is loaded only where there is one. */
const onServer = () => import('./eventstoredb/protection.ts');

/**
 * What would let somebody delete, truncate or change events of the log that is configured. On
 * EventStoreDB also by rules of single streams, within bounds. @throws EventStoreUnavailable
 */
export async function missingProtection(where: Where, bounds: Bounds): Promise<Findings> {
  if (where.EVENTSTORE_URL !== undefined) {
    return (await onServer()).openToOthers(where.EVENTSTORE_URL, bounds);
  }
  const missing = onFile(where, missingGuards);
  const found = missing.length === 0 ? [] : [`no ${missing.join(', ')} in events.db`];
  return { found, isWhole: true };
}

/** A start looks at the rules of single streams for so long, beside its work, in milliseconds. */
const AT_START_MS = 20_000;

/**
 * Says at start what would let somebody delete or truncate events; a log that is away is told of
 * elsewhere, and what there was no time for is left to `ops log protect --check`.
 */
export async function warnOfOpenLog(
  where: Where,
  prefixes: readonly string[],
  warn: (message: string, detail: object) => void,
): Promise<void> {
  const bounds = { prefixes, withinMs: AT_START_MS };
  const { found } = await missingProtection(where, bounds).catch(() => ({ found: [] }));
  if (found.length === 0) return;
  const remedy = 'ops log protect, as an administrator';
  warn(`the log is not protected: ${found.join('; ')}`, { remedy });
}

/** Puts up what is missing; on EventStoreDB as the administrator in the connection string. @throws EventStoreUnavailable */
export async function protectLog(where: Where, bounds: Bounds): Promise<void> {
  if (where.EVENTSTORE_URL !== undefined) {
    await (await onServer()).closeToOthers(where.EVENTSTORE_URL, bounds);
  } else onFile(where, guard);
}
