import { readFile, stat } from 'node:fs/promises';
import { Runners } from '#commands';
import type { Config } from '#config';
import { table } from '#terminal';
import { loadAgencies, type Loaded } from '../agencies/load.ts';
import { agencyRows } from '../agencies/rows.ts';
import { textOf } from '../agencies/text.ts';
import { operator } from '../operator.ts';
import { found, type Outcome } from '../outcome.ts';
import { recordedBy } from '../recorded-by.ts';
import { withNewLog } from '../stores.ts';

export interface ImportOptions {
  readonly account?: string;
  readonly name?: string;
}

/** Every agency of the country is a hundredth of it. */
const MOST_BYTES = 64 * 2 ** 20;

/** @throws RangeError naming the file, and where it is broken the line */
async function contentOf(file: string): Promise<string> {
  try {
    const { size } = await stat(file);
    if (size > MOST_BYTES) throw new RangeError(`larger than ${MOST_BYTES} bytes`);
    return textOf(await readFile(file));
  } catch (error) {
    throw new RangeError(`${file}: ${(error as Error).message}`, { cause: error });
  }
}

/** Who is recorded: as told, else the operating system's account. */
function whoIsAsking(options: ImportOptions): { account: string; name: string } {
  const account = operator(options.account);
  return { account, name: options.name ?? account };
}

function told(loaded: readonly Loaded[]): Outcome {
  const cells = loaded.map(({ where, code, outcome, detail }) => [where, code, outcome, detail]);
  const count = (outcome: Loaded['outcome']): number =>
    loaded.filter((one) => one.outcome === outcome).length;
  const [made, skipped, refused] = [count('made'), count('skipped'), count('refused')];
  const lines = [
    table(['where', 'agency', 'outcome', 'detail'], cells),
    `${made} made, ${skipped} skipped, ${refused} refused`,
  ];
  return found(refused === 0, lines, { made, skipped, refused, agencies: loaded });
}

/**
 * Registers and retires the agencies of a file. Finds a difference when any was refused.
 * @throws RangeError for a file that cannot be read as agencies at all; nothing was done
 */
export async function importAgencies(
  config: Config,
  file: string,
  options: ImportOptions,
): Promise<Outcome> {
  const who = whoIsAsking(options);
  const rows = agencyRows(await contentOf(file));
  return withNewLog(config, async (eventStore) => {
    const clock = await recordedBy(config, eventStore);
    const runners = new Runners(eventStore, { now: () => clock.now() });
    return told(await loadAgencies({ runners, ...who }, rows));
  });
}
