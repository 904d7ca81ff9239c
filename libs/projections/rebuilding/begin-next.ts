import type { EventStore } from '#event-store';
import type { CollectionSpec, Load, Resumed } from '#read-store';
import { astrayFrom } from '../checking/astray.ts';
import { exclusionsIn, exclusionsOf } from '../folding/exclusions.ts';
import {
  openTarget,
  reachedIn,
  readCheckpoint,
  START,
  type Reached,
  type Target,
} from '../folding/checkpoint.ts';
import { specOf } from '../ledger/collections.ts';
import { skippedIn, type Next, type Parked } from '../ledger/ledger.ts';
import { renamed } from '../ledger/rebuilding.ts';
import { changeLedger, requireLedger } from '../ledger/record.ts';
import { parksByDefault } from '../projection.ts';
import { tell, type Claim } from './claim.ts';
import type { Filling } from './filling.ts';
import type { Job } from './job.ts';

/** A new collection being filled; or one that was filled already and only not swapped in. */
export interface Begun {
  readonly filling?: Filling;
  readonly filled?: Target;
}

/** Begins the next generation, or goes on with what an earlier rebuild has left. */
export async function beginNext(job: Job, claim: Claim): Promise<Begun> {
  if (!claim.isLeft) return { filling: await beginAnew(job, claim, claim.next) };
  const filled = await alreadyFilled(job, claim);
  if (filled) return { filled };
  return { filling: await goOn(job, claim) };
}

async function alreadyFilled(
  { eventStore, readStore, onResume }: Job,
  { projection, next }: Claim,
): Promise<Target | undefined> {
  const spec = specOf(projection, next.collection);
  const reached = await readCheckpoint(readStore, spec);
  if (reached.position === undefined) return undefined;
  if ((await astrayFrom(eventStore, reached)) !== undefined) return undefined;
  const exclusions = exclusionsIn(await requireLedger(readStore, projection), next.collection);
  onResume?.(projection, reached.events);
  return { ...(await openTarget(readStore, projection, spec)), exclusions };
}

/** Takes over what was left, under a new name; anew where nothing of it can be gone on with. */
async function goOn(job: Job, claim: Claim): Promise<Filling> {
  const { readStore, onResume } = job;
  const { projection, id } = claim;
  const there = await readStore.collections();
  const from = [claim.next.collection, claim.next.from ?? ''].find((name) => there.includes(name));
  const { after } = await changeLedger(readStore, projection, (ledger) =>
    renamed(ledger, projection, id, from ?? null),
  );
  const next = after.next as Next;
  const spec = specOf(projection, next.collection);
  const resumed = from === undefined ? undefined : await resumeOfLog(job, spec, from);
  await tell(readStore, claim, { from: null });
  if (!resumed) return beginAnew(job, claim, next);
  const reached = reachedIn(resumed.milestone);
  const parked = (resumed.milestone['parked'] ?? []) as unknown as readonly Parked[];
  onResume?.(projection, reached.events);
  const exclusions = exclusionsOf(skippedIn(after), parked);
  const parks = parksIn(job)(projection);
  return { projection, spec, load: resumed.load, reached, exclusions, parked, parks };
}

/**
 * What was left, if it was filled from this very log: else it would keep lost events under a
 * checkpoint of this log, where nobody notices them. What cannot be gone on with is taken away.
 */
async function resumeOfLog(
  { eventStore, readStore }: Job,
  spec: CollectionSpec,
  from: string,
): Promise<Resumed | undefined> {
  const resumed = await readStore.resume(spec, from);
  if (!resumed) {
    await readStore.drop({ name: from });
    return undefined;
  }
  const { load, milestone } = resumed;
  if (await isOfLog(eventStore, load, reachedIn(milestone))) return resumed;
  await load.abandon();
  return undefined;
}

/** Left again where nobody can say. @throws EventStoreUnavailable */
async function isOfLog(eventStore: EventStore, load: Load, reached: Reached): Promise<boolean> {
  try {
    return (await astrayFrom(eventStore, reached)) === undefined;
  } catch (error) {
    await load.leave();
    throw error;
  }
}

async function beginAnew(job: Job, { projection }: Claim, next: Next): Promise<Filling> {
  const { readStore } = job;
  const spec = specOf(projection, next.collection);
  const skipped = skippedIn(await requireLedger(readStore, projection));
  const load = await readStore.load(spec);
  const exclusions = exclusionsOf(skipped, []);
  return {
    projection,
    spec,
    load,
    reached: START,
    exclusions,
    parked: [],
    parks: parksIn(job)(projection),
  };
}

const parksIn = ({ parks = parksByDefault }: Job) => parks;
