import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { inTemporaryFolder, type Config } from '#config';
import { openEventStore, type EventStore } from '#event-store';
import { requireNoLostLog } from '#projections';
import { openReadStore, type ReadStore } from '#read-store';

export interface OpsStores {
  readonly eventStore: EventStore;
  readonly readStore: ReadStore;
}

/** A mistyped folder is not a new register. @throws RangeError */
export function requireRegister({ EVENTSTORE_URL, DATA_DIR }: Config): void {
  if (EVENTSTORE_URL !== undefined || existsSync(join(DATA_DIR, 'events.db'))) return;
  throw new RangeError(`no register here: ${join(DATA_DIR, 'events.db')} is not there (DATA_DIR)`);
}

/** The log of a register that is there, for the length of one command. @throws RangeError */
export async function withLog<T>(
  config: Config,
  work: (eventStore: EventStore) => Promise<T>,
): Promise<T> {
  requireRegister(config);
  return withNewLog(config, work);
}

/** The configured log, made where it is not there yet. */
export async function withNewLog<T>(
  config: Config,
  work: (eventStore: EventStore) => Promise<T>,
): Promise<T> {
  const eventStore = await openEventStore(config);
  try {
    return await work(eventStore);
  } finally {
    await eventStore.close();
  }
}

/** The same for who makes read models anew: where their file is damaged it is put aside, and told. */
export const withStoresAnew = <T>(
  config: Config,
  onDamaged: (told: string) => void,
  work: (stores: OpsStores) => Promise<T>,
): Promise<T> => opened(config, () => openReadStore(config, 'read', onDamaged), work);

/** Both stores of a register that is there; read models are made where there are none yet. @throws RangeError */
export const withStores = <T>(
  config: Config,
  work: (stores: OpsStores) => Promise<T>,
): Promise<T> => opened(config, () => openReadStore(config), work);

/** The same for commands that only look: where there are no read models none are made. */
export async function withStoresAsTheyAre<T>(
  config: Config,
  work: (stores: OpsStores) => Promise<T>,
): Promise<T> {
  const isThere = config.MONGODB_URL !== undefined || existsSync(join(config.DATA_DIR, 'read.db'));
  if (isThere) return withStores(config, work);
  return inTemporaryFolder('none-', (folder) =>
    opened(config, () => openReadStore({ ...config, DATA_DIR: folder }), work),
  );
}

/** Whatever fails, nothing stays open: what is open keeps a process from ending. */
const opened = <T>(
  config: Config,
  openReads: () => Promise<ReadStore>,
  work: (stores: OpsStores) => Promise<T>,
): Promise<T> =>
  withLog(config, async (eventStore) => {
    const readStore = await openReads();
    try {
      await requireNoLostLog(config, { eventStore, readStore });
      return await work({ eventStore, readStore });
    } finally {
      await readStore.close();
    }
  });
