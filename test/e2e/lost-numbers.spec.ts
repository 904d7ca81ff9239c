import { copyFile, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import Database from 'better-sqlite3';
import { backends, type Backend } from '../support/backends.ts';
import {
  after,
  GUIDE_DAY,
  guideBook,
  openOffice,
  paper,
  type Answer,
  type Office,
  type Person,
} from '../support/office.ts';
import { output, startProcess } from '../support/processes.ts';
import { until } from '../support/until.ts';

interface Entry {
  readonly entry: { readonly numberText: string };
}
interface Row {
  readonly number: number;
  readonly state: string;
  readonly remarks: string;
}

let office: Office;
let officer: Person;
let entries: string;
let folder: string;

const opsWith = (settings: Record<string, string>, ...args: string[]) => {
  const all = { DATA_DIR: office.dataDir, CLOCK_NOW: GUIDE_DAY, ...settings };
  return output(startProcess('apps/ops/main.ts', args, all));
};
const ops = (...args: string[]) => opsWith({}, ...args);

async function assign(document: number): Promise<Answer<Entry>> {
  return officer.post<Entry>(entries, { json: paper({ document }) });
}

async function assignUpTo(last: number, first = 1): Promise<void> {
  for (let document = first; document <= last; document += 1) {
    expect((await assign(document)).status).toBe(201);
  }
}

const logFiles = async (): Promise<string[]> =>
  (await readdir(office.dataDir)).filter((name) => name.startsWith('events.db'));

async function assignUpToEightWithACopyAtThree(): Promise<void> {
  await assignUpTo(3);
  await office.api.close();
  for (const name of await logFiles())
    await copyFile(join(office.dataDir, name), join(folder, name));
  await office.restart();
  await assignUpTo(8, 4);
}

/** By hand, in place of the files whose names match. */
async function putBackTheCopy(gone: RegExp): Promise<void> {
  for (const name of await readdir(office.dataDir)) {
    if (gone.test(name)) await rm(join(office.dataDir, name));
  }
  for (const name of await readdir(folder))
    await copyFile(join(folder, name), join(office.dataDir, name));
}

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'lost-'));
  office = await openOffice(backends[0] as Backend);
  officer = await office.as('receiving-officer');
  const json = { ...guideBook, closesOn: '2024-12-31' };
  const opened = await officer.post(`${office.home}/books`, { json });
  entries = `${opened.headers.get('location')}/entries`;
}, 60_000);

afterEach(async () => {
  await office.dispose();
  await rm(folder, { recursive: true, force: true });
});

describe('a log restored from a backup that is older than the last number', () => {
  it('is paused, too, where a restore before it was cut off', async () => {
    await assignUpTo(3);
    const saved = join(folder, 'saved');
    expect((await ops('backup', saved)).status).toBe(0);
    await assignUpTo(5, 4);
    await office.api.close();
    for (const name of await logFiles()) await rm(join(office.dataDir, name));
    // What was sealed cannot be put aside: the name it would have is longer than any may be.
    const keys = join(office.dataDir, 'k'.repeat(240));
    await writeFile(keys, '');
    const cutOff = await opsWith({ AUDIT_KEYS: keys }, 'restore', saved);
    expect([cutOff.status, cutOff.text]).toEqual([2, expect.stringContaining('ENAMETOOLONG')]);
    await rm(keys);

    const restored = await ops('restore', saved);
    expect(restored).toMatchObject({ status: 0, text: expect.stringContaining('1 registers') });
    await office.restart();
    expect((await assign(6)).status).toBe(503);
    let listed = { text: '' };
    await until(async () => {
      listed = await ops('numbering', 'list', '--json');
      return !listed.text.includes('behind the log');
    });
    expect(JSON.parse(listed.text)).toMatchObject({ lastNumber: 3, knownLast: 5, proposal: 5 });
  });

  it('gives no number again: its register is paused until an operator has said which was the last', async () => {
    await assignUpTo(3);
    const saved = join(folder, 'saved');
    expect((await ops('backup', saved)).status).toBe(0);
    await assignUpTo(20, 4);
    await office.api.close();
    for (const name of await logFiles()) await rm(join(office.dataDir, name));
    const restored = await ops('restore', saved);
    expect(restored).toMatchObject({ status: 0, text: expect.stringContaining('1 registers') });

    await office.restart();
    const refused = await assign(21);
    expect(refused).toMatchObject({ status: 503, body: { code: 'REGISTER_PAUSED' } });
    expect(refused.headers.get('retry-after')).toBe('60');
    // What it had a number for before the backup is still answered.
    expect(await assign(2)).toMatchObject({
      status: 200,
      body: { entry: { numberText: '002/ĐT' } },
    });
    const corrected = await officer.post(`${entries}/1/correct`, {
      json: { note: 'sau khi phục hồi', reason: 'ghi thêm' },
    });
    const books = await officer.get(`${office.home}/books`, after(corrected));
    expect(books.body).toMatchObject({ paused: [{ year: 2024, type: 'SCTDT.BS' }] });
    const health = await fetch(`${office.url}/health/ready`);
    const named = expect.stringContaining(office.agency) as unknown;
    expect(await health.json()).toMatchObject({ details: { registers: { paused: [named] } } });

    const listed = await ops('numbering', 'list', '--json');
    expect(JSON.parse(listed.text)).toMatchObject({ lastNumber: 3, knownLast: 20, proposal: 20 });
    const one = ['--agency', office.agency, '--year', '2024', '--reason', 'nhớ nhầm'];
    expect((await ops('numbering', 'resume', ...one, '--last', '2')).status).toBe(1);
    expect((await assign(21)).status).toBe(503);
    const resumed = await ops('numbering', 'resume', '--all', '--reason', 'đối chiếu sổ in');
    expect(resumed).toMatchObject({
      status: 0,
      text: expect.stringContaining('4–20 recorded as lost'),
    });

    const next = await assign(21);
    expect(next).toMatchObject({ status: 201, body: { entry: { numberText: '021/ĐT' } } });
    const list = await officer.get<{ items: Row[] }>(`${entries}?limit=100`, after(next));
    const states = list.body.items.map(({ number, state }) => `${number} ${state}`);
    expect(states).toEqual(
      Array.from({ length: 21 }, (_, index) => {
        const number = index + 1;
        if (number === 1) return '1 corrected';
        return `${number} ${number > 3 && number < 21 ? 'lost' : 'assigned'}`;
      }),
    );
    expect(list.body.items[4]?.remarks).toContain('Mất dữ liệu');
    expect(await officer.post(`${entries}/5/void`, { json: { reason: 'x' } })).toMatchObject({
      status: 409,
      body: { code: 'ENTRY_LOST' },
    });
    const again = await officer.get(`${office.home}/books`, after(next));
    expect(again.body).toMatchObject({ paused: [] });
  }, 120_000);
});

describe('an older copy of the log put back by hand', () => {
  it('stops the register whose numbers it lacks, and no other, until they are said to be lost', async () => {
    await assignUpToEightWithACopyAtThree();
    await office.api.close();
    await putBackTheCopy(/^events/);

    await office.restart();
    expect(await assign(9)).toMatchObject({ status: 503, body: { code: 'REGISTER_DAMAGED' } });
    expect((await assign(9)).status).toBe(503);
    const other = await office.as('receiving-officer', { agencies: [`${office.agency}.2`] });
    const json = { ...guideBook, closesOn: '2024-12-31' };
    const opened = await other.post(`/v1/agencies/${office.agency}.2/books`, { json });
    expect(opened.status).toBe(201);
    const health = await fetch(`${office.url}/health/ready`);
    const named = expect.stringContaining(office.agency) as unknown;
    expect(await health.json()).toMatchObject({ details: { registers: { damaged: [named] } } });

    const one = ['--agency', office.agency, '--year', '2024', '--reason', 'bản sao cũ'];
    await ops('numbering', 'pause', ...one, '--known-last', '8');
    expect((await ops('numbering', 'resume', ...one, '--last', '8')).status).toBe(0);
    await office.restart();
    expect(await assign(9)).toMatchObject({
      status: 201,
      body: { entry: { numberText: '009/ĐT' } },
    });
  }, 120_000);
});

describe('an older copy of the log under newer read models, with nothing else that remembers', () => {
  it('pauses the register before its first number, offers what the read models knew, and lists what the log holds', async () => {
    await assignUpToEightWithACopyAtThree();
    const eighth = await officer.post(`${entries}/8/correct`, {
      json: { note: 'x', reason: 'ghi' },
    });
    expect((await officer.get(entries, after(eighth))).status).toBe(200);
    await office.api.close();
    await putBackTheCopy(/^(events|heads)/);

    await office.restart();
    expect(await assign(9)).toMatchObject({ status: 503, body: { code: 'REGISTER_PAUSED' } });
    // Until they are filled again it is told that they are of another log.
    let listed = '';
    await until(async () => {
      listed = (await ops('numbering', 'list', '--json')).text;
      return !listed.includes('error');
    });
    expect(JSON.parse(listed)).toMatchObject({ lastNumber: 3, knownLast: 8, proposal: 8 });
    expect((await ops('numbering', 'resume', '--all', '--reason', 'đối chiếu')).status).toBe(0);
    const ninth = await assign(9);
    expect(ninth).toMatchObject({ status: 201, body: { entry: { numberText: '009/ĐT' } } });
    const list = await officer.get<{ items: Row[] }>(`${entries}?limit=100`, after(ninth));
    expect(list.body.items.map(({ number, state }) => `${number} ${state}`)).toEqual([
      ...['1 assigned', '2 assigned', '3 assigned'],
      ...['4 lost', '5 lost', '6 lost', '7 lost', '8 lost', '9 assigned'],
    ]);
    // The log has another event by now, or none, where the lost change stood.
    const lost = { status: 410, body: { code: 'CHANGE_LOST' } };
    expect(await officer.get(entries, after(eighth))).toMatchObject(lost);
    for (const document of [10, 11, 12]) expect((await assign(document)).status).toBe(201);
    expect(await officer.get(entries, after(eighth))).toMatchObject(lost);
    expect((await officer.get(entries, after(ninth))).status).toBe(200);
    expect((await ops('verify')).status).toBe(0);
  }, 120_000);
});

describe('an older copy of the log whose read models are rebuilt before anything follows it', () => {
  it('pauses the register then, and offers what the read models knew', async () => {
    await assignUpToEightWithACopyAtThree();
    const last = await officer.post(`${entries}/8/correct`, { json: { note: 'x', reason: 'ghi' } });
    expect((await officer.get(entries.replace('/entries', ''), after(last))).status).toBe(200);
    await office.api.close();
    await putBackTheCopy(/^(events|heads)/);

    const rebuilt = await ops('rebuild', '--all');
    const paused = expect.stringContaining('numbering paused: the log has lost numbers') as unknown;
    expect(rebuilt).toMatchObject({ status: 0, text: paused });
    const listed = await ops('numbering', 'list', '--json');
    expect(JSON.parse(listed.text)).toMatchObject({ lastNumber: 3, knownLast: 8, proposal: 8 });
    await office.restart();
    expect(await assign(9)).toMatchObject({ status: 503, body: { code: 'REGISTER_PAUSED' } });
  }, 120_000);
});

describe('a row deleted from the log by a hand that took its guards away', () => {
  it('stops its register, and no number is given again', async () => {
    await assignUpTo(5);
    await office.api.close();
    const db = new Database(join(office.dataDir, 'events.db'));
    db.exec(
      "DROP TRIGGER events_are_kept; DELETE FROM events WHERE revision > 3 AND stream LIKE 'register-%'",
    );
    db.close();
    for (const name of ['heads.db', 'heads.db-wal', 'heads.db-shm']) {
      await rm(join(office.dataDir, name), { force: true });
    }
    await office.restart();
    expect(await assign(6)).toMatchObject({ status: 503, body: { code: 'REGISTER_DAMAGED' } });
  }, 60_000);
});
