export * from './port.ts';
export { openEventStore } from './open.ts';
export { openSqliteEventStore } from './sqlite/store.ts';
export type { SqliteEventStoreOptions } from './sqlite/store.ts';
export { openEventStoreDb } from './eventstoredb/store.ts';
export type { EventStoreDbOptions } from './eventstoredb/store.ts';
export { exportLog } from './transfer/export.ts';
export { importLog, OtherEventsThere } from './transfer/import.ts';
export { BrokenLogFile } from './transfer/lines.ts';
