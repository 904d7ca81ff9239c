import { withLogChecked } from '../checking/astray-live.ts';
import { astrayFrom } from '../checking/astray.ts';
import { openTarget, readCheckpoint } from '../folding/checkpoint.ts';
import { exclusionsIn } from '../folding/exclusions.ts';
import { specOf } from '../ledger/collections.ts';
import type { Ledger, Parked } from '../ledger/ledger.ts';
import { NothingToRollBackTo, rolledBack, wayBack, type WayBack } from '../ledger/rebuilding.ts';
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

/** What it works on, which read models set aside what they cannot take, what stops it, and who is told. */
type Stores = Pick<Job, 'eventStore' | 'readStore' | 'parks' | 'signal' | 'onAstray' | 'log'>;

/**
 * Readers go back to the collection before the latest swap, brought up to the head of the log first
 * where this version of the projection has filled it. Done again, it is undone; but not where the
 * same way is taken again, which somebody may have gone already. Processes do not rebuild what was
 * gone back from by themselves.
 * @throws NothingToRollBackTo @throws RebuildOvertaken
 * @throws EventFault it cannot take an event, and sets nothing aside
 */
export async function rollback(
  stores: Stores,
  projection: Projection,
  asked?: WayBack,
): Promise<RolledBack> {
  const known = await requireLedger(stores.readStore, projection);
  // As before a rebuild: what is gone back from may know of more than the log.
  const ledger = await withLogChecked(stores, projection, known);
  const way = asked ?? wayBack(ledger);
  if (way === null) throw gone(projection);
  const { from, to } = way;
  const isBack = ledger.live.collection === to;
  const { live } = isBack ? ledger : await goBack(stores, projection, ledger, way);
  const isFollowed = live.version === projection.version;
  return { from, to, isFollowed, parked: live.faults.parked };
}

const gone = ({ name }: Projection): Error =>
  new NothingToRollBackTo(`${name}: the previous collection is gone`);

async function goBack(
  stores: Stores,
  projection: Projection,
  ledger: Ledger,
  way: WayBack,
): Promise<Ledger> {
  const { eventStore, readStore, signal } = stores;
  const { to } = way;
  const there = await readStore.collections();
  if (ledger.previous === null || !there.includes(to)) throw gone(projection);
  const going = (now: Ledger): Ledger =>
    rolledBack(now, projection, { ...way, at: new Date().toISOString() });
  // Nothing is done to a collection that others have by now.
  going(ledger);
  const reason = await astrayFrom(eventStore, await readCheckpoint(readStore, { name: to }));
  if (reason !== undefined) throw new NothingToRollBackTo(`${projection.name}: ${to} ${reason}`);
  if (ledger.previous.version === projection.version) await bringUp(stores, projection, ledger, to);
  signal?.throwIfAborted();
  return (await changeLedger(readStore, projection, going)).after;
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
