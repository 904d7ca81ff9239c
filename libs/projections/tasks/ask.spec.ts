import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { ReadStore } from '#read-store';
import { embeddedStores, type TestStores } from '../../../test/support/stores.ts';
import { bookDetails } from '../models/book-details.ts';
import { registerEntries } from '../models/register-entries.ts';
import type { Projection } from '../projection.ts';
import { askFor } from './ask.ts';
import { begun, ended, TaskKeyReused, TaskUnderWay, type Task, type TaskKind } from './task.ts';
import { changeTasks, readTasks } from './task-record.ts';

let stores: TestStores;

beforeEach(async () => {
  stores = await embeddedStores();
});

afterEach(() => stores.dispose());

const at = '2024-05-10T01:00:00.000Z';
const by = { account: 'van.hanh', name: 'Vận Hành', reason: 'thử nghiệm' };

/** Asks under a key, as the door does: one id for each projection, one hash for all that is asked. */
const ask = (
  key: string,
  kind: TaskKind,
  of: readonly Projection[] = [registerEntries],
  readStore: ReadStore = stores.readStore,
) =>
  askFor(readStore, of, {
    kind,
    by,
    idOf: ({ name }) => `${key} ${name}`,
    requestHash: `${kind} ${of.map(({ name }) => name).join(' ')}`,
  });

const begin = (projection: Projection) =>
  changeTasks(stores.readStore, projection, (now) =>
    begun(now, { id: now.current?.id ?? '', holder: 'one', at }),
  );

/** A store in which something happens once the first has been asked of. */
function meanwhile(work: () => Promise<unknown>): ReadStore {
  const { readStore } = stores;
  let once = work;
  return {
    ...readStore,
    writeRecord: async (...given) => {
      const written = await readStore.writeRecord(...given);
      const happens = once;
      once = () => Promise.resolve();
      await happens();
      return written;
    },
  };
}

async function done(projection = registerEntries): Promise<Task> {
  const { current } = await begin(projection);
  const outcome = { state: 'done', error: null, findings: null, at } as const;
  const after = await changeTasks(stores.readStore, projection, (now) =>
    ended(now, current as Task, outcome),
  );
  return after.current as Task;
}

it('what was asked under a key is not asked again, though others stand between', async () => {
  await ask('a', 'verify');
  const first = await done();
  await ask('b', 'repair');
  expect(await ask('a', 'verify')).toEqual([first]);
  await done();
  expect(await ask('a', 'verify')).toEqual([first]);
  expect((await readTasks(stores.readStore, registerEntries)).past).toHaveLength(1);
});

it('a key that was spent is refused where something else is asked, before anything is', async () => {
  await ask('a', 'verify');
  await done();
  await expect(ask('a', 'repair')).rejects.toThrow(TaskKeyReused);
  await expect(ask('a', 'verify', [bookDetails, registerEntries])).rejects.toThrow(TaskKeyReused);
  expect((await readTasks(stores.readStore, bookDetails)).current).toBeNull();
});

it('a task that an older version has recorded without what was asked is known by its id', async () => {
  await ask('a', 'verify');
  const first = await done();
  await changeTasks(stores.readStore, registerEntries, (now) => {
    const { requestHash: _hash, ...older } = now.current as Task;
    return { ...now, current: older };
  });
  const { requestHash: _hash, ...older } = first;
  expect(await ask('a', 'repair')).toEqual([older]);
});

describe('what is asked of several, and not to be had of one', () => {
  const both = [bookDetails, registerEntries];

  it('was asked of none, and is asked again under its key as if for the first time', async () => {
    await ask('z', 'verify', [bookDetails]);
    const before = await done(bookDetails);
    const lost = ask(
      'a',
      'verify',
      both,
      meanwhile(() => ask('b', 'repair')),
    );
    await expect(lost).rejects.toThrow(TaskUnderWay);
    expect(await readTasks(stores.readStore, bookDetails)).toEqual({ current: before, past: [] });
    await done();
    const again = await ask('a', 'verify', both);
    expect(again.map(({ id, state }) => [id, state])).toEqual(
      both.map(({ name }) => [`a ${name}`, 'waiting']),
    );
  });

  it('is called off where it was begun meanwhile', async () => {
    const first = meanwhile(async () => {
      await begin(bookDetails);
      await ask('b', 'repair');
    });
    await expect(ask('a', 'verify', both, first)).rejects.toThrow(TaskUnderWay);
    const { current } = await readTasks(stores.readStore, bookDetails);
    expect(current).toMatchObject({ id: 'a book_details', state: 'calling-off' });
  });

  it('leaves alone what another has asked there by then', async () => {
    const first = meanwhile(async () => {
      await done(bookDetails);
      await ask('b', 'repair', both);
    });
    await expect(ask('a', 'verify', both, first)).rejects.toThrow(TaskUnderWay);
    const { current } = await readTasks(stores.readStore, bookDetails);
    expect(current).toMatchObject({ id: 'b book_details', state: 'waiting' });
  });
});
