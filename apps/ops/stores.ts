import type { Config } from '#config';
import { openEventStore, type EventStore } from '#event-store';
import { allProjections, type Projection } from '#projections';
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

/** The projections of these names. @throws RangeError that lists the names there are */
export function projectionsNamed(names: readonly string[]): readonly Projection[] {
  return names.map((name) => {
    const found = allProjections.find((projection) => projection.name === name);
    if (found) return found;
    const known = allProjections.map((projection) => projection.name).join(', ');
    throw new RangeError(`no projection is called ${name}; there are: ${known}`);
  });
}
