import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Config } from '#config';
import type { openMongoReadStore as OpenMongo } from './mongodb/store.ts';
import type { ReadStore } from './port.ts';
import { openSqliteReadStore } from './sqlite/store.ts';

/** A store on MongoDB. Its driver is loaded when it is asked for: that takes a while. */
export const openMongoReadStore = async (
  ...given: Parameters<typeof OpenMongo>
): ReturnType<typeof OpenMongo> =>
  (await import('./mongodb/store.ts')).openMongoReadStore(...given);

/** Databases that are kept apart: read models can be made anew from the log; access records, what was sealed and how far webhooks have come cannot. */
export type Area = 'read' | 'access' | 'tlog' | 'webhooks';

/** 4 MiB. */
const FEW_PAGES = 256;

/** One thread more than callers' reads are given turns: what the service asks itself, for its health, never waits for them. */
const OF_ITS_OWN = 1;

/**
 * The store that the configuration names: MongoDB, else a file in the data folder. A MongoDB that does
 * not answer yet is connected to when it does.
 *
 * @param onDamaged given by who may: a damaged file is put aside and made anew, which is told
 * @throws ReadStoreUnavailable the file cannot be opened.
 */
export async function openReadStore(
  config: Pick<Config, 'MONGODB_URL' | 'MONGODB_DATABASE' | 'DATA_DIR'> &
    Partial<Pick<Config, 'READ_THREADS' | 'READ_SECONDS'>>,
  area: Area = 'read',
  onDamaged?: (told: string) => void,
): Promise<ReadStore> {
  const { READ_THREADS = 2, READ_SECONDS } = config;
  const patience = READ_SECONDS === undefined ? {} : { longestReadMs: READ_SECONDS * 1000 };
  if (config.MONGODB_URL !== undefined) {
    const database = config.MONGODB_DATABASE;
    return openMongoReadStore(
      config.MONGODB_URL,
      area === 'read' ? database : `${database}_${area}`,
      { lazily: true, ...patience },
    );
  }
  // Personal data lies here: for nobody but the account that runs the service.
  mkdirSync(config.DATA_DIR, { recursive: true, mode: 0o700 });
  return openSqliteReadStore(join(config.DATA_DIR, `${area}.db`), {
    readers: READ_THREADS + OF_ITS_OWN,
    onDamaged,
    // Where little is written at a time a large write-ahead log would only be in the way.
    ...(area === 'read' ? {} : { checkpointPages: FEW_PAGES }),
    ...patience,
  });
}
