import { join } from 'node:path';
import type { Audit } from '#audit';
import { Unauthenticated, type Verifier } from '#access';
import type { Clock, Config } from '#config';
import { Heads, openEventStore, type EventStore } from '#event-store';
import { openImageStore, type ImageStore } from '#image-store';
import { readFigures } from '#outgoing';
import { failedProjections, numbering, ReadModelAstray, ReadModels } from '#projections';
import { openReadStore, type ReadStore } from '#read-store';
import { atMostEvery } from '#telemetry';
import type { Probes } from './http/watching/services.ts';
import type { Damage } from './operations/damage.ts';
import { requireRoom } from './operations/disk.ts';

export interface Stores {
  readonly eventStore: EventStore;
  readonly readStore: ReadStore;
  readonly images: ImageStore;
  /** Where access records are kept. */
  readonly access: ReadStore;
  /** Where what was sealed of the log is kept. */
  readonly tlog: ReadStore;
  /** Where it is kept how far webhooks have come. */
  readonly webhooks: ReadStore;
  /** Where the folds of the log's streams are kept. */
  readonly heads: Heads;
}

/** Answers when a part of the service does, with what an operator should see of it. */
export type Part = () => Promise<Record<string, unknown>>;

/** What readiness rests on. */
export type Heartbeat = Readonly<
  Record<
    | 'eventStore'
    | 'disk'
    | 'clock'
    | 'readStore'
    | 'projections'
    | 'registers'
    | 'audit'
    | 'webhooks',
    Part
  >
>;

interface Watched {
  readonly damage: Damage;
  readonly config: Config;
  readonly recordedBy: Clock;
  readonly audit: Pick<Audit, 'sealed'>;
}

export function heartbeat(
  { eventStore, readStore, webhooks }: Stores,
  { damage, config, recordedBy, audit }: Watched,
): Heartbeat {
  const nothing = (): Record<string, unknown> => ({});
  const parts: Heartbeat = {
    eventStore: () => eventStore.head().then(nothing),
    disk: atMostEvery(DISK_MS, () => requireRoom(config).then(nothing)),
    clock: () =>
      Promise.resolve()
        .then(() => void recordedBy.now())
        .then(nothing),
    readStore: () => readStore.ping().then(nothing),
    // One that stands still is shown; the service goes on serving what the others know.
    projections: async () => ({
      failed: await failedProjections(readStore),
      damaged: readStore.damaged(),
    }),
    // A register that stands still is shown; all others go on.
    registers: async () => ({
      damaged: damage.names().slice(0, MOST_SHOWN),
      paused: await pausedRegisters(readStore),
    }),
    // What keeps the log from being sealed is shown, and keeps nobody from working.
    audit: () => audit.sealed.figures().catch(() => ({ isKnown: false })),
    // Nor does a receiver that is away.
    webhooks: () => webhookFigures(webhooks),
  };
  // Anyone may ask, and as often: who asks while it is being found out waits for the same answer.
  const shared = Object.entries(parts).map(([name, part]) => [name, atMostEvery(0, part)]);
  return Object.fromEntries(shared) as Heartbeat;
}

const webhookFigures = (webhooks: ReadStore): Promise<Record<string, unknown>> =>
  readFigures(webhooks).then(
    (figures) => ({ ...figures }),
    () => ({ isKnown: false }),
  );

/** Between two looks whether the disk can be written to, in milliseconds. */
const DISK_MS = 1000;

/** Registers named in health at most. */
const MOST_SHOWN = 20;

/** The streams of registers whose numbering is paused; null while that is being found out anew from another log. */
async function pausedRegisters(readStore: ReadStore): Promise<string[] | null> {
  const paused = { filter: { paused: true }, limit: MOST_SHOWN };
  try {
    const { items } = await new ReadModels(readStore).find(numbering, paused);
    return items.map(({ id }) => id);
  } catch (error) {
    if (error instanceof ReadModelAstray) return null;
    throw error;
  }
}

/** Looks whether what requests rest on answers. */
export const probesOf = (
  { eventStore, readStore, images }: Pick<Stores, 'eventStore' | 'readStore' | 'images'>,
  verify: Verifier,
  isFull: () => boolean,
): Probes => ({
  eventStore: () => eventStore.head(),
  readStore: () => readStore.ping().then(() => requireWhole(readStore)),
  images: () => images.has(NO_IMAGE),
  issuer: () => verify(NO_TOKEN).catch(unlessHeld),
  handlers: () => Promise.all([eventStore.head(), readStore.ping()]),
  room: () => (isFull() ? Promise.reject(new Error('full')) : Promise.resolve()),
});

/** One that is damaged answers all the same. @throws Error */
function requireWhole(readStore: ReadStore): void {
  const damaged = readStore.damaged();
  if (damaged.length > 0) throw new Error(`damaged: ${damaged.join(', ')}`);
}

/** The hash of no picture. */
const NO_IMAGE = '0'.repeat(64);

/** A token that holds nowhere, well enough formed that the issuer's keys are asked for. */
const NO_TOKEN = [{ alg: 'ES256', kid: 'probe' }, {}]
  .map((part) => Buffer.from(JSON.stringify(part)).toString('base64url'))
  .join('.')
  .concat('.AAAA');

const unlessHeld = (error: unknown): void => {
  if (!(error instanceof Unauthenticated)) throw error;
};

/** Opens the stores the configuration names; nothing else knows which they are. */
export async function openStores(
  config: Config,
  onTrouble: (message: string, error: unknown) => void,
): Promise<Stores> {
  const onDamaged = (told: string): void => onTrouble('a file was damaged', new Error(told));
  const [readStore, access, tlog, webhooks, images] = await Promise.all([
    openReadStore(config, 'read', onDamaged),
    openReadStore(config, 'access', onDamaged),
    // Made anew it is sealed again from the log, which has to reach what was signed last.
    openReadStore(config, 'tlog', onDamaged),
    openReadStore(config, 'webhooks', onDamaged),
    openImageStore(config),
  ]);
  const eventStore = await openEventStore(config, { writer: 'beside' });
  const heads = new Heads(join(config.DATA_DIR, 'heads.db'), {
    onTrouble: (error) => onTrouble('heads.db failed; streams are folded anew', error),
  });
  return { eventStore, readStore, access, tlog, webhooks, images, heads };
}

export async function closeStores(stores: Stores): Promise<void> {
  const { heads, ...others } = stores;
  heads.close();
  await Promise.all(Object.values(others).map((store) => store.close()));
}
