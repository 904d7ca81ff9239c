import { setTimeout as delay } from 'node:timers/promises';
import type { Follower } from './follower.ts';
import { thisProcess } from './holder.ts';
import { keepLeases } from './leases.ts';
import { followRound } from './round.ts';
import { pauseFor } from './troubles.ts';
import { createUpgrades } from './upgrades.ts';
import { createWork } from './work.ts';

/**
 * Keeps the projections up with the log until told to stop: those no other process runs. The log is
 * read once for all of them. One that cannot take an event is tried again with growing pauses and
 * then stops, or sets the event aside; the others go on.
 */
export async function follow(follower: Follower): Promise<void> {
  const { readStore, projections, signal, leaseMs, log } = follower;
  const work = createWork(follower);
  const leases = await keepLeases({
    readStore,
    projections,
    holder: thisProcess(),
    leaseMs,
    passed: work.passed,
    onChange: () => work.endRound(),
  });
  const upgrades = createUpgrades(follower, work);
  try {
    for (let failures = 0; !signal.aborted;) {
      failures = await followRound(work, leases, upgrades).then(
        () => 0,
        (error: unknown) => {
          log('error', 'projector: interrupted, trying again', { error: String(error) });
          return failures + 1;
        },
      );
      if (failures > 0)
        await delay(pauseFor(follower, failures), undefined, { signal }).catch(() => undefined);
    }
  } finally {
    await upgrades.stop();
    await leases.stop();
  }
}
