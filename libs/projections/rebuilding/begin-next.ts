import { exclusionsIn, exclusionsOf } from '../folding/exclusions.ts';
import {
  openTarget,
  reachedIn,
  readCheckpoint,
  START,
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
  { readStore, onResume }: Job,
  { projection, next }: Claim,
): Promise<Target | undefined> {
  const spec = specOf(projection, next.collection);
  const { position, events } = await readCheckpoint(readStore, spec);
  if (position === undefined) return undefined;
  const exclusions = exclusionsIn(await requireLedger(readStore, projection), next.collection);
  onResume?.(projection, events);
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
  const resumed = from === undefined ? undefined : await readStore.resume(spec, from);
  if (!resumed && from !== undefined) await readStore.drop({ name: from });
  await tell(readStore, claim, { from: null });
  if (!resumed) return beginAnew(job, claim, next);
  const reached = reachedIn(resumed.milestone);
  const parked = (resumed.milestone['parked'] ?? []) as unknown as readonly Parked[];
  onResume?.(projection, reached.events);
  const exclusions = exclusionsOf(skippedIn(after), parked);
  const parks = parksIn(job)(projection);
  return { projection, spec, load: resumed.load, reached, exclusions, parked, parks };
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
