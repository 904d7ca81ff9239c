import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Config } from '#config';
import {
  allProjections,
  isIn,
  projectionsNamed,
  repair,
  verifyAll,
  type Difference,
  type Projection,
  type Sample,
  type Verification,
} from '#projections';
import { openSqliteReadStore, type ReadStore } from '#read-store';
import { createProgress } from '../progress.ts';
import { withStores, type OpsStores } from '../stores.ts';

export interface VerifyCommand {
  /** `1%`: a share of the documents. */
  readonly sample?: string;
  readonly seed?: string;
  readonly json?: boolean;
}

export interface RepairCommand {
  readonly dryRun?: boolean;
}

type Scratch = OpsStores & { readonly scratch: ReadStore };

function describe(difference: Difference): string {
  if (difference.kind !== 'different') return `  ${difference.kind} ${difference.id}`;
  return `  different ${difference.id}: ${difference.fields.join(', ')}`;
}

const chosen = (names: readonly string[]): readonly Projection[] =>
  names.length > 0 ? projectionsNamed(names) : allProjections;

/** Compares each read model with a fresh fold of the log. Answers 1 when anything differs, or is set aside. */
export async function verifyProjections(
  config: Config,
  names: readonly string[],
  options: VerifyCommand,
): Promise<number> {
  const projections = chosen(names);
  const sample = options.sample === undefined ? undefined : sampleOf(options.sample, options.seed);
  if (sample && !options.json) {
    console.log(`a sample of ${sample.share * 100} % of the documents, seed ${sample.seed}`);
  }
  return withScratch(config, async (stores) => {
    const results = await withBar((onProgress) =>
      verifyAll(stores, projections, { onProgress, isIn: sample && isIn(sample) }),
    );
    const rows = results.map((result, index) => ({ name: projections[index]?.name, ...result }));
    if (options.json) console.log(JSON.stringify({ sample: sample ?? null, projections: rows }));
    else rows.forEach(print);
    return results.every(({ found, setAside }) => found === 0 && setAside.length === 0) ? 0 : 1;
  });
}

/** @throws RangeError */
function sampleOf(share: string, seed: string | undefined): Sample {
  const percent = Number(/^(\d+(?:\.\d+)?) ?%$/.exec(share)?.[1]);
  if (!(percent > 0 && percent <= 100)) throw new RangeError('--sample: above 0% and up to 100%');
  const chosenSeed = seed === undefined ? Math.floor(Math.random() * 2 ** 31) : Number(seed);
  if (!Number.isInteger(chosenSeed)) throw new RangeError('--seed: a whole number');
  return { share: percent / 100, seed: chosenSeed };
}

function print({ name, ...result }: Verification & { readonly name: string | undefined }): void {
  const { documents, moved, found, differences, skipped, setAside } = result;
  const passedOver = [...skipped, ...setAside];
  const verdict =
    found > 0 ? `${found} differences` : passedOver.length > 0 ? 'no difference' : 'equal';
  const aside = moved > 0 ? `, ${moved} moved on meanwhile` : '';
  console.log(`${name}: ${documents} documents, ${verdict}${aside}`);
  for (const difference of differences) console.log(describe(difference));
  for (const { type, stream, revision, position } of passedOver) {
    console.log(
      `  not judged: ${type} ${stream}@${revision} at ${position}, passed over or set aside`,
    );
  }
  if (found > differences.length) console.log(`  … ${found - differences.length} more`);
}

/** Puts right what differs. Answers 1 when something still does. */
export async function repairProjections(
  config: Config,
  names: readonly string[],
  options: RepairCommand,
): Promise<number> {
  if (options.dryRun) return verifyProjections(config, names, {});
  return withScratch(config, async (stores) => {
    let all = 0;
    for (const projection of chosen(names)) {
      const onDifference = (difference: Difference): void => console.log(describe(difference));
      const { repaired, left, setAside } = await withBar((onProgress) =>
        repair(stores, projection, { onProgress, onDifference }),
      );
      console.log(`${projection.name}: ${repaired} put right, ${left} still different`);
      for (const { type, stream, revision, position } of setAside) {
        console.log(`  not judged: ${type} ${stream}@${revision} at ${position}, set aside`);
      }
      all += left + setAside.length;
    }
    return all === 0 ? 0 : 1;
  });
}

/** A bar where somebody looks on. */
async function withBar<T>(
  work: (onProgress: ((done: number, total: number) => void) | undefined) => Promise<T>,
): Promise<T> {
  if (!process.stderr.isTTY) return work(undefined);
  const progress = createProgress();
  try {
    return await work(progress.report);
  } finally {
    progress.stop();
  }
}

async function withScratch(
  config: Config,
  work: (stores: Scratch) => Promise<number>,
): Promise<number> {
  const folder = await mkdtemp(join(tmpdir(), 'verify-'));
  const scratch = openSqliteReadStore(join(folder, 'scratch.db'));
  try {
    return await withStores(config, (stores) => work({ ...stores, scratch }));
  } finally {
    await scratch.close();
    await rm(folder, { recursive: true, force: true });
  }
}
