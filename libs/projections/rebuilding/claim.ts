import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import type { ReadStore } from '#read-store';
import { isGone, thisProcess } from '../ledger/holder.ts';
import type { Ledger, Next } from '../ledger/ledger.ts';
import {
  calledOff,
  claimed,
  ended,
  left,
  RebuildAborted,
  RebuildRunning,
  told,
  type Told,
} from '../ledger/rebuilding.ts';
import { neededBy } from '../ledger/keeping.ts';
import { changeLedger, findLedger } from '../ledger/record.ts';
import type { Projection } from '../projection.ts';

/** A process that rebuilds tells of it once a second; one silent for so long is gone. */
export const SILENT_MS = 5000;
const LOOK_MS = 250;

/** The right to rebuild a projection. */
export interface Claim {
  readonly projection: Projection;
  readonly id: string;
  /** As it stood when it was claimed: the collection to be filled, and how far an earlier rebuild had come. */
  readonly next: Next;
  /** An earlier rebuild of this version has left it to be gone on with. */
  readonly isLeft: boolean;
}

/** @throws RebuildRunning */
export async function claimRebuild(readStore: ReadStore, projection: Projection): Promise<Claim> {
  const idle = await idleRebuild(readStore, projection);
  const by = { claim: randomUUID(), holder: thisProcess(), idle, at: new Date().toISOString() };
  const { before, after } = await changeLedger(readStore, projection, (ledger) =>
    claimed(ledger, projection, by),
  );
  await dropUnneeded(readStore, projection, before.next);
  const next = after.next as Next;
  const isLeft = before.next?.collection === next.collection;
  return { projection, id: by.claim, next, isLeft };
}

/** Takes away what a rebuild had filled, unless the ledger still, or by now, needs it. */
async function dropUnneeded(
  readStore: ReadStore,
  projection: Projection,
  next: Next | null,
): Promise<void> {
  if (!next) return;
  const ledger = await findLedger(readStore, projection);
  const needed = ledger ? neededBy(ledger) : [];
  for (const name of [next.collection, next.from]) {
    if (name !== null && !needed.includes(name)) await readStore.drop({ name });
  }
}

/** @throws RebuildAborted @throws RebuildOvertaken */
export async function tell(
  readStore: ReadStore,
  { projection, id }: Claim,
  change: Omit<Told, 'at'>,
): Promise<void> {
  const at = new Date().toISOString();
  const telling = (ledger: Ledger): Ledger => told(ledger, projection, id, { ...change, at });
  await changeLedger(readStore, projection, telling, change.faults !== undefined);
}

/** The rebuild has not come to its end; where it was called off nothing of it is kept, else it may be gone on with. */
export async function giveUp(readStore: ReadStore, claim: Claim, reason: unknown): Promise<void> {
  const { projection, id } = claim;
  const giving = isOver(claim, reason) ? ended : left;
  const { before, after } = await changeLedger(readStore, projection, (ledger) =>
    giving(ledger, id),
  );
  if (before.next?.claim !== id || after.next) return;
  await dropUnneeded(readStore, projection, before.next);
}

/** Where one of several is called off, the others can be gone on with. */
export const isOver = ({ projection }: Claim, reason: unknown): boolean =>
  reason instanceof RebuildAborted && reason.projection === projection.name;

/** Waits until it is certain that nobody is at the rebuild that is there. @throws RebuildRunning */
async function idleRebuild(
  readStore: ReadStore,
  projection: Projection,
): Promise<Next | undefined> {
  const first = (await findLedger(readStore, projection))?.next ?? undefined;
  if (!first || first.state === 'left') return first;
  const end = performance.now() + SILENT_MS;
  while (!isGone({ ...first, name: first.holder }) && performance.now() < end) {
    await delay(LOOK_MS);
    const now = (await findLedger(readStore, projection))?.next;
    if (now?.claim === first.claim && now.beat === first.beat) continue;
    throw new RebuildRunning(`${projection.name} is being rebuilt by ${first.holder}`);
  }
  return first;
}

/**
 * Calls off a rebuild, wherever it runs, and takes away what it has filled. Answers false where
 * there is none.
 */
export async function abortRebuild(readStore: ReadStore, projection: Projection): Promise<boolean> {
  const { before, after } = await changeLedger(readStore, projection, calledOff);
  if (!before.next) return false;
  const { claim } = before.next;
  if (after.next && !(await hasEnded(readStore, projection, after.next))) {
    await changeLedger(readStore, projection, (ledger) => ended(ledger, claim));
  }
  await dropUnneeded(readStore, projection, before.next);
  return true;
}

/** False where nobody is there to end it. */
async function hasEnded(
  readStore: ReadStore,
  projection: Projection,
  next: Next,
): Promise<boolean> {
  const isThere = async (): Promise<boolean> =>
    (await findLedger(readStore, projection))?.next?.claim === next.claim;
  const end = performance.now() + SILENT_MS;
  while (performance.now() < end && !isGone({ ...next, name: next.holder })) {
    if (!(await isThere())) return true;
    await delay(LOOK_MS);
  }
  return !(await isThere());
}
