import type { AccessLog } from '#audit';
import type { Clock, Config } from '#config';
import { openEventStore, type EventStore } from '#event-store';
import { openImageStore, type ImageStore } from '#image-store';
import { failedProjections } from '#projections';
import { openReadStore, type ReadStore } from '#read-store';
import type { Metrics } from '#telemetry';

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
  constructor(
    readonly log: AccessLog,
    readonly clock: Clock,
  ) {}
}

/** This process's figures, as a class Nest can inject. */
export class Telemetry {
  constructor(readonly metrics: Metrics) {}
}

/** Answers when a part of the service does, with what an operator should see of it. */
export type Part = () => Promise<Record<string, unknown>>;

/** What readiness rests on, as a class Nest can inject. */
export class Heartbeat {
  readonly parts: Readonly<Record<'eventStore' | 'readStore' | 'projections', Part>>;

  constructor({ eventStore, readStore }: Stores) {
    const nothing = (): Record<string, unknown> => ({});
    this.parts = {
      eventStore: () => eventStore.head().then(nothing),
      readStore: () => readStore.ping().then(nothing),
      // One that stands still is shown; the service goes on serving what the others know.
      projections: async () => ({ failed: await failedProjections(readStore) }),
    };
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
