import type { Doc, ReadStore } from '#read-store';
import { rested } from '#threads';
import { isGone, thisProcess, type Holder } from '../ledger/holder.ts';
import { leaseKey, type Leased, type LeaseRecord } from './lease-record.ts';

/** How long a holder may stay silent before another takes its place, in milliseconds. */
export const LEASE_MS = 5000;
/** Renewals in that time, so that one that fails loses nothing. */
const RENEWALS = 3;

export interface LeaseOptions<P extends Leased = Leased> {
  readonly readStore: ReadStore;
  readonly projections: readonly P[];
  readonly holder: Holder;
  readonly leaseMs?: number | undefined;
  /** How many events this process has brought the projection past since it started. */
  readonly passed: (projection: P) => number;
  /** Called when `held` has become another set. */
  readonly onChange: () => void;
}

export interface Leases<P extends Leased = Leased> {
  /** What this process may run; never what another may have taken over meanwhile. */
  readonly held: () => readonly P[];
  /** Gives all back, so that another takes them at once. Never rejects. */
  readonly stop: () => Promise<void>;
}

type Standing =
  | {
      readonly kind: 'held';
      readonly version: number;
      readonly renewedAt: number;
      readonly passed: number;
    }
  | { readonly kind: 'seen'; readonly version: number; readonly since: number };

const NOT_LOOKED = -1;

/**
 * Each projection is run by one process at a time. A lease is a control record that its holder
 * writes anew every third of the lease's time. Whoever sees one unchanged for the whole time, by
 * its own clock, takes it by compare and set; the holder counts from before its last renewal, so
 * it gives up first, and no two clocks are ever compared.
 *
 * A process that was stopped and wakes up too late may still have a write on its way: that is what
 * the fence of each write is for (`advance`).
 */
export async function keepLeases<P extends Leased>(options: LeaseOptions<P>): Promise<Leases<P>> {
  const { readStore, projections, holder, leaseMs = LEASE_MS, passed, onChange } = options;
  const stopping = new AbortController();
  const standings = new Map<P, Standing>(
    projections.map((one) => [one, { kind: 'seen', version: NOT_LOOKED, since: 0 }]),
  );

  const isHeld = (standing: Standing | undefined): boolean =>
    standing?.kind === 'held' && performance.now() - standing.renewedAt < leaseMs;
  const held = (): P[] => projections.filter((one) => isHeld(standings.get(one)));

  const step = async (projection: P): Promise<void> => {
    const standing = standings.get(projection) as Standing;
    const next = await nextStanding({ readStore, projection, holder, leaseMs, passed }, standing);
    standings.set(projection, next);
  };
  const look = async (): Promise<void> => {
    const before = held();
    // A store that does not answer leaves everything as it is, until the time has run out.
    await Promise.allSettled(projections.map(step));
    const after = held();
    if (before.length !== after.length || before.some((one) => !after.includes(one))) onChange();
  };
  const keep = async (): Promise<void> => {
    const { signal } = stopping;
    while (await rested(leaseMs / RENEWALS, signal)) await look();
  };
  await look();
  const kept = keep();

  return {
    held,
    stop: async () => {
      stopping.abort();
      await kept;
      await Promise.allSettled(
        held().map((one) => {
          const { version } = standings.get(one) as Standing;
          return readStore.writeRecord(leaseKey(one), recordOf(holder, null, 0), version);
        }),
      );
    },
  };
}

type Seeking<P extends Leased = Leased> = Omit<
  Required<LeaseOptions<P>>,
  'projections' | 'onChange' | 'leaseMs'
> & {
  readonly projection: P;
  readonly leaseMs: number;
};

async function nextStanding<P extends Leased>(
  seeking: Seeking<P>,
  standing: Standing,
): Promise<Standing> {
  const { readStore, projection, holder, leaseMs } = seeking;
  if (standing.kind === 'held') return (await take(seeking, standing)) ?? lookAgain();
  const record = await readStore.readRecord(leaseKey(projection));
  const version = record?.version ?? 0;
  const now = performance.now();
  const since = standing.version === version ? standing.since : now;
  const isFree = isLeft(record?.value, holder) || now - since >= leaseMs;
  const seen: Standing = { kind: 'seen', version, since };
  return isFree ? ((await take(seeking, seen)) ?? lookAgain()) : seen;
}

/** Nobody's, its own where the answer to a renewal was lost, or one's who is gone for certain. */
function isLeft(value: Doc | undefined, { name }: Holder): boolean {
  const record = value as LeaseRecord | undefined;
  if (!record || record.holder === null || record.holder === name) return true;
  return isGone({ ...record, name: record.holder });
}

const lookAgain = (): Standing => ({ kind: 'seen', version: NOT_LOOKED, since: performance.now() });

const recordOf = ({ pid, space }: Holder, holder: string | null, rate: number) =>
  ({ holder, pid, space, rate, at: new Date().toISOString() }) satisfies LeaseRecord;

/** Undefined when another was first. */
async function take<P extends Leased>(
  seeking: Seeking<P>,
  before: Standing,
): Promise<Standing | undefined> {
  const { readStore, projection, holder, passed } = seeking;
  const renewedAt = performance.now();
  const events = passed(projection);
  const value = recordOf(holder, holder.name, rateOf(before, events, renewedAt));
  const taken = await readStore.writeRecord(leaseKey(projection), value, before.version);
  if (!taken) return undefined;
  return { kind: 'held', version: before.version + 1, renewedAt, passed: events };
}

function rateOf(before: Standing, passed: number, now: number): number {
  if (before.kind === 'seen') return 0;
  return Math.round(((passed - before.passed) / (now - before.renewedAt)) * 1000);
}

/** One piece of work that one process does at a time, beside the projections. */
export async function keepLease(
  readStore: ReadStore,
  name: string,
): Promise<{ readonly isHeld: () => boolean; readonly stop: () => Promise<void> }> {
  const leases = await keepLeases({
    readStore,
    projections: [{ name, version: 1 }],
    holder: thisProcess(),
    passed: () => 0,
    onChange: () => undefined,
  });
  return { isHeld: () => leases.held().length > 0, stop: leases.stop };
}
