import type { ChildProcess } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { openSqliteEventStore, type EventStore, type Position } from '#event-store';
import {
  allProjections,
  projectionStatus,
  ReadModels,
  registerEntries,
  verify,
} from '#projections';
import { openSqliteReadStore, type ReadStore } from '#read-store';
import { kill, output, startProcess } from '../support/processes.ts';
import { assign, openBook } from '../support/register-samples.ts';
import { play } from '../support/stores.ts';
import { until } from '../support/until.ts';

/** Three projectors on one log and one read store. */

let folder: string;
let eventStore: EventStore;
let readStore: ReadStore;
let projectors: ChildProcess[];

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'projectors-'));
  eventStore = openSqliteEventStore(join(folder, 'events.db'));
  readStore = openSqliteReadStore(join(folder, 'read.db'));
  projectors = [];
});

afterEach(async () => {
  for (const child of projectors) child.kill('SIGCONT');
  await Promise.all(projectors.map(kill));
  await Promise.all([eventStore.close(), readStore.close()]);
  await rm(folder, { recursive: true, force: true });
});

const startOne = (more: Record<string, string> = {}): void => {
  const env = { DATA_DIR: folder, PORT: '0', LOG_LEVEL: 'silent', ...more };
  projectors.push(startProcess('apps/projector/main.ts', [], env));
};

/** Process ids of whoever runs each projection; null where nobody does. */
async function holders(): Promise<(number | null)[]> {
  const all = await Promise.all(
    allProjections.map((one) => projectionStatus({ eventStore, readStore }, one)),
  );
  return all.map(({ holder }) => (holder === null ? null : Number(holder.split(':')[1])));
}

/** The one process that runs them all, once it is another than `before`. */
async function newHolder(before?: ChildProcess): Promise<ChildProcess> {
  let found: ChildProcess | undefined;
  await until(async () => {
    const pids = new Set(await holders());
    const [pid] = pids;
    found = projectors.find((child) => child.pid === pid && pids.size === 1 && child !== before);
    return found !== undefined;
  }, 40_000);
  return found as ChildProcess;
}

const numbers = (count: number) => [
  openBook({ closesOn: '2024-12-31' }),
  ...Array.from({ length: count }, (_, index) => assign({ document: index + 1 })),
];

async function caughtUp(): Promise<void> {
  const head = (await eventStore.head()) as Position;
  const models = new ReadModels(readStore);
  for (const one of allProjections) expect(await models.waitFor(one, head, 30_000)).toBe(true);
}

async function expectEqualToTheLog(): Promise<void> {
  const scratch = openSqliteReadStore(join(folder, 'scratch.db'));
  for (const one of allProjections) {
    const { differences } = await verify({ eventStore, readStore, scratch }, one);
    expect([one.name, differences]).toEqual([one.name, []]);
  }
  await scratch.close();
}

describe('three projectors', () => {
  it('run each projection in one of them; when it is killed, another goes on within seconds', async () => {
    for (let count = 0; count < 3; count += 1) startOne();
    let holder = await newHolder();
    await play(eventStore, numbers(20));
    await caughtUp();
    await kill(holder);
    await play(eventStore, numbers(40));
    holder = await newHolder(holder);
    await caughtUp();
    await kill(holder);
    await play(eventStore, numbers(60));
    await newHolder(holder);
    await caughtUp();
    await expectEqualToTheLog();
  }, 120_000);

  it('lose nothing and double nothing when one is frozen, replaced, and wakes up', async () => {
    startOne();
    const frozen = await newHolder();
    startOne();
    const writing = play(eventStore, numbers(400));
    const begun = async () =>
      (await projectionStatus({ eventStore, readStore }, registerEntries)).position !== null;
    await until(begun);
    frozen.kill('SIGSTOP');
    const holder = await newHolder(frozen);
    await writing;
    await caughtUp();
    frozen.kill('SIGCONT');
    await play(eventStore, numbers(420));
    await caughtUp();
    expect(await newHolder(frozen)).toBe(holder);
    await expectEqualToTheLog();
  }, 120_000);
});

describe('an operator', () => {
  const ops = (...args: string[]) =>
    output(startProcess('apps/ops/main.ts', args, { DATA_DIR: folder }));

  it('sees where projections have stopped, and has them pass over the event', async () => {
    await play(eventStore, numbers(2));
    const nonsense = {
      id: '5b0cbf8b-3a0e-4c7b-9d57-5d0a8f0f7b11',
      type: 'EntryCorrected',
      data: { bookId: 'no-such-book', number: 1, changes: {}, reason: 'x' },
      metadata: {},
    };
    await eventStore.append('register-BK-009-SCTDT.BS-2024', 'no-stream', [nonsense]);
    await play(eventStore, numbers(4));
    startOne({ PARK_EVENTS: 'none' });
    const stopped = async () => {
      const { status, text } = await ops('projections', '--json');
      const rows = JSON.parse(text) as { name: string; state: string }[];
      expect(status).toBe(0);
      return rows.filter(({ state }) => state === 'stopped').map(({ name }) => name);
    };
    await until(async () => (await stopped()).length >= 2, 30_000);
    const names = await stopped();
    expect(names).toEqual(expect.arrayContaining(['book_details', 'register_entries']));
    expect((await ops('projections')).text).toContain(
      'EntryCorrected register-BK-009-SCTDT.BS-2024@0',
    );
    expect(await ops('skip', 'register_entries', '--reason', 'x')).toEqual({
      status: 2,
      text: expect.stringContaining('--reason'),
    });
    expect(await ops('retry', 'register_entries', '--reason', 'thử lại')).toEqual({
      status: 1,
      text: expect.stringContaining('retrying: TypeError'),
    });
    for (const name of names) {
      const { status, text } = await ops(
        'skip',
        name,
        '--reason',
        'sự kiện thử',
        '--account',
        'ops',
      );
      expect([status, text]).toEqual([0, expect.stringContaining('to be passed over')]);
    }
    await caughtUp();
    expect(await stopped()).toEqual([]);
    expect((await ops('skip', 'register_entries', '--reason', 'lần nữa')).status).toBe(2);
  }, 120_000);
});
