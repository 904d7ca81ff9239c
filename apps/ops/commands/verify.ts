import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Config } from '#config';
import { allProjections, projectionsNamed, verify, type Difference } from '#projections';
import { openSqliteReadStore } from '#read-store';
import { withStores, type OpsStores } from '../stores.ts';

function describe(difference: Difference): string {
  if (difference.kind !== 'different') return `  ${difference.kind} ${difference.id}`;
  return `  different ${difference.id}: ${difference.fields.join(', ')}`;
}

/** Compares each read model with a fresh fold of the log. Answers 1 when anything differs. */
export async function verifyProjections(config: Config, names: readonly string[]): Promise<number> {
  const projections = names.length > 0 ? projectionsNamed(names) : allProjections;
  const folder = await mkdtemp(join(tmpdir(), 'verify-'));
  try {
    return await withStores(config, (stores) => compareAll(stores, folder, projections));
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function compareAll(
  stores: OpsStores,
  folder: string,
  projections: typeof allProjections,
): Promise<number> {
  let status = 0;
  for (const projection of projections) {
    const scratch = openSqliteReadStore(join(folder, `${projection.name}.db`));
    const { documents, moved, differences } = await verify({ ...stores, scratch }, projection);
    await scratch.close();
    const verdict = differences.length === 0 ? 'equal' : `${differences.length} differences`;
    const aside = moved > 0 ? `, ${moved} moved on meanwhile` : '';
    console.log(`${projection.name}: ${documents} documents, ${verdict}${aside}`);
    for (const difference of differences) console.log(describe(difference));
    if (differences.length > 0) status = 1;
  }
  return status;
}
