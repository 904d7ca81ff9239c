import type { CollectionSpec, ReadStore } from '#read-store';
import type { Projection } from '../projection.ts';
import { RebuildAborted } from './claims.ts';
import { changeFaults, withFailure } from './faults.ts';
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
      if (!signal.aborted) await Promise.all(of.map((one) => leaveBehind(work, one, error)));
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

async function leaveBehind(
  { follower, troubles }: Work,
  projection: Projection,
  error: unknown,
): Promise<void> {
  const { spec } = await requireLive(follower.readStore, projection);
  if (error instanceof RebuildAborted && error.projection === projection.name) {
    await stay(follower.readStore, spec, error);
    return;
  }
  const attempts = attemptsAt(error, troubles.get(projection.name));
  const { trouble } = await leave(follower, { projection, spec }, { error, attempts });
  troubles.set(projection.name, trouble);
}

/** Called off by an operator: it is not begun again before `ops retry`. */
async function stay(
  readStore: ReadStore,
  spec: CollectionSpec,
  error: RebuildAborted,
): Promise<void> {
  const at = new Date().toISOString();
  const failure = { error: error.message, event: null, attempts: 1, stopped: true, at };
  await changeFaults(readStore, spec, withFailure(failure));
}
