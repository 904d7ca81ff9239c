import { readdirSync, readlinkSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from '@jest/globals';
import { until } from '../../../test/support/until.ts';
import type { CollectionSpec, ReadStore } from '../port.ts';
import { openSqliteReadStore } from './store.ts';

const specOf = (name: string): CollectionSpec => ({ name, indexes: [], searchable: [] });
const [first, second] = [specOf('papers_v1_g1'), specOf('papers_v1_g2')];

let folder: string;
let filling: ReadStore;
let reading: ReadStore;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'homes-'));
  filling = openSqliteReadStore(join(folder, 'read.db'));
  reading = openSqliteReadStore(join(folder, 'read.db'), { readers: 3 });
});

afterEach(async () => {
  await Promise.all([filling.close(), reading.close()]);
  await rm(folder, { recursive: true });
});

async function fill(spec: CollectionSpec): Promise<void> {
  const load = await filling.load(spec);
  await load.write([{ id: 'a', position: '1', doc: { n: 1 } }]);
  await load.finish();
}

/** What this process has open of a collection, be it removed; of Linux alone that is known. */
const handlesOn = ({ name }: CollectionSpec): readonly string[] =>
  readdirSync('/proc/self/fd').flatMap((handle) => {
    try {
      const path = readlinkSync(`/proc/self/fd/${handle}`);
      return path.startsWith(folder) && path.includes(name) ? [path] : [];
    } catch {
      // The one of the listing itself.
      return [];
    }
  });

(process.platform === 'linux' ? it : it.skip)(
  'a collection that another store has dropped is let go of with the next one that is opened',
  async () => {
    await fill(first);
    // As many at once as there are threads, of which the last ones may have nothing to do later.
    await Promise.all([1, 2, 3].map(() => reading.find(first, { limit: 1 })));
    expect(handlesOn(first).length).toBeGreaterThan(3);
    await fill(second);
    await filling.drop(first);
    expect((await reading.get(second, 'a'))?.doc).toEqual({ n: 1 });
    await until(() => handlesOn(first).length === 0, 10_000);
    expect((await reading.find(second, { limit: 1 })).total).toBe(1);
    expect(handlesOn(second).length).toBeGreaterThan(0);
  },
);
