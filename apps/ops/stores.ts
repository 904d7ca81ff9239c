import type { Config } from '#config';
import { openEventStore, type EventStore } from '#event-store';
import { openReadStore, type ReadStore } from '#read-store';

export interface OpsStores {
  readonly eventStore: EventStore;
  readonly readStore: ReadStore;
}

/** Opens the configured stores for the length of one command. */
export async function withStores<T>(
  config: Config,
  work: (stores: OpsStores) => Promise<T>,
): Promise<T> {
  const eventStore = openEventStore(config);
  const readStore = await openReadStore(config);
  try {
    return await work({ eventStore, readStore });
  } finally {
    await Promise.all([eventStore.close(), readStore.close()]);
  }
}
