import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { openSqliteEventStore, type EventStore } from '#event-store';
import type { ReadStore } from '#read-store';
import { assign, openBook, register } from '../../../test/support/register-samples.ts';
import { copyLog, embeddedStores, play, type TestStores } from '../../../test/support/stores.ts';
import { until } from '../../../test/support/until.ts';
import type { Follower } from '../following/follower.ts';
import { thisProcess } from '../ledger/holder.ts';
import { requireLedger } from '../ledger/record.ts';
import { bookDetails } from '../models/book-details.ts';
import { registerEntries } from '../models/register-entries.ts';
import type { Projection } from '../projection.ts';
import { rebuild } from '../rebuilding/rebuild.ts';
import { rollback } from '../rebuilding/rollback.ts';
import { askFor } from './ask.ts';
import { keepDoing } from './keep-doing.ts';
import { isOpen, type Task } from './task.ts';
import { changeTasks, readTasks } from './task-record.ts';

let stores: TestStores;

beforeEach(async () => {
  stores = await embeddedStores();
});

afterEach(() => stores.dispose());

it('a task that is taken up in the moment the process ends is left for the next one', async () => {
  await play(stores.eventStore, [openBook({ closesOn: '2024-12-31' }), assign()]);
  const by = { account: 'van.hanh', name: 'Vận Hành', reason: 'thử nghiệm' };
  const asking = { kind: 'rebuild', by, idOf: () => 'task-1' } as const;
  await askFor(stores.readStore, [registerEntries], asking);
  let stopped = (_: Promise<void>): void => undefined;
  const ended = new Promise<void>((resolve) => (stopped = resolve));
  let stop: (() => Promise<void>) | undefined;
  const readStore: ReadStore = {
    ...stores.readStore,
    writeRecord: (key, ...given) => {
      // The first is that it is taken up.
      if (key.startsWith('tasks/') && stop) stopped(stop());
      stop = undefined;
      return stores.readStore.writeRecord(key, ...given);
    },
  };
  const endless: EventStore = {
    ...stores.eventStore,
    readPages: async function* (options) {
      for (;;) yield* stores.eventStore.readPages(options);
    },
  };
  const { signal } = new AbortController();
  const projections = [registerEntries];
  const follower = { eventStore: endless, readStore, projections, signal, log: () => undefined };
  const held = (): typeof projections => projections;
  stop = keepDoing({ follower, holder: thisProcess(), held, onDone: () => undefined });
  await ended;
  const { current } = await readTasks(stores.readStore, registerEntries);
  expect(current).toMatchObject({ state: 'waiting', holder: null, attempts: 1 });
});

it('a rebuild that is asked for tells first what the log has lost, as whoever follows it does', async () => {
  await play(stores.eventStore, [openBook({ closesOn: '2024-12-31' })]);
  const older = openSqliteEventStore(await copyLog(stores));
  await play(stores.eventStore, [openBook({ closesOn: '2024-12-31' }), assign()].slice(1));
  await rebuild(stores, [bookDetails]);
  const told: unknown[] = [];
  const { signal } = new AbortController();
  const follower: Follower = {
    ...{ eventStore: older, readStore: stores.readStore, projections: [bookDetails], signal },
    log: () => undefined,
    onAstray: (known) => Promise.resolve(void told.push(known)),
  };
  const by = { account: 'van.hanh', name: 'Vận Hành', reason: 'thử nghiệm' };
  const asking = { kind: 'rebuild', by, idOf: () => 'task-1' } as const;
  await askFor(stores.readStore, [bookDetails], asking);
  const held = (): typeof follower.projections => follower.projections;
  const stop = keepDoing({ follower, holder: thisProcess(), held, onDone: () => undefined });
  const ended = async () => !isOpen((await readTasks(stores.readStore, bookDetails)).current);
  await until(ended);
  await stop();
  await older.close();
  expect(told).toEqual([[{ register, lastNumber: 1 }]]);
});

describe('going back to the collection before', () => {
  const both = [bookDetails, registerEntries];
  let stops: (() => Promise<void>)[];

  beforeEach(async () => {
    stops = [];
    await play(stores.eventStore, [openBook({ closesOn: '2024-12-31' }), assign()]);
    await rebuild(stores, both);
  });

  afterEach(() => Promise.all(stops.map((stop) => stop())));

  /** A process that does what is asked of both. */
  function start(readStore: ReadStore = stores.readStore): () => Promise<void> {
    const { signal } = new AbortController();
    const follower = { ...stores, readStore, projections: both, signal, log: () => undefined };
    const doer = { follower, holder: thisProcess(), held: () => both, onDone: () => undefined };
    const stop = keepDoing(doer);
    stops.push(stop);
    return stop;
  }

  const by = { account: 'van.hanh', name: 'Vận Hành', reason: 'thử nghiệm' };
  const ask = (projections: readonly Projection[]) =>
    askFor(stores.readStore, projections, {
      kind: 'rollback',
      by,
      idOf: ({ name }) => `${name}-1`,
    });
  const liveOf = async (projection: Projection) =>
    (await requireLedger(stores.readStore, projection)).live.collection;
  const taskOf = async (projection: Projection) =>
    (await readTasks(stores.readStore, projection)).current as Task;
  const endOf = async (projection: Projection): Promise<Task> => {
    await until(async () => !isOpen(await taskOf(projection)));
    return taskOf(projection);
  };

  /** Ends in the moment its task is done: nothing more is written of the task. */
  async function killedWhenDone(): Promise<void> {
    let isKilled = false;
    let killed = (): void => undefined;
    const dead = new Promise<void>((resolve) => (killed = resolve));
    const stop = start({
      ...stores.readStore,
      writeRecord: (key, ...given) => {
        const [{ current }] = given as unknown as [{ current: Task }];
        if (key.startsWith('tasks/') && current.state === 'done') isKilled = true;
        if (!key.startsWith('tasks/') || !isKilled)
          return stores.readStore.writeRecord(key, ...given);
        killed();
        throw new Error('killed');
      },
    });
    await dead;
    await stop();
  }

  it('is not undone where the process ended before it could say so', async () => {
    const before = await liveOf(registerEntries);
    await ask([registerEntries]);
    await killedWhenDone();
    const back = await liveOf(registerEntries);
    expect(back).not.toBe(before);
    expect(await taskOf(registerEntries)).toMatchObject({ state: 'running', attempts: 1 });
    start();
    expect(await endOf(registerEntries)).toMatchObject({ state: 'done', attempts: 2 });
    expect(await liveOf(registerEntries)).toBe(back);
  });

  it('is not done again where somebody has undone it since', async () => {
    const before = await liveOf(registerEntries);
    await ask([registerEntries]);
    await killedWhenDone();
    await rollback(stores, registerEntries);
    start();
    const { state, error } = await endOf(registerEntries);
    expect([state, error]).toEqual(['failed', expect.stringContaining('by another process')]);
    expect(await liveOf(registerEntries)).toBe(before);
  });

  it('is done once by two processes at once', async () => {
    const before = await Promise.all(both.map(liveOf));
    await ask(both);
    start();
    start();
    for (const one of both) expect((await endOf(one)).state).toBe('done');
    expect(await Promise.all(both.map(liveOf))).not.toEqual(before);
    for (const [index, one] of both.entries())
      expect((await requireLedger(stores.readStore, one)).previous?.collection).toBe(before[index]);
  });

  it('is settled for each by itself: where one fails, what was done before it is done', async () => {
    await ask(both);
    const { previous } = await requireLedger(stores.readStore, registerEntries);
    await stores.readStore.drop({ name: previous?.collection ?? '' });
    start();
    expect(await endOf(bookDetails)).toMatchObject({ state: 'done', error: null });
    const { state, error } = await endOf(registerEntries);
    expect([state, error]).toEqual(['failed', expect.stringContaining('is gone')]);
  });

  it('is asked for again where an older version has begun it, and no way is known', async () => {
    const before = await liveOf(registerEntries);
    await ask([registerEntries]);
    await changeTasks(stores.readStore, registerEntries, (now) => {
      const begun = { state: 'running', holder: 'gone', attempts: 1 } as const;
      return { ...now, current: { ...(now.current as Task), ...begun } };
    });
    start();
    expect((await endOf(registerEntries)).error).toContain('ask again');
    expect(await liveOf(registerEntries)).toBe(before);
  });
});
