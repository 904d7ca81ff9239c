import { setTimeout as delay } from 'node:timers/promises';
import type { Doc, ReadStore } from '#read-store';
import type { Projection } from '../projection.ts';
import { isGone, type Holder } from './holder.ts';

/** A rebuild of one projection, under way or left to be gone on with. */
export interface RebuildRecord {
  /** `swapping`: for a moment nobody follows the old. `left`: nobody does it now; it can be gone on with. `aborting`: an operator has called it off. */
  readonly state: 'filling' | 'catching-up' | 'swapping' | 'aborting' | 'left';
  /** The collection that is being filled. */
  readonly collection: string;
  readonly holder: string;
  readonly pid: number;
  readonly space: string;
  /** Events read, of how many. */
  readonly done: number;
  readonly total: number;
  /** Events a second since it began, or was gone on with. */
  readonly rate: number;
  /** ISO 8601 UTC, like `updatedAt`. */
  readonly startedAt: string;
  readonly updatedAt: string;
}

/** Another process rebuilt, swapped or took over the same projection meanwhile; nothing was changed for readers. */
export class RebuildOvertaken extends Error {
  override readonly name = 'RebuildOvertaken';
}

/** Another process is at it; nothing was changed. */
export class RebuildRunning extends Error {
  override readonly name = 'RebuildRunning';
}

/** An operator has called it off; nothing of it is left, and nothing was changed for readers. */
export class RebuildAborted extends Error {
  override readonly name = 'RebuildAborted';
  constructor(readonly projection: string) {
    super(`the rebuild of ${projection} was called off`);
  }
}

/** A process that rebuilds writes its record once a second; one silent for so long is gone. */
export const SILENT_MS = 5000;
const LOOK_MS = 250;

const keyOf = ({ name }: Projection): string => `rebuild:${name}`;

interface Recorded extends RebuildRecord {
  readonly version: number;
}

async function read(
  readStore: ReadStore,
  projection: Projection,
): Promise<{ readonly record: RebuildRecord | undefined; readonly version: number }> {
  const found = await readStore.readRecord(keyOf(projection));
  const value = found?.value as RebuildRecord | { readonly state: null } | undefined;
  return { record: value?.state ? value : undefined, version: found?.version ?? 0 };
}

/** The rebuild of a projection, for operators; undefined where there is none. */
export async function readRebuild(
  readStore: ReadStore,
  projection: Projection,
): Promise<RebuildRecord | undefined> {
  return (await read(readStore, projection)).record;
}

/** While a swap is under way, the record's version, which tells one that goes on from one that was killed. */
export async function swapUnderWay(
  readStore: ReadStore,
  projection: Projection,
): Promise<number | undefined> {
  const { record, version } = await read(readStore, projection);
  return record?.state === 'swapping' ? version : undefined;
}

/** The right to rebuild a projection, and what is told about it. */
export interface Claim {
  readonly projection: Projection;
  /** What an earlier rebuild has left behind. */
  readonly left: RebuildRecord | undefined;
  /** The collection that is being filled. */
  readonly collection: () => string;
  /** @throws RebuildAborted @throws RebuildOvertaken */
  readonly tell: (change: Partial<RebuildRecord>) => Promise<void>;
  /** The rebuild is over, one way or another. */
  readonly release: () => Promise<void>;
  /** It may be gone on with, by whoever claims it next. */
  readonly leave: () => Promise<void>;
}

/** @throws RebuildRunning */
export async function claimRebuild(
  readStore: ReadStore,
  projection: Projection,
  { holder, collection }: { readonly holder: Holder; readonly collection: string },
): Promise<Claim> {
  const before = await idle(readStore, projection);
  const now = new Date().toISOString();
  const { name, pid, space } = holder;
  let mine: Recorded = {
    ...{ state: 'filling', collection, holder: name, pid, space },
    ...{ done: 0, total: 0, rate: 0, startedAt: now, updatedAt: now },
    version: before.version,
  };
  const inTurn = createQueue();
  const write = async (value: RebuildRecord | { readonly state: null }): Promise<boolean> => {
    const written = await readStore.writeRecord(keyOf(projection), value as Doc, mine.version);
    if (written) mine = { ...mine, ...(value.state && value), version: mine.version + 1 };
    return written;
  };
  const tell = (change: Partial<RebuildRecord>): Promise<void> =>
    inTurn(async () => {
      const { version: _, ...record } = mine;
      if (await write({ ...record, ...change, updatedAt: new Date().toISOString() })) return;
      throw await lost(readStore, projection);
    });
  if (!(await write(mine))) throw running(projection, 'another process');
  return {
    projection,
    left: before.record,
    tell,
    collection: () => mine.collection,
    release: () =>
      inTurn(async () => {
        if (await write({ state: null })) return;
        // An operator has called it off meanwhile, and waits for it to be gone.
        const { record, version } = await read(readStore, projection);
        if (record?.state !== 'aborting') return;
        await readStore.writeRecord(keyOf(projection), { state: null }, version);
      }),
    leave: () => tell({ state: 'left' }).catch(() => undefined),
  };
}

/** One after the other: each is written over the one before. */
function createQueue() {
  let last: Promise<unknown> = Promise.resolve();
  return <T>(work: () => Promise<T>): Promise<T> => {
    const turn = last.then(work);
    last = turn.catch(() => undefined);
    return turn;
  };
}

const running = ({ name }: Projection, by: string): RebuildRunning =>
  new RebuildRunning(`${name} is being rebuilt by ${by}`);

async function lost(readStore: ReadStore, projection: Projection): Promise<Error> {
  const { record } = await read(readStore, projection);
  return record?.state === 'aborting'
    ? new RebuildAborted(projection.name)
    : new RebuildOvertaken(`${projection.name} was rebuilt by another process`);
}

/** Waits until it is certain that nobody is at it. @throws RebuildRunning */
async function idle(readStore: ReadStore, projection: Projection) {
  const first = await read(readStore, projection);
  const { record } = first;
  if (!record || record.state === 'left') return first;
  const end = performance.now() + SILENT_MS;
  while (!isGone({ ...record, name: record.holder }) && performance.now() < end) {
    await delay(LOOK_MS);
    const { version } = await read(readStore, projection);
    if (version !== first.version) throw running(projection, record.holder);
  }
  return first;
}

/**
 * Calls off a rebuild, wherever it runs, and takes away what it has filled. Answers false where
 * there is none.
 */
export async function abortRebuild(readStore: ReadStore, projection: Projection): Promise<boolean> {
  const { record, version } = await read(readStore, projection);
  if (!record) return false;
  if (record.state !== 'left') {
    const asked = { ...record, state: 'aborting' } as const;
    // It told something in between: ask again.
    if (!(await readStore.writeRecord(keyOf(projection), asked, version))) {
      return abortRebuild(readStore, projection);
    }
    if (await ended(readStore, projection, record)) return true;
  }
  const now = await read(readStore, projection);
  await readStore.writeRecord(keyOf(projection), { state: null }, now.version);
  await readStore.drop({ name: record.collection });
  return true;
}

/** False where nobody is there to end it. */
async function ended(
  readStore: ReadStore,
  projection: Projection,
  record: RebuildRecord,
): Promise<boolean> {
  const end = performance.now() + SILENT_MS;
  while (performance.now() < end && !isGone({ ...record, name: record.holder })) {
    if (!(await readRebuild(readStore, projection))) return true;
    await delay(LOOK_MS);
  }
  return (await readRebuild(readStore, projection)) === undefined;
}
