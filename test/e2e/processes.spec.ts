import type { ChildProcess } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { issueDevToken } from '#access';
import { openSqliteEventStore } from '#event-store';
import { allProjections } from '#projections';
import { openSqliteReadStore, type StoredDoc } from '#read-store';
import { GUIDE_DAY, guideBook, paper } from '../support/office.ts';
import { kill, output, startProcess } from '../support/processes.ts';
import { removeDocument } from '../support/remove-document.ts';
import { startService as startServiceWith, type Service } from '../support/service.ts';
import { until } from '../support/until.ts';

/** The service and its tools as processes of their own, killed without warning. */

const AGENCY = 'BK-001';
const HOME = `/v1/agencies/${AGENCY}`;

let folder: string;
let children: ChildProcess[];

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'processes-'));
  children = [];
});

afterEach(async () => {
  await Promise.all(children.map(kill));
  await rm(folder, { recursive: true, force: true });
});

const settings = () => ({
  DATA_DIR: folder,
  CLOCK_NOW: GUIDE_DAY,
  LOG_LEVEL: 'error',
  RATE_LIMIT: '0',
});

function run(
  entry: string,
  args: readonly string[],
  env: Record<string, string> = {},
): ChildProcess {
  const child = startProcess(entry, args, { ...settings(), ...env });
  children.push(child);
  return child;
}

const ops = (...args: string[]) => output(run('apps/ops/main.ts', args));

const startService = (env: Record<string, string> = {}): Promise<Service> =>
  startServiceWith({ ...settings(), ...env }, (child) => children.push(child));

async function officer() {
  const claims = { account: 'binh', name: 'Bình', roles: ['receiving-officer'] as const };
  const token = await issueDevToken(folder, {
    ...claims,
    agencies: [AGENCY],
    audience: 'so-chung-thuc',
    lifetime: 600,
  });
  return async (url: string, path: string, json?: object, headers: object = {}) => {
    const response = await fetch(`${url}${path}`, {
      method: json ? 'POST' : 'GET',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json', ...headers },
      ...(json && { body: JSON.stringify(json) }),
    });
    return { response, body: (await response.json()) as Record<string, Record<string, unknown>> };
  };
}

async function openBook(ask: Awaited<ReturnType<typeof officer>>, url: string): Promise<string> {
  const { response } = await ask(url, `${HOME}/books`, guideBook);
  return response.headers.get('location') ?? '';
}

async function numbersInLog(): Promise<number[]> {
  const store = openSqliteEventStore(join(folder, 'events.db'));
  const numbers: number[] = [];
  for await (const event of store.readAll()) {
    if (event.type === 'EntryNumberAssigned') numbers.push(Number(event.data['number']));
  }
  await store.close();
  return numbers;
}

describe('a service killed in the middle of its work', () => {
  it('has every number it acknowledged, no gap and no repeat, and its lists catch up', async () => {
    const ask = await officer();
    let service = await startService();
    const book = await openBook(ask, service.url);
    const acknowledged: number[] = [];
    for (let kills = 0; kills < 3; kills += 1) {
      const { child, url } = service;
      const target = acknowledged.length + 60;
      const callers = Array.from({ length: 8 }, async (_, caller) => {
        for (
          let document = 1;
          child.exitCode === null && child.signalCode === null;
          document += 1
        ) {
          const json = paper({ dossier: `${kills}-${caller}`, document });
          const answer = await ask(url, `${book}/entries`, json).catch(() => undefined);
          if (!answer) return;
          acknowledged.push(Number(answer.body['entry']?.['number']));
        }
      });
      await until(() => acknowledged.length > target, 30_000);
      await kill(child);
      await Promise.all(callers);
      service = await startService();
    }
    const numbers = await numbersInLog();
    expect(numbers).toEqual(numbers.map((_, index) => index + 1));
    expect(new Set(acknowledged).size).toBe(acknowledged.length);
    expect(numbers).toEqual(expect.arrayContaining(acknowledged));
    const last = await ask(service.url, `${book}/entries`, paper({ dossier: 'last' }));
    const readAfter = { 'read-after': last.response.headers.get('position') };
    const list = await ask(service.url, `${book}/entries`, undefined, readAfter);
    expect(list.body['total']).toBe(numbers.length + 1);
    const verified = await ops('verify');
    expect([verified.status, verified.text]).toEqual([0, expect.stringContaining('equal')]);
  }, 120_000);

  it('shares one log with a second process: numbers stay gapless', async () => {
    const ask = await officer();
    const [one, two] = [await startService(), await startService({ PROJECTOR: 'off' })];
    const book = await openBook(ask, one.url);
    const answers = await Promise.all(
      Array.from({ length: 60 }, (_, index) => {
        const { url } = index % 2 === 0 ? one : two;
        return ask(url, `${book}/entries`, paper({ document: index + 1 }));
      }),
    );
    expect(answers.map(({ response }) => response.status)).toEqual(Array(60).fill(201));
    const numbers = await numbersInLog();
    expect(numbers).toEqual(Array.from({ length: 60 }, (_, index) => index + 1));
  }, 60_000);
});

describe('operators', () => {
  it('see each projection, rebuild beside the running service, and get a verdict', async () => {
    const ask = await officer();
    const { url } = await startService();
    const book = await openBook(ask, url);
    for (let document = 1; document <= 5; document += 1) {
      await ask(url, `${book}/entries`, paper({ document }));
    }
    const rebuilt = await ops('rebuild', '--all');
    expect(rebuilt).toEqual({
      status: 0,
      text: expect.stringMatching(/rebuilt book_list.* from 6 events/),
    });
    const statuses = async () =>
      JSON.parse((await ops('projections', '--json')).text) as {
        state: string;
        lag: number;
        collection: string;
      }[];
    const rows = await statuses();
    expect(rows).toHaveLength(allProjections.length);
    expect(
      rows.every(
        ({ state, lag, collection }) => state === 'live' && lag === 0 && collection.endsWith('_g2'),
      ),
    ).toBe(true);
    expect(await ops('verify', 'register_entries')).toEqual({
      status: 0,
      text: 'register_entries: 5 documents, equal\n',
    });
    expect(await ops('rebuild', 'nonsense')).toEqual({
      status: 2,
      text: expect.stringContaining('no projection is called nonsense; there are: book_list'),
    });
  }, 120_000);

  it('find what was damaged behind the service, and put it right while it runs', async () => {
    const ask = await officer();
    const { url } = await startService();
    const book = await openBook(ask, url);
    let position = '';
    for (let document = 1; document <= 12; document += 1) {
      const { response } = await ask(url, `${book}/entries`, paper({ document }));
      position = response.headers.get('position') ?? '';
    }
    await ask(url, `${book}/entries`, undefined, { 'read-after': position });
    const readStore = openSqliteReadStore(join(folder, 'read.db'));
    const spec = { name: 'register_entries_v10_g1', indexes: [], searchable: [] };
    const docs = [];
    for await (const doc of readStore.scan(spec)) docs.push(doc);
    const [first, second] = docs as [StoredDoc, StoredDoc];
    const bad = { ...first, doc: { ...first.doc, requester: 'Kẻ khác' } };
    await readStore.mend(spec, { id: first.id, found: first.position, doc: bad });
    await removeDocument(readStore, spec, second.id);
    await readStore.put(spec, [{ ...first, id: 'surplus' }]);
    await readStore.close();
    const named = [`different ${first.id}: requester`, `missing ${second.id}`, 'surplus surplus'];
    for (const args of [['verify'], ['verify', '--sample', '100%'], ['repair', '--dry-run']]) {
      const { status, text } = await ops(...args);
      expect([status, ...named.filter((one) => !text.includes(one))]).toEqual([1]);
    }
    const { status, text } = await ops('repair', 'register_entries');
    expect([status, ...named.filter((one) => !text.includes(one))]).toEqual([0]);
    expect(text).toContain('register_entries: 3 put right, 0 still different');
    expect((await ops('verify', '--sample', '50%', '--seed', '3')).status).toBe(0);
    expect((await ops('verify', '--sample', 'x')).status).toBe(2);
    const list = await ask(url, `${book}/entries`);
    expect(list.body['total']).toBe(12);
  }, 120_000);
});

describe('settings that cannot be', () => {
  it.each([
    [{ PORT: 'x' }, 'PORT'],
    [{ NODE_ENV: 'production', CLOCK_NOW: '' }, 'OIDC_ISSUER'],
    [{ NODE_ENV: 'production', OIDC_ISSUER: 'https://id.example.vn' }, 'CLOCK_NOW'],
    [{ EVENTSTORE_URL: 'http://x' }, 'EVENTSTORE_URL'],
  ])(
    '%j stop the service with a message that names them',
    async (env, name) => {
      const ended = await output(run('apps/api/main.ts', [], env));
      expect(ended).toEqual({ status: 1, text: expect.stringContaining(name) });
      expect(ended.text).not.toContain('    at ');
    },
    30_000,
  );
});
