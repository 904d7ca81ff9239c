import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { Logger } from 'pino';
import type { Config } from '#config';
import { Heads, openEventStore, type EventStore } from '#event-store';
import { openImageStore, type ImageStore } from '#image-store';
import { failedProjections, numbering, ReadModels } from '#projections';
import { openReadStore, type ReadStore } from '#read-store';
import type { Damage } from './operations/damage.ts';

export interface Stores {
  readonly eventStore: EventStore;
  readonly readStore: ReadStore;
  readonly images: ImageStore;
  /** Where access records are kept. */
  readonly access: ReadStore;
  /** Where the folds of the log's streams are kept. */
  readonly heads: Heads;
}

/** Answers when a part of the service does, with what an operator should see of it. */
export type Part = () => Promise<Record<string, unknown>>;

/** What readiness rests on. */
export type Heartbeat = Readonly<
  Record<'eventStore' | 'readStore' | 'projections' | 'registers', Part>
>;

export function heartbeat({ eventStore, readStore }: Stores, damage: Damage): Heartbeat {
  const nothing = (): Record<string, unknown> => ({});
  return {
    eventStore: () => eventStore.head().then(nothing),
    readStore: () => readStore.ping().then(nothing),
    // One that stands still is shown; the service goes on serving what the others know.
    projections: async () => ({ failed: await failedProjections(readStore) }),
    // A register that stands still is shown; all others go on.
    registers: async () => ({
      damaged: damage.names().slice(0, MOST_SHOWN),
      paused: await pausedRegisters(readStore),
    }),
  };
}

/** Registers named in health at most. */
const MOST_SHOWN = 20;

/** The streams of registers whose numbering is paused. */
async function pausedRegisters(readStore: ReadStore): Promise<string[]> {
  const paused = { filter: { paused: true }, limit: MOST_SHOWN };
  const { items } = await new ReadModels(readStore).find(numbering, paused);
  return items.map(({ id }) => id);
}

/** Opens the stores the configuration names; nothing else knows which they are. */
export async function openStores(
  config: Config,
  onTrouble: (message: string, error: unknown) => void,
): Promise<Stores> {
  const [readStore, access, images] = await Promise.all([
    openReadStore(config),
    openReadStore(config, 'access'),
    openImageStore(config),
  ]);
  const eventStore = openEventStore(config);
  const heads = new Heads(join(config.DATA_DIR, 'heads.db'), {
    onTrouble: (error) => onTrouble('heads.db failed; streams are folded anew', error),
  });
  return { eventStore, readStore, access, images, heads };
}

/** How long between two looks for a store of the read models that is away at start. */
const LOOK_MS = 2000;
const AWAY =
  'api: the read models’ store does not answer; commands are taken, lists are not; trying again';

const messageOf = (trouble: unknown): string =>
  trouble instanceof Error ? trouble.message : 'unknown';

/**
 * Says once that the read models cannot be read yet, and once that they can. Nothing waits for it:
 * commands rest on the log alone.
 */
export async function untilReadable(
  { readStore }: Stores,
  log: Logger,
  signal: AbortSignal,
): Promise<void> {
  for (let failures = 0; !signal.aborted; failures += 1) {
    const trouble = await readStore.ping().then(
      () => undefined,
      (error: unknown) => error,
    );
    if (trouble === undefined) {
      if (failures > 0) log.info({ failures }, 'api: the read models’ store is there');
      return;
    }
    if (failures === 0) log.error({ trouble: messageOf(trouble) }, AWAY);
    await delay(LOOK_MS, undefined, { signal, ref: false }).catch(() => undefined);
  }
}

export async function closeStores(stores: Stores): Promise<void> {
  const { eventStore, readStore, images, access, heads } = stores;
  heads.close();
  await Promise.all([eventStore.close(), readStore.close(), images.close(), access.close()]);
}
