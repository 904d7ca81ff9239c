import type { Config } from '#config';
import { openImageStore } from '#image-store';
import {
  allProjections,
  isIn,
  projectionsNamed,
  repair,
  verifyAll,
  type Difference,
  type EventName,
  type Projection,
  type Sample,
  type Verification,
} from '#projections';
import { withScratch, type ReadStore } from '#read-store';
import { found, type Outcome } from '../outcome.ts';
import { lookAtPictures, picturesNamed, toldPicture } from '../pictures.ts';
import { createProgress } from '../progress.ts';
import { untilStopped } from '../run.ts';
import { withStoresAsTheyAre, type OpsStores } from '../stores.ts';

export interface VerifyCommand {
  /** `1%`: a share of the documents. */
  readonly sample?: string;
  readonly seed?: string;
}

export interface RepairCommand {
  readonly dryRun?: boolean;
}

type Scratch = OpsStores & { readonly scratch: ReadStore; readonly signal: AbortSignal };

function describe(difference: Difference): string {
  if (difference.kind !== 'different') return `  ${difference.kind} ${difference.id}`;
  return `  different ${difference.id}: ${difference.fields.join(', ')}`;
}

const chosen = (names: readonly string[]): readonly Projection[] =>
  names.length > 0 ? projectionsNamed(names) : allProjections;

/**
 * Compares each read model with a fresh fold of the log, and where none was named every picture with
 * the hash it is named by. Finds a difference when anything differs, or is set aside.
 */
export async function verifyProjections(
  config: Config,
  names: readonly string[],
  options: VerifyCommand,
): Promise<Outcome> {
  const projections = chosen(names);
  const sample = options.sample === undefined ? undefined : sampleOf(options.sample, options.seed);
  return besideScratch(config, async ({ signal, ...stores }) => {
    const judged = sample && isIn(sample);
    const results = await withBar((onProgress) =>
      verifyAll(stores, projections, { onProgress, signal, isIn: judged }),
    );
    const rows = results.map((result, index) => ({ name: projections[index]?.name, ...result }));
    const pictures = names.length > 0 ? null : await verifyPictures(config, stores, judged);
    const isEqual = results.every(({ found, setAside }) => found === 0 && setAside.length === 0);
    const isRight = isEqual && (pictures?.troubles.length ?? 0) === 0;
    const lines = [...headingOf(sample), ...rows.flatMap(linesOf), ...(pictures?.lines ?? [])];
    const json = {
      sample: sample ?? null,
      projections: rows,
      pictures: pictures?.troubles ?? null,
    };
    return found(isRight, lines, json);
  });
}

const headingOf = (sample: Sample | undefined): string[] =>
  sample ? [`a sample of ${sample.share * 100} % of the documents, seed ${sample.seed}`] : [];

async function verifyPictures(
  config: Config,
  { eventStore }: OpsStores,
  isJudged: (sha256: string) => boolean = () => true,
) {
  const images = await openImageStore(config);
  try {
    const { named } = await picturesNamed(eventStore);
    const judged = new Map([...named].filter(([sha256]) => isJudged(sha256)));
    const troubles = await lookAtPictures(images, judged);
    const verdict = troubles.length === 0 ? 'equal' : `${troubles.length} differences`;
    const lines = [`pictures: ${judged.size} named, ${verdict}`, ...troubles.map(toldPicture)];
    return { troubles, lines };
  } finally {
    await images.close();
  }
}

/** @throws RangeError */
function sampleOf(share: string, seed: string | undefined): Sample {
  const percent = Number(/^(\d+(?:\.\d+)?) ?%$/.exec(share)?.[1]);
  if (!(percent > 0 && percent <= 100)) throw new RangeError('--sample: above 0% and up to 100%');
  const chosenSeed = seed === undefined ? Math.floor(Math.random() * 2 ** 31) : Number(seed);
  if (!Number.isInteger(chosenSeed)) throw new RangeError('--seed: a whole number');
  return { share: percent / 100, seed: chosenSeed };
}

function linesOf({
  name,
  ...result
}: Verification & { readonly name: string | undefined }): string[] {
  const { documents, moved, found: all, differences, skipped, setAside } = result;
  const passedOver = [...skipped, ...setAside];
  const verdict =
    all > 0 ? `${all} differences` : passedOver.length > 0 ? 'no difference' : 'equal';
  const aside = moved > 0 ? `, ${moved} moved on meanwhile` : '';
  return [
    `${name}: ${documents} documents, ${verdict}${aside}`,
    ...differences.map(describe),
    ...passedOver.map((event) => `${notJudged(event)}, passed over or set aside`),
    ...(all > differences.length ? [`  … ${all - differences.length} more`] : []),
  ];
}

const notJudged = ({ type, stream, revision, position }: EventName): string =>
  `  not judged: ${type} ${stream}@${revision} at ${position}`;

/** Puts right what differs. Finds a difference when something still does. */
export async function repairProjections(
  config: Config,
  names: readonly string[],
  options: RepairCommand,
): Promise<Outcome> {
  if (options.dryRun) return verifyProjections(config, names, {});
  return besideScratch(config, async ({ signal, ...stores }) => {
    const [lines, json]: [string[], object[]] = [[], []];
    let all = 0;
    for (const projection of chosen(names)) {
      const { name } = projection;
      const differences: Difference[] = [];
      const onDifference = (one: Difference): unknown => differences.push(one);
      const { repaired, left, setAside } = await withBar((onProgress) =>
        repair(stores, projection, { onProgress, onDifference, signal }),
      );
      lines.push(...differences.map(describe));
      lines.push(`${name}: ${repaired} put right, ${left} still different`);
      lines.push(...setAside.map((event) => `${notJudged(event)}, set aside`));
      json.push({ name, repaired, left, setAside, differences });
      all += left + setAside.length;
    }
    return found(all === 0, lines, ...json);
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

function besideScratch(
  config: Config,
  work: (stores: Scratch) => Promise<Outcome>,
): Promise<Outcome> {
  const signal = untilStopped();
  return withScratch((scratch) =>
    withStoresAsTheyAre(config, (stores) => work({ ...stores, scratch, signal })),
  );
}
