import type { Config } from '#config';
import { openEventStore, type EventStore } from '#event-store';
import { openImageStore, type ImageStore } from '#image-store';
import { openReadStore, type ReadStore } from '#read-store';

export interface Stores {
  readonly eventStore: EventStore;
  readonly readStore: ReadStore;
  readonly images: ImageStore;
}

/** The event log, as a class Nest can inject. */
export class Log {
  constructor(readonly store: EventStore) {}
}

/** The read store's and log's heartbeat, as a class Nest can inject. */
export class Heartbeat {
  constructor(private readonly stores: Stores) {}

  /** @throws whatever a store that does not answer throws */
  async beat(): Promise<void> {
    await Promise.all([this.stores.eventStore.head(), this.stores.readStore.ping()]);
  }
}

/** Opens the stores the configuration names; nothing else knows which they are. */
export async function openStores(config: Config): Promise<Stores> {
  const [readStore, images] = await Promise.all([openReadStore(config), openImageStore(config)]);
  return { eventStore: openEventStore(config), readStore, images };
}

export async function closeStores({ eventStore, readStore, images }: Stores): Promise<void> {
  await Promise.all([eventStore.close(), readStore.close(), images.close()]);
}
