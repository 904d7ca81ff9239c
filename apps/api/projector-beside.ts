import { graceMs, type Config } from '#config';
import { allProjections, follow, parking, type Follower } from '#projections';
import { tracedProjection } from '#telemetry';
import type { Stores } from './stores.ts';

/** Runs the projections in this process. */
export function startProjector(
  config: Config,
  { eventStore, readStore }: Stores,
  { log, onAstray }: Pick<Follower, 'log' | 'onAstray'>,
) {
  const stopping = new AbortController();
  const done = follow({
    eventStore,
    readStore,
    projections: allProjections,
    signal: stopping.signal,
    parks: parking(config.PARK_EVENTS),
    graceMs: graceMs(config),
    ...(onAstray && { onAstray }),
    around: tracedProjection,
    log,
  });
  const stop = async (): Promise<void> => {
    stopping.abort();
    await done;
  };
  return { stop };
}
