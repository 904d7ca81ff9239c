import type { AccessLog } from '#audit';
import type { Config } from '#config';
import { openEventStore, type EventStore } from '#event-store';
import { openImageStore, type ImageStore } from '#image-store';
import { openReadStore, type ReadStore } from '#read-store';

export interface Stores {
  readonly eventStore: EventStore;
  readonly readStore: ReadStore;
  readonly images: ImageStore;
  /** Where access records are kept. */
  readonly access: ReadStore;
}

/** The event log, as a class Nest can inject. */
export class Log {
  constructor(readonly store: EventStore) {}
}

/** Who looked at what, as a class Nest can inject. */
export class AccessRecords {
  constructor(readonly log: AccessLog) {}
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
  const [readStore, access, images] = await Promise.all([
    openReadStore(config),
    openReadStore(config, 'access'),
    openImageStore(config),
  ]);
  return { eventStore: openEventStore(config), readStore, access, images };
}

export async function closeStores(stores: Stores): Promise<void> {
  const { eventStore, readStore, images, access } = stores;
  await Promise.all([eventStore.close(), readStore.close(), images.close(), access.close()]);
}
