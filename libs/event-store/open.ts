import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Config } from '#config';
import type { openEventStoreDb as Open } from './eventstoredb/store.ts';
import type { EventStore } from './port.ts';
import { openSqliteEventStore, type SqliteEventStoreOptions } from './sqlite/store.ts';

/** A log on EventStoreDB. Its client is loaded when it is asked for: that takes longer than most commands. */
export const openEventStoreDb = async (...given: Parameters<typeof Open>): Promise<EventStore> =>
  (await import('./eventstoredb/store.ts')).openEventStoreDb(...given);

/**
 * The event store that the configuration names: EventStoreDB, else a file in the data folder, to which
 * the options apply.
 */
export async function openEventStore(
  config: Pick<Config, 'EVENTSTORE_URL' | 'DATA_DIR'>,
  options: SqliteEventStoreOptions = {},
): Promise<EventStore> {
  if (config.EVENTSTORE_URL !== undefined) return openEventStoreDb(config.EVENTSTORE_URL);
  // Personal data lies here: for nobody but the account that runs the service.
  mkdirSync(config.DATA_DIR, { recursive: true, mode: 0o700 });
  return openSqliteEventStore(join(config.DATA_DIR, 'events.db'), options);
}
