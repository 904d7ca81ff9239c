import { join } from 'node:path';
import type { RunningApi } from '../../apps/api/app.ts';
import { allProjections, ReadModels, verify } from '#projections';
import { openSqliteReadStore } from '#read-store';
import { streamPrefixes } from '#domain';

/** Every register's numbers: each assigned once, each the one before plus one. @returns what is not so */
async function numberFaults({
  stores,
}: RunningApi): Promise<{ readonly faults: string[]; readonly numbers: number }> {
  const last = new Map<string, number>();
  /** The first number of each book, as long as it has none. */
  const first = new Map<string, number>();
  const faults: string[] = [];
  let numbers = 0;
  for await (const { stream, type, data } of stores.eventStore.readAll()) {
    const { bookId } = data as { bookId?: string };
    const book = `${stream} ${bookId}`;
    if (type === 'BookOpened') first.set(book, Number(data['firstNumber']));
    if (type === 'BookEdited') {
      const { firstNumber } = data['changes'] as { firstNumber?: { to: number } };
      if (firstNumber) first.set(book, firstNumber.to);
    }
    if (type !== 'EntryNumberAssigned') continue;
    const number = Number(data['number']);
    const expected = last.has(stream) ? Number(last.get(stream)) + 1 : first.get(book);
    if (number !== expected) faults.push(`${stream}: ${number} where ${expected} was due`);
    last.set(stream, number);
    numbers += 1;
  }
  return { faults, numbers };
}

/** Every read model against a fresh fold of the log. @returns what differs */
async function differences({ stores }: RunningApi, folder: string): Promise<string[]> {
  const { eventStore, readStore } = stores;
  const head = await eventStore.head(streamPrefixes);
  const models = new ReadModels(readStore);
  const found: string[] = [];
  for (const projection of allProjections) {
    if (head !== undefined && !(await models.waitFor(projection, head, 60_000))) {
      found.push(`${projection.name} has not caught up`);
      continue;
    }
    const scratch = openSqliteReadStore(join(folder, `verify-${projection.name}.db`));
    const result = await verify({ eventStore, readStore, scratch }, projection);
    await scratch.close();
    found.push(...result.differences.map(({ kind, id }) => `${projection.name}: ${kind} ${id}`));
  }
  return found;
}

/** What must hold of log and read models after whatever was sent. @returns what does not */
export async function brokenInvariants(api: RunningApi, folder: string) {
  const { faults, numbers } = await numberFaults(api);
  return { faults: [...faults, ...(await differences(api, folder))], numbers };
}
