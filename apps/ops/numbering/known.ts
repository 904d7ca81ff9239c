import { access } from 'node:fs/promises';
import { join } from 'node:path';
import { registerAggregate, type KnownNumber } from '#commands';
import type { Config } from '#config';
import { partsOf, registerKeyOf, registerStream, type RegisterHead } from '#domain';
import { Heads } from '#event-store';
import { knownNumbers } from '#projections';
import { openReadStore } from '#read-store';

/**
 * What is known of registers beside the log: by what the service keeps of their folds, and by the
 * read models. Either may be missing, older or damaged; then it knows nothing.
 */
export async function knownBesideLog(config: Config): Promise<readonly KnownNumber[]> {
  const found = [...(await knownByHeads(config)), ...(await knownByReadModels(config))];
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

async function knownByHeads({ DATA_DIR }: Config): Promise<KnownNumber[]> {
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
      const register = fold && isOfRegister(fold) ? registerKeyOf(stream) : undefined;
      const { lastNumber } = JSON.parse(snapshot) as Partial<RegisterHead>;
      return register && lastNumber ? [{ register, lastNumber }] : [];
    });
  } finally {
    heads.close();
  }
}

async function knownByReadModels(config: Config): Promise<readonly KnownNumber[]> {
  const readStore = await openReadStore(config);
  try {
    return await knownNumbers(readStore);
  } finally {
    await readStore.close();
  }
}
