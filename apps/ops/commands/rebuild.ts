import { SingleBar } from 'cli-progress';
import type { Config } from '#config';
import { allProjections, rebuild, RebuildOvertaken } from '#projections';
import { projectionsNamed, withStores } from '../stores.ts';

/** Rebuilds with a progress bar, rate and time left. Answers the exit status. */
export async function rebuildProjections(
  config: Config,
  names: readonly string[],
  options: { all?: boolean },
): Promise<number> {
  const projections = options.all ? allProjections : projectionsNamed(names);
  if (projections.length === 0) throw new RangeError('name a projection, or say --all');
  const bar = new SingleBar({
    format: '{bar} {percentage}% · {value}/{total} events · {rate} events/s · {left} left',
    etaBuffer: 50,
    noTTYOutput: true,
    notTTYSchedule: 2000,
  });
  const started = performance.now();
  let read = 0;
  const onProgress = (done: number, total: number): void => {
    read = done;
    if (!bar.isActive) bar.start(total, 0, { rate: '–', left: '–' });
    const seconds = (performance.now() - started) / 1000;
    const rate = done / seconds;
    const left = Math.ceil((total - done) / rate);
    bar.setTotal(Math.max(total, done));
    bar.update(done, { rate: Math.round(rate).toLocaleString('en'), left: `${left} s` });
  };
  try {
    await withStores(config, (stores) => rebuild({ ...stores, onProgress }, projections));
  } catch (error) {
    bar.stop();
    if (!(error instanceof RebuildOvertaken)) throw error;
    console.error(error.message);
    return 1;
  }
  bar.stop();
  const seconds = ((performance.now() - started) / 1000).toFixed(1);
  const list = projections.map(({ name }) => name).join(', ');
  console.log(`rebuilt ${list} from ${read} events in ${seconds} s`);
  return 0;
}
