import { rested } from '#threads';
import { pauseFor } from '../faults/troubles.ts';
import { dropExpired } from '../ledger/record.ts';
import type { Projection } from '../projection.ts';
import { GRACE_MS } from '../rebuilding/job.ts';
import type { Follower } from './follower.ts';
import { thisProcess } from '../ledger/holder.ts';
import { keepDoing } from '../tasks/keep-doing.ts';
import { keepLeases } from './leases.ts';
import { every } from './every.ts';
import { followRound } from './round.ts';
import { createUpgrades } from './upgrades.ts';
import { createWork } from './work.ts';

const SWEEP_MS = 60_000;

/** What no reader needs any more. */
async function dropOld(
  { readStore, graceMs = GRACE_MS, log }: Follower,
  held: readonly Projection[],
): Promise<void> {
  try {
    for (const projection of held) {
      const names = await dropExpired(readStore, projection, { now: new Date(), graceMs });
      if (names.length > 0) log('info', 'projector: dropped what is no longer needed', { names });
    }
  } catch (error) {
    log('error', 'projector: could not drop old collections', { error: String(error) });
  }
}

/**
 * Keeps the projections up with the log until told to stop: those no other process runs. The log is
 * read once for all of them. One that cannot take an event is tried again with growing pauses and
 * then stops, or sets the event aside; the others go on.
 */
export async function follow(follower: Follower): Promise<void> {
  const { readStore, projections, signal, leaseMs, log } = follower;
  const work = createWork(follower);
  const holder = thisProcess();
  const leases = await keepLeases({
    readStore,
    projections,
    holder,
    leaseMs,
    passed: work.passed,
    onChange: () => work.endRound(),
  });
  const upgrades = createUpgrades(follower, work);
  const onDone = (): void => work.endRound();
  const stopDoing = keepDoing({ follower, holder, held: leases.held, onDone });
  const stopSweeping = every(SWEEP_MS, () => dropOld(follower, leases.held()));
  try {
    for (let failures = 0; !signal.aborted;) {
      failures = await followRound(work, leases, upgrades).then(
        () => 0,
        (error: unknown) => {
          log('error', 'projector: interrupted, trying again', { error: String(error) });
          return failures + 1;
        },
      );
      if (failures > 0) await rested(pauseFor(failures, follower.firstPauseMs), signal);
    }
  } finally {
    stopSweeping();
    await stopDoing();
    await upgrades.stop();
    await leases.stop();
  }
}
