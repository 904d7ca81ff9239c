import { afterEach, beforeEach, expect, it } from '@jest/globals';
import type { EventStore } from '#event-store';
import type { ReadStore } from '#read-store';
import { assign, openBook } from '../../../test/support/register-samples.ts';
import { embeddedStores, play, type TestStores } from '../../../test/support/stores.ts';
import { thisProcess } from '../ledger/holder.ts';
import { registerEntries } from '../models/register-entries.ts';
import { askFor } from './ask.ts';
import { keepDoing } from './keep-doing.ts';
import { readTasks } from './task-record.ts';

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
