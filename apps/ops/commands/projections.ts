import type { Config } from '#config';
import { allProjections, projectionStatus } from '#projections';
import { table } from '../table.ts';
import { withStores } from '../stores.ts';

/** Prints how each projection stands against the log. */
export async function listProjections(config: Config, options: { json?: boolean }): Promise<void> {
  const rows = await withStores(config, (stores) =>
    Promise.all(allProjections.map((projection) => projectionStatus(stores, projection))),
  );
  if (options.json) {
    console.log(JSON.stringify(rows));
    return;
  }
  const cells = rows.map(({ name, version, collection, position, lag, state }) => [
    name,
    String(version),
    collection ?? '–',
    position ?? '–',
    String(lag),
    state,
  ]);
  console.log(table(['projection', 'version', 'collection', 'position', 'lag', 'state'], cells));
  for (const { name, error } of rows) if (error !== null) console.log(`${name}: ${error}`);
}
