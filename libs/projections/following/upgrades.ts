import { inCollection, withFailure } from '../ledger/faults.ts';
import { RebuildAborted } from '../ledger/rebuilding.ts';
import { changeLedger, requireLedger } from '../ledger/record.ts';
import type { Projection } from '../projection.ts';
import { rebuild } from '../rebuilding/rebuild.ts';
import type { Follower } from './follower.ts';
import { leaveBehind } from './left-behind.ts';
import type { Work } from './work.ts';

/** Rebuilds of read models that an older version, or another log, has filled. */
export interface Upgrades {
  /** Begins them, unless some are under way; the round ends when they are done. */
  readonly begin: (outdated: readonly Projection[]) => void;
  /** Gives up what another process may now do. */
  readonly keepOnly: (held: readonly Projection[]) => void;
  readonly stop: () => Promise<void>;
}

/** Beside the following of all others: it may take long, and they must not wait for it. */
export function createUpgrades(follower: Follower, work: Work): Upgrades {
  const { eventStore, readStore, log, parks, graceMs } = follower;
  let running:
    { readonly of: readonly Projection[]; readonly stopping: AbortController } | undefined;
  let done: Promise<void> = Promise.resolve();

  const run = async (of: readonly Projection[], signal: AbortSignal): Promise<void> => {
    const names = of.map(({ name }) => name);
    log('info', 'projector: filling again what is outdated', { names });
    try {
      await rebuild({ eventStore, readStore, signal, parks, graceMs }, of);
      for (const name of names) work.troubles.delete(name);
    } catch (error) {
      if (!signal.aborted) await Promise.all(of.map((one) => leave(work, one, error)));
    }
  };
  return {
    begin: (outdated) => {
      if (running || outdated.length === 0) return;
      const stopping = new AbortController();
      running = { of: outdated, stopping };
      done = run(outdated, stopping.signal)
        .catch((error: unknown) => {
          log('error', 'projector: a rebuild could not be recorded', { error: String(error) });
        })
        .then(() => {
          running = undefined;
          work.endRound();
        });
    },
    keepOnly: (held) => {
      if (running && !running.of.every((one) => held.includes(one))) running.stopping.abort();
    },
    stop: () => {
      running?.stopping.abort();
      return done;
    },
  };
}

async function leave(work: Work, projection: Projection, error: unknown): Promise<void> {
  const { readStore } = work.follower;
  const { live } = await requireLedger(readStore, projection);
  const isCalledOff = error instanceof RebuildAborted && error.projection === projection.name;
  if (!isCalledOff) {
    await leaveBehind(work, projection, live.collection, error);
    return;
  }
  // Called off by an operator: it is not begun again before `ops retry`.
  const at = new Date().toISOString();
  const failure = { error: error.message, event: null, attempts: 1, stopped: true, at };
  await changeLedger(readStore, projection, (ledger) =>
    inCollection(ledger, live.collection, withFailure(failure)),
  );
}
