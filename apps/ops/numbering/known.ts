import { access } from 'node:fs/promises';
import { join } from 'node:path';
import { registerAggregate } from '#commands';
import type { Config } from '#config';
import {
  partsOf,
  registerKeyOf,
  registerStream,
  type RegisterKey,
  type RegisterHead,
} from '#domain';
import { Heads } from '#event-store';
import { bookDetails, ReadModels } from '#projections';
import { openReadStore } from '#read-store';

/** The last number of a register that something beside the log knows of. */
export interface Known {
  readonly register: RegisterKey;
  readonly lastNumber: number;
}

/**
 * What is known of registers beside the log: by what the service keeps of their folds, and by the
 * read models. Either may be missing, older or damaged; then it knows nothing.
 */
export async function knownBesideLog(config: Config): Promise<readonly Known[]> {
  const found = [...(await knownByHeads(config)), ...(await knownByReadModels(config))];
  const most = new Map<string, Known>();
  for (const known of found) {
    const name = registerStream(known.register);
    if (known.lastNumber > (most.get(name)?.lastNumber ?? 0)) most.set(name, known);
  }
  return [...most.values()];
}

async function knownByHeads({ DATA_DIR }: Config): Promise<Known[]> {
  const path = join(DATA_DIR, 'heads.db');
  const isThere = await access(path).then(
    () => true,
    () => false,
  );
  if (!isThere) return [];
  const heads = new Heads(path);
  try {
    return [...heads.all()].flatMap(({ name, snapshot }) => {
      const [fold, stream = ''] = partsOf(name);
      const register = fold === registerAggregate.fold ? registerKeyOf(stream) : undefined;
      const { lastNumber } = JSON.parse(snapshot) as Partial<RegisterHead>;
      return register && lastNumber ? [{ register, lastNumber }] : [];
    });
  } finally {
    heads.close();
  }
}

async function knownByReadModels(config: Config): Promise<Known[]> {
  const readStore = await openReadStore(config);
  try {
    const models = new ReadModels(readStore);
    const known: Known[] = [];
    let after: string | undefined;
    do {
      const page = await models.find(bookDetails, { limit: 1000, ...(after && { after }) });
      known.push(...page.items.flatMap(({ doc }) => knownOf(doc as unknown as BookFacts)));
      after = page.next;
    } while (after !== undefined);
    return known;
  } finally {
    await readStore.close();
  }
}

interface BookFacts extends RegisterKey {
  readonly lastAssigned: number | null;
}

const knownOf = ({ agency, type, year, lastAssigned }: BookFacts): Known[] =>
  lastAssigned === null ? [] : [{ register: { agency, type, year }, lastNumber: lastAssigned }];
