import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import { mkdir, open, readdir, rm, stat, truncate } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import Database from 'better-sqlite3';
import { backends, type Backend } from '../support/backends.ts';
import { guideBook, openOffice, paper, type Office, type Person } from '../support/office.ts';
import { output, startProcess } from '../support/processes.ts';
import { until } from '../support/until.ts';

interface Items {
  readonly items: readonly { readonly document: number }[];
}

let office: Office;
let officer: Person;
let entries: string;

const inData = (name: string): string => join(office.dataDir, name);
const start = (...args: string[]) =>
  startProcess('apps/ops/main.ts', args, { DATA_DIR: office.dataDir });
const ops = (...args: string[]) => output(start(...args));

const assign = async (document: number): Promise<number> =>
  (await officer.post(entries, { json: paper({ document }) })).status;

/** How many numbers the list shows; none while it does not answer. */
const listed = async (): Promise<number> =>
  (await officer.get<Partial<Items>>(entries)).body.items?.length ?? 0;

/** Everything in the database's own file, and then noise over some of its pages. */
async function damage(name: string, from: number): Promise<void> {
  const db = new Database(inData(name));
  db.pragma('wal_checkpoint(TRUNCATE)');
  db.close();
  const { size } = await stat(inData(name));
  const file = await open(inData(name), 'r+');
  await file.write(Buffer.alloc(size - from, 0xa5), 0, size - from, from);
  await file.close();
}

const aside = async (name: string): Promise<string[]> =>
  (await readdir(office.dataDir)).filter((file) => file.startsWith(`${name}.damaged-`));

beforeEach(async () => {
  office = await openOffice(backends[0] as Backend);
  officer = await office.as('receiving-officer');
  const json = { ...guideBook, closesOn: '2024-12-31' };
  const opened = await officer.post(`${office.home}/books`, { json });
  entries = `${opened.headers.get('location')}/entries`;
  await assign(1);
  await until(async () => (await listed()) === 1);
}, 60_000);

afterEach(() => office.dispose());

describe('a file of read models that is damaged', () => {
  it.each([0, 16 * 1024])(
    'does not keep the service from starting, and is put aside (from byte %d)',
    async (from) => {
      await office.api.close();
      await damage('read.db', from);
      await office.restart();
      expect(await assign(2)).toBe(201);
      await until(async () => (await listed()) === 2);
      expect(await aside('read.db')).not.toEqual([]);
      expect((await ops('verify')).status).toBe(0);
    },
    60_000,
  );

  it('is named by ops, and built over by a rebuild while numbers are given', async () => {
    await damage('read.db', 16 * 1024);
    expect(await ops('verify')).toEqual({
      status: 2,
      text: expect.stringMatching(/^read models: .*(malformed|not a database)/),
    });
    expect(await assign(2)).toBe(201);
    const rebuilt = await ops('rebuild', '--all');
    expect(rebuilt).toEqual({ status: 0, text: expect.stringContaining('read.db is damaged') });
    expect(await assign(3)).toBe(201);
    await until(async () => (await listed()) === 3);
    expect((await ops('verify')).status).toBe(0);
  }, 60_000);

  it('of one read model leaves the others alone', async () => {
    expect((await ops('rebuild', '--all')).status).toBe(0);
    await office.api.close();
    const own = (await readdir(office.dataDir)).find((name) =>
      /^read\.register_entries.*\.db$/.test(name),
    );
    await damage(own ?? '', 0);
    await office.restart();
    expect((await officer.get(`${office.home}/books`)).status).toBe(200);
    expect((await ops('rebuild', 'register_entries')).status).toBe(0);
    await until(async () => (await listed()) === 1);
    expect(await aside('read.db')).toEqual([]);
  }, 60_000);
});

describe('a file that is damaged while the service runs', () => {
  const health = async () => {
    const answer = await fetch(`${office.url}/health/ready`);
    return (await answer.json()) as { details: Record<string, object> };
  };
  const commands = async () => (await fetch(`${office.url}/health/ready/commands`)).status;

  it('of one read model is named in health and by ops, while commands and other lists go on', async () => {
    expect((await ops('rebuild', 'register_entries')).status).toBe(0);
    const [own = ''] = (await readdir(office.dataDir)).filter((name) =>
      /^read\.register_entries.*\.db$/.test(name),
    );
    await damage(own, 0);
    expect((await officer.get(entries)).status).toBe(503);
    expect(await assign(2)).toBe(201);
    expect(await commands()).toBe(200);
    expect((await officer.get(`${office.home}/books`)).status).toBe(200);
    expect((await health()).details['projections']).toMatchObject({ damaged: [own] });
    const told = await ops('projections');
    expect(told.status).toBe(0);
    expect(told.text).toMatch(new RegExp(`register_entries: .*${own} is damaged .*ops rebuild`));
    await until(async () => /^book_list .* live /m.test((await ops('projections')).text));
    expect((await ops('rebuild', 'register_entries')).status).toBe(0);
    await until(async () => (await listed()) === 2);
    expect((await health()).details['projections']).toMatchObject({ failed: [], damaged: [] });
  }, 60_000);

  it('of all of them is named, and commands go on', async () => {
    await damage('read.db', 16 * 1024);
    await until(async () => (await fetch(`${office.url}/health/ready`)).status === 503);
    expect((await health()).details['projections']).toEqual({
      status: 'down',
      reason: 'read.db is damaged',
      remedy: 'ops rebuild --all',
    });
    expect([await assign(2), await commands()]).toEqual([201, 200]);
    expect((await ops('projections')).text).toMatch(/read.db is damaged .*ops rebuild/);
    expect((await ops('rebuild', '--all')).status).toBe(0);
    await until(async () => (await listed()) === 2);
    await until(async () => (await fetch(`${office.url}/health/ready`)).ok);
  }, 60_000);
});

describe('access records that are damaged', () => {
  it('are put aside, kept, and begun anew', async () => {
    await office.api.close();
    await damage('access.db', 0);
    await office.restart();
    expect(await assign(2)).toBe(201);
    expect(await aside('access.db')).toHaveLength(1);
  }, 60_000);
});

describe('a log that is lost beside read models that know more', () => {
  it.each([
    ['of 0 bytes', () => truncate(inData('events.db'), 0)],
    ['that is gone', () => rm(inData('events.db'))],
  ])(
    '%s is no new log: nothing is served from it, and read models are kept',
    async (_what, lose) => {
      await office.api.close();
      await lose();
      await expect(office.restart()).rejects.toThrow(/events.db holds no event.*ops restore/s);
      const rebuilt = await ops('rebuild', '--all');
      expect(rebuilt).toEqual({ status: 2, text: expect.stringMatching(/no (event|register)/) });
      expect(await aside('read.db')).toEqual([]);
    },
    60_000,
  );
});

describe('a disk that takes nothing more', () => {
  const health = async (path: string) => {
    const answer = await fetch(`${office.url}/health/${path}`);
    return (await answer.json()) as { details: object };
  };

  it('is told by readiness, which says that lists go on', async () => {
    expect(await health('ready/commands')).toMatchObject({
      status: 'ok',
      details: { disk: { status: 'up' } },
    });
    const path = inData(`.probe-${process.pid}`);
    // Nothing can be written under a name that is taken by a folder.
    await mkdir(join(path, 'in-use'), { recursive: true });
    await until(async () => !(await fetch(`${office.url}/health/ready/commands`)).ok);
    expect(await health('ready/commands')).toMatchObject({
      details: { disk: { status: 'down', reason: expect.stringContaining('DATA_DIR') } },
    });
    expect((await fetch(`${office.url}/health/ready`)).status).toBe(503);
    expect((await fetch(`${office.url}/health/ready/reads`)).status).toBe(200);
    await rm(path, { recursive: true });
    await until(async () => (await fetch(`${office.url}/health/ready`)).ok);
  }, 30_000);
});

describe('a command that is told to stop', () => {
  it.each([
    ['SIGTERM', 143],
    ['SIGINT', 130],
  ] as const)(
    'by %s ends',
    async (signal, status) => {
      const child = start('projections', '--watch', '3600');
      await once(child.stdout as NodeJS.ReadableStream, 'data');
      child.kill(signal);
      await once(child, 'exit');
      expect(child.exitCode).toBe(status);
    },
    30_000,
  );

  it.each(['verify', 'repair'])(
    'leaves nothing of the read models behind, whatever it waits for (%s)',
    async (command) => {
      const silent = createServer();
      await once(silent.listen(0, '127.0.0.1'), 'listening');
      const { port } = silent.address() as AddressInfo;
      const TMPDIR = inData('tmp');
      await mkdir(TMPDIR);
      const child = startProcess('apps/ops/main.ts', [command], {
        DATA_DIR: office.dataDir,
        EVENTSTORE_URL: `esdb://127.0.0.1:${port}?tls=false`,
        TMPDIR,
      });
      const scratch = async () => (await readdir(TMPDIR)).filter((it) => it.startsWith('verify-'));
      await until(async () => (await scratch()).length > 0);
      child.kill('SIGINT');
      await once(child, 'exit');
      expect([child.exitCode, await scratch()]).toEqual([130, []]);
      silent.close();
    },
    30_000,
  );
});
