import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { registerAggregate, type KnownNumber } from '#commands';
import type { Config } from '#config';
import { partsOf, registerKeyOf, registerStream, type RegisterHead } from '#domain';
import { Heads } from '#event-store';
import { knownNumbers } from '#projections';
import { openReadStore, ReadStoreUnavailable } from '#read-store';

/**
 * What is known of registers beside the log: by what the service keeps of their folds, and by the
 * read models. Either may be missing, older or damaged; then it knows nothing.
 */
export async function knownBesideLog(config: Config): Promise<readonly KnownNumber[]> {
  const found = [...knownByHeads(config), ...(await knownByReadModels(config))];
  const most = new Map<string, KnownNumber>();
  for (const known of found) {
    const name = registerStream(known.register);
    if (known.lastNumber > (most.get(name)?.lastNumber ?? 0)) most.set(name, known);
  }
  return [...most.values()];
}

/** Whatever version of the program kept it: each knows the last number. */
const isOfRegister = (fold: string): boolean =>
  fold.split('.')[0] === registerAggregate.fold.split('.')[0];

function knownByHeads({ DATA_DIR }: Config): KnownNumber[] {
  const path = join(DATA_DIR, 'heads.db');
  if (!existsSync(path)) return [];
  const heads = new Heads(path);
  try {
    return [...heads.all()].flatMap(({ name, snapshot }) => {
      const [fold, stream = ''] = partsOf(name);
      const register = fold && isOfRegister(fold) ? registerKeyOf(stream) : undefined;
      const { lastNumber } = JSON.parse(snapshot) as Partial<RegisterHead>;
      return register && lastNumber ? [{ register, lastNumber }] : [];
    });
  } finally {
    heads.close();
  }
}

async function knownByReadModels(config: Config): Promise<readonly KnownNumber[]> {
  if (!existsSync(join(config.DATA_DIR, 'read.db'))) return [];
  try {
    const readStore = await openReadStore(config);
    return await knownNumbers(readStore).finally(() => readStore.close());
  } catch (error) {
    if (error instanceof ReadStoreUnavailable) return [];
    throw error;
  }
}
