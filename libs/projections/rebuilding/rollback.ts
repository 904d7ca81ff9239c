import { streamPrefixes } from '#domain';
import type { EventStore } from '#event-store';
import type { ReadStore } from '#read-store';
import { astrayFrom } from '../checking/astray.ts';
import { advance } from '../folding/advance.ts';
import { openTarget, readCheckpoint, type Target } from '../folding/checkpoint.ts';
import { exclusionsIn } from '../folding/exclusions.ts';
import { specOf } from '../ledger/collections.ts';
import type { Ledger } from '../ledger/ledger.ts';
import { NothingToRollBackTo, rolledBack } from '../ledger/rebuilding.ts';
import { changeLedger, requireLedger } from '../ledger/record.ts';
import type { Projection } from '../projection.ts';

export interface RolledBack {
  readonly from: string;
  readonly to: string;
  /** False where another version of the projection has filled it: only that one's program follows it. */
  readonly isFollowed: boolean;
}

interface Stores {
  readonly eventStore: EventStore;
  readonly readStore: ReadStore;
}

/**
 * Readers go back to the collection before the latest swap, brought up to the head of the log first
 * where this version of the projection has filled it. Done again, it is undone. Processes do not
 * rebuild what was gone back from by themselves.
 * @throws NothingToRollBackTo @throws RebuildOvertaken
 */
export async function rollback(stores: Stores, projection: Projection): Promise<RolledBack> {
  const { eventStore, readStore } = stores;
  const ledger = await requireLedger(readStore, projection);
  const { live, previous } = ledger;
  const there = await readStore.collections();
  if (previous === null || !there.includes(previous.collection)) {
    throw new NothingToRollBackTo(`${projection.name}: the previous collection is gone`);
  }
  const to = previous.collection;
  const reason = await astrayFrom(eventStore, await readCheckpoint(readStore, { name: to }));
  if (reason !== undefined) throw new NothingToRollBackTo(`${projection.name}: ${to} ${reason}`);
  const isFollowed = previous.version === projection.version;
  if (isFollowed) await catchUp(stores, projection, ledger, to);
  const move = { from: live.collection, to, at: new Date().toISOString() };
  await changeLedger(readStore, projection, (now) => rolledBack(now, projection, move));
  return { from: move.from, to, isFollowed };
}

async function catchUp(
  { eventStore, readStore }: Stores,
  projection: Projection,
  ledger: Ledger,
  collection: string,
): Promise<void> {
  const exclusions = exclusionsIn(ledger, collection);
  const opened = await openTarget(readStore, projection, specOf(projection, collection));
  let target: Target = { ...opened, exclusions };
  const after = target.position;
  for await (const batch of eventStore.readPages({ after, prefixes: streamPrefixes })) {
    target = await advance(readStore, target, batch);
  }
}
