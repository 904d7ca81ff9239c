import { astrayFrom } from '../checking/astray.ts';
import { openTarget, readCheckpoint } from '../folding/checkpoint.ts';
import { exclusionsIn } from '../folding/exclusions.ts';
import { specOf } from '../ledger/collections.ts';
import type { Ledger, Parked } from '../ledger/ledger.ts';
import { NothingToRollBackTo, rolledBack } from '../ledger/rebuilding.ts';
import { changeLedger, requireLedger } from '../ledger/record.ts';
import type { Projection } from '../projection.ts';
import { catchUp } from './catch-up.ts';
import type { Job } from './job.ts';

export interface RolledBack {
  readonly from: string;
  readonly to: string;
  /** False where another version of the projection has filled it: only that one's program follows it. */
  readonly isFollowed: boolean;
  /** What the collection leaves out. */
  readonly parked: readonly Parked[];
}

/** What it works on, and which read models set aside what they cannot take. */
type Stores = Pick<Job, 'eventStore' | 'readStore' | 'parks'>;

/**
 * Readers go back to the collection before the latest swap, brought up to the head of the log first
 * where this version of the projection has filled it. Done again, it is undone. Processes do not
 * rebuild what was gone back from by themselves.
 * @throws NothingToRollBackTo @throws RebuildOvertaken
 * @throws EventFault it cannot take an event, and sets nothing aside
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
  if (isFollowed) await bringUp(stores, projection, ledger, to);
  const move = { from: live.collection, to, at: new Date().toISOString() };
  const { after } = await changeLedger(readStore, projection, (now) =>
    rolledBack(now, projection, move),
  );
  return { from: move.from, to, isFollowed, parked: after.live.faults.parked };
}

async function bringUp(
  stores: Stores,
  projection: Projection,
  ledger: Ledger,
  collection: string,
): Promise<void> {
  const spec = specOf(projection, collection);
  const opened = await openTarget(stores.readStore, projection, spec);
  await catchUp(stores, [{ ...opened, exclusions: exclusionsIn(ledger, collection) }]);
}
