export * from './port.ts';
export { openMongoReadStore, openReadStore } from './open.ts';
export { openSqliteReadStore } from './sqlite/store.ts';
export type { SqliteReadStoreOptions } from './sqlite/store.ts';
export type { MongoReadStoreOptions } from './mongodb/connect.ts';
export { withScratch } from './scratch.ts';
export { withinTime } from './within-time.ts';
export { foldVietnamese } from './text.ts';
export { vietnameseOrder } from './vietnamese-order.ts';
