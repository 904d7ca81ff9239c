import type { Config } from '#config';
import { allProjections, projectionsNamed, rebuild, RebuildOvertaken } from '#projections';
import { createProgress } from '../progress.ts';
import { withStores } from '../stores.ts';

/** Rebuilds with a progress bar, rate and time left. Answers the exit status. */
export async function rebuildProjections(
  config: Config,
  names: readonly string[],
  options: { all?: boolean },
): Promise<number> {
  const projections = options.all ? allProjections : projectionsNamed(names);
  if (projections.length === 0) throw new RangeError('name a projection, or say --all');
  const progress = createProgress();
  try {
    await withStores(config, (stores) =>
      rebuild({ ...stores, onProgress: progress.report }, projections),
    );
  } catch (error) {
    progress.stop();
    if (!(error instanceof RebuildOvertaken)) throw error;
    console.error(error.message);
    return 1;
  }
  const { done, seconds } = progress.stop();
  const list = projections.map(({ name }) => name).join(', ');
  console.log(`rebuilt ${list} from ${done} events in ${seconds} s`);
  return 0;
}
