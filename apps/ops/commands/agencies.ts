import { readFile } from 'node:fs/promises';
import { Runners } from '#commands';
import { createClock, type Config } from '#config';
import { openEventStore } from '#event-store';
import { table } from '#terminal';
import { loadAgencies, type Loaded } from '../agencies/load.ts';
import { agencyRows } from '../agencies/rows.ts';
import { operator } from '../operator.ts';

export interface ImportOptions {
  readonly account?: string;
  readonly name?: string;
}

async function contentOf(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    throw new RangeError(`${file}: ${(error as Error).message}`, { cause: error });
  }
}

/** Who is recorded: as told, else the operating system's account. */
function whoIsAsking(options: ImportOptions): { account: string; name: string } {
  const account = operator(options.account);
  return { account, name: options.name ?? account };
}

function print(loaded: readonly Loaded[]): void {
  const cells = loaded.map(({ where, code, outcome, detail }) => [where, code, outcome, detail]);
  console.log(table(['where', 'agency', 'outcome', 'detail'], cells));
  const count = (outcome: Loaded['outcome']): number =>
    loaded.filter((one) => one.outcome === outcome).length;
  console.log(`${count('made')} made, ${count('skipped')} skipped, ${count('refused')} refused`);
}

/**
 * Registers and retires the agencies of a file. Answers 1 when any was refused.
 * @throws RangeError for a file that cannot be read as agencies at all; nothing was done
 */
export async function importAgencies(
  config: Config,
  file: string,
  options: ImportOptions,
): Promise<number> {
  const who = whoIsAsking(options);
  const rows = agencyRows(await contentOf(file));
  const eventStore = openEventStore(config);
  try {
    const clock = createClock(config);
    const runners = new Runners(eventStore, { now: () => clock.now() });
    const loaded = await loadAgencies({ runners, ...who }, rows);
    print(loaded);
    return loaded.some(({ outcome }) => outcome === 'refused') ? 1 : 0;
  } finally {
    await eventStore.close();
  }
}
