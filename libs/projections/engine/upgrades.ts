import type { Projection } from '../projection.ts';
import type { Follower } from './follower.ts';
import { requireLive } from './generations.ts';
import { rebuild } from './rebuild.ts';
import { attemptsAt, leave } from './troubles.ts';
import type { Work } from './work.ts';

/** Rebuilds of projections whose read models an older version has filled. */
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
    log('info', 'projector: rebuilding changed projections', { names });
    try {
      await rebuild({ eventStore, readStore, signal, parks, graceMs }, of);
      for (const name of names) work.troubles.delete(name);
    } catch (error) {
      if (!signal.aborted) await Promise.all(of.map((one) => leaveBehind(one, error)));
    }
  };
  const leaveBehind = async (projection: Projection, error: unknown): Promise<void> => {
    const { spec } = await requireLive(readStore, projection);
    const attempts = attemptsAt(error, work.troubles.get(projection.name));
    const { trouble } = await leave(follower, { projection, spec }, { error, attempts });
    work.troubles.set(projection.name, trouble);
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
