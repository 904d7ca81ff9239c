import { join } from 'node:path';
import Database from 'better-sqlite3';
import type { Config } from '#config';
import { closeToOthers, openToOthers } from './eventstoredb/protection.ts';
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

/**
 * What would let somebody delete, truncate or change events of the log that is configured;
 * undefined when nothing does. @throws EventStoreUnavailable
 */
export async function missingProtection(where: Where): Promise<string | undefined> {
  if (where.EVENTSTORE_URL !== undefined) return openToOthers(where.EVENTSTORE_URL);
  const missing = onFile(where, missingGuards);
  return Promise.resolve(
    missing.length === 0 ? undefined : `no ${missing.join(', ')} in events.db`,
  );
}

/** Says at start what would let somebody delete or truncate events; a log that is away is told of elsewhere. */
export async function warnOfOpenLog(
  where: Where,
  warn: (message: string, detail: object) => void,
): Promise<void> {
  const missing = await missingProtection(where).catch(() => undefined);
  if (missing === undefined) return;
  warn(`the log is not protected: ${missing}`, { remedy: 'ops log protect, as an administrator' });
}

/** Puts up what is missing; on EventStoreDB as the administrator in the connection string. @throws EventStoreUnavailable */
export async function protectLog(where: Where): Promise<void> {
  if (where.EVENTSTORE_URL !== undefined) await closeToOthers(where.EVENTSTORE_URL);
  else onFile(where, guard);
}
