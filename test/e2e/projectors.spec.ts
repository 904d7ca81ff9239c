import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { connect, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import Database from 'better-sqlite3';
import { openSqliteEventStore, type EventStore, type Position } from '#event-store';
import {
  allProjections,
  projectionStatus,
  ReadModels,
  registerEntries,
  verify,
} from '#projections';
import { openSqliteReadStore, type ReadStore } from '#read-store';
import { freePort } from '../support/free-port.ts';
import { kill, output, startProcess } from '../support/processes.ts';
import { assign, openBook } from '../support/register-samples.ts';
import { play } from '../support/stores.ts';
import { until } from '../support/until.ts';

/** Three projectors on one log and one read store. */

/** How long anything may take on a machine that has other work; nothing waits for it in vain. */
const PATIENCE_MS = 90_000;
const TIMEOUT_MS = 4 * PATIENCE_MS;

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

/**
 * Those of them that run projections, once each is run by one of them. They may share them out as
 * they like: who is slow to renew, or looks a moment later, is not given all.
 */
async function runBy(those: readonly ChildProcess[]): Promise<readonly ChildProcess[]> {
  let running: readonly ChildProcess[] = [];
  await until(async () => {
    const pids = await holders();
    running = those.filter(({ pid }) => pids.includes(pid ?? null));
    return pids.every((pid) => running.some((child) => child.pid === pid));
  }, PATIENCE_MS);
  return running;
}

/** Whether nobody is in the middle of a write to one of the read store's files. */
async function isUnlocked(): Promise<boolean> {
  const files = (await readdir(folder)).filter((name) => /^read\..*db$/.test(name));
  return files.every((name) => {
    const db = new Database(join(folder, name), { timeout: 0 });
    try {
      db.exec('BEGIN IMMEDIATE; ROLLBACK');
      return true;
    } catch {
      return false;
    } finally {
      db.close();
    }
  });
}

/** Whether the kernel has stopped it; where that cannot be seen, what was sent has to do. */
async function isStopped({ pid }: ChildProcess): Promise<boolean> {
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => ') T');
  return stat.slice(stat.lastIndexOf(')')).startsWith(') T');
}

/**
 * Freezes it between two writes: in the middle of one it would keep SQLite's lock, and no lease
 * helps against that.
 */
async function freeze(child: ChildProcess): Promise<void> {
  await until(async () => {
    child.kill('SIGSTOP');
    await until(() => isStopped(child));
    if (await isUnlocked()) return true;
    child.kill('SIGCONT');
    return false;
  });
}

const numbers = (count: number) => [
  openBook({ closesOn: '2024-12-31' }),
  ...Array.from({ length: count }, (_, index) => assign({ document: index + 1 })),
];

async function caughtUp(): Promise<void> {
  const head = (await eventStore.head()) as Position;
  const models = new ReadModels(readStore);
  for (const one of allProjections) expect(await models.waitFor(one, head, PATIENCE_MS)).toBe(true);
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
  it(
    'run each projection in one of them; when it is killed, others go on',
    async () => {
      for (let count = 0; count < 3; count += 1) startOne();
      let living: readonly ChildProcess[] = projectors;
      for (const count of [20, 40]) {
        const [running] = await runBy(living);
        await play(eventStore, numbers(count));
        await caughtUp();
        await kill(running as ChildProcess);
        living = living.filter((child) => child !== running);
      }
      await play(eventStore, numbers(60));
      expect(await runBy(living)).toEqual(living);
      await caughtUp();
      await expectEqualToTheLog();
    },
    TIMEOUT_MS,
  );

  it(
    'lose nothing and double nothing when one is frozen, replaced, and wakes up',
    async () => {
      startOne();
      const [frozen] = (await runBy(projectors)) as [ChildProcess];
      startOne();
      const writing = play(eventStore, numbers(400));
      const begun = async () =>
        (await projectionStatus({ eventStore, readStore }, registerEntries)).position !== null;
      await until(begun, PATIENCE_MS);
      await freeze(frozen);
      await runBy(projectors.filter((child) => child !== frozen));
      await writing;
      await caughtUp();
      frozen.kill('SIGCONT');
      await play(eventStore, numbers(420));
      await caughtUp();
      await runBy(projectors);
      await expectEqualToTheLog();
    },
    TIMEOUT_MS,
  );
});

describe('an operator', () => {
  const ops = (...args: string[]) =>
    output(startProcess('apps/ops/main.ts', args, { DATA_DIR: folder }));

  it(
    'sees where projections have stopped, and has them pass over the event',
    async () => {
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
      const rows = async () => {
        const { status, text } = await ops('projections', '--json');
        expect(status).toBe(0);
        return JSON.parse(text) as { name: string; state: string }[];
      };
      const stopped = async () =>
        (await rows()).filter(({ state }) => state === 'stopped').map(({ name }) => name);
      // Each has passed the event or given it up: none is still trying.
      const settled = async () =>
        (await rows()).every(({ state }) => state === 'stopped' || state === 'live');
      await until(settled, PATIENCE_MS);
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
        text: expect.stringMatching(/(retrying|stopped): UnreadableEvent/),
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
      await until(async () => (await stopped()).length === 0, PATIENCE_MS);
      expect((await ops('skip', 'register_entries', '--reason', 'lần nữa')).status).toBe(2);
    },
    TIMEOUT_MS,
  );

  it(
    'ends when one is told to, though somebody holds a connection to it and says nothing',
    async () => {
      const port = await freePort();
      startOne({ PORT: String(port) });
      const [projector] = projectors as [ChildProcess];
      const connected = async (): Promise<Socket | undefined> => {
        const socket = connect(port, '127.0.0.1');
        socket.on('error', () => undefined);
        await Promise.race([once(socket, 'connect'), once(socket, 'close')]).catch(() => undefined);
        return socket.readyState === 'open' ? socket : undefined;
      };
      let silent: Socket | undefined;
      await until(async () => (silent = await connected()) !== undefined, PATIENCE_MS);
      const ended = once(projector, 'exit');
      projector.kill('SIGTERM');
      expect((await ended)[0]).toBe(0);
      silent?.destroy();
    },
    TIMEOUT_MS,
  );
});
