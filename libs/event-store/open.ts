import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Config } from '#config';
import { openEventStoreDb } from './eventstoredb/store.ts';
import type { EventStore } from './port.ts';
import { openSqliteEventStore } from './sqlite/store.ts';

/** The event store that the configuration names: EventStoreDB, else a file in the data folder. */
export function openEventStore(config: Pick<Config, 'EVENTSTORE_URL' | 'DATA_DIR'>): EventStore {
  if (config.EVENTSTORE_URL !== undefined) return openEventStoreDb(config.EVENTSTORE_URL);
  // Personal data lies here: for nobody but the account that runs the service.
  mkdirSync(config.DATA_DIR, { recursive: true, mode: 0o700 });
  return openSqliteEventStore(join(config.DATA_DIR, 'events.db'));
}
