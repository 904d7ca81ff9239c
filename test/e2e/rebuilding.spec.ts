import type { ChildProcess } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { openSqliteEventStore } from '#event-store';
import { bookDetails, rebuild, registerEntries } from '#projections';
import { backends } from '../support/backends.ts';
import { guideBook, openOffice, paper, type Office, type Person } from '../support/office.ts';
import { kill, output, startProcess } from '../support/processes.ts';
import { assign, openBook } from '../support/register-samples.ts';
import { play } from '../support/stores.ts';
import { until } from '../support/until.ts';

describe.each(backends)('three rebuilds while everybody reads, on $name', (backend) => {
  let office: Office;
  let officer: Person;
  let book: string;

  beforeAll(async () => {
    office = await openOffice(backend);
    officer = await office.as('receiving-officer');
    const opened = await officer.post(`${office.home}/books`, { json: guideBook });
    book = opened.headers.get('location') ?? '';
    for (let document = 1; document <= 20; document += 1) await assignOne(document);
    // What is read from here on is there: the book and its list both.
    await until(async () => {
      const found = [`${book}/entries`, book].map((path) => officer.get(path));
      return (await Promise.all(found)).every(({ status }) => status === 200);
    });
  }, 60_000);

  afterAll(() => office.dispose());

  async function assignOne(document: number): Promise<void> {
    const { status } = await officer.post(`${book}/entries`, { json: paper({ document }) });
    expect(status).toBe(201);
  }

  interface List {
    readonly total: number;
    readonly items: readonly { readonly number: number }[];
  }

  /** Reads without pause; each answer must be whole, and none older than the one before. */
  async function read(ended: AbortSignal): Promise<number> {
    let [answers, seen, counted] = [0, 0, 0];
    for (; !ended.aborted; answers += 1) {
      const list = await officer.get<List>(`${book}/entries?limit=100&sort=number`);
      const details = await officer.get<{ entries: number }>(book);
      expect([list.status, details.status]).toEqual([200, 200]);
      const { total, items } = list.body;
      expect(items.map(({ number }) => number)).toEqual(items.map((_, index) => index + 1));
      expect(items).toHaveLength(total);
      expect(total).toBeGreaterThanOrEqual(seen);
      expect(details.body.entries).toBeGreaterThanOrEqual(counted);
      [seen, counted] = [total, details.body.entries];
    }
    return answers;
  }

  it('shows the old or the new, never a mixture, an empty list or an error, and never goes back', async () => {
    const done = new AbortController();
    const readers = Array.from({ length: 3 }, () => read(done.signal));
    const writing = (async () => {
      for (let document = 21; document <= 60; document += 1) await assignOne(document);
    })();
    const { eventStore, readStore } = office.api.stores;
    for (let times = 0; times < 3; times += 1) {
      await rebuild({ eventStore, readStore }, [registerEntries, bookDetails]);
    }
    await writing;
    const caughtUp = async () =>
      (await officer.get<List>(`${book}/entries?limit=1`)).body.total === 60;
    await until(caughtUp);
    done.abort();
    const answers = await Promise.all(readers);
    expect(Math.min(...answers)).toBeGreaterThan(5);
    const auditor = await office.as('operator');
    const { body } = await auditor.get<{ items: { name: string; collection: string }[] }>(
      '/v1/projections',
    );
    const entries = body.items.find(({ name }) => name === 'register_entries');
    expect(entries?.collection).toMatch(/_g4$/);
  }, 120_000);
});

describe('a rebuild that is killed', () => {
  let folder: string;
  let children: ChildProcess[];

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'rebuilding-'));
    children = [];
  });

  afterEach(async () => {
    await Promise.all(children.map(kill));
    await rm(folder, { recursive: true, force: true });
  });

  const ops = (...args: string[]): ChildProcess => {
    const child = startProcess('apps/ops/main.ts', args, { DATA_DIR: folder });
    children.push(child);
    return child;
  };

  const underWay = (child: ChildProcess) =>
    new Promise((resolve) => child.stdout?.once('data', resolve));

  async function writeLog(): Promise<void> {
    const eventStore = openSqliteEventStore(join(folder, 'events.db'));
    const numbers = Array.from({ length: 400 }, (_, index) => assign({ document: index + 1 }));
    await play(eventStore, [openBook({ closesOn: '2024-12-31' }), ...numbers]);
    await eventStore.close();
  }

  it('goes on from its last milestone, and is equal to the log in the end', async () => {
    await writeLog();
    const first = startProcess('test/support/rebuild-slowly.ts', [folder], {});
    children.push(first);
    await underWay(first);
    await kill(first);
    const left = JSON.parse((await output(ops('projections', '--json'))).text) as {
      name: string;
      collection: string;
    }[];
    expect(left.find(({ name }) => name === 'register_entries')?.collection).toMatch(/_g1$/);
    const second = await output(ops('rebuild', 'register_entries'));
    expect(second).toEqual({
      status: 0,
      text: expect.stringMatching(/register_entries: going on behind [1-9]\d* events/),
    });
    expect(await output(ops('verify', 'register_entries'))).toEqual({
      status: 0,
      text: 'register_entries: 400 documents, equal\n',
    });
    expect((await output(ops('rollback', 'register_entries'))).status).toBe(0);
    expect((await output(ops('verify', 'register_entries'))).status).toBe(0);
  }, 120_000);

  it('can be given up: nothing is left of it', async () => {
    await writeLog();
    const running = startProcess('test/support/rebuild-slowly.ts', [folder], {});
    children.push(running);
    const told = output(running);
    await underWay(running);
    expect(await output(ops('rebuild', 'register_entries'))).toEqual({
      status: 1,
      text: expect.stringContaining('is being rebuilt by'),
    });
    expect(await output(ops('rebuild', '--abort', 'register_entries'))).toEqual({
      status: 0,
      text: 'register_entries: called off\n',
    });
    expect((await told).text).toContain('called off');
    const again = await output(ops('rebuild', 'register_entries'));
    expect([again.status, again.text]).toEqual([0, expect.not.stringContaining('going on')]);
  }, 120_000);
});
