import { appendFile, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { alone, openSqliteEventStore } from '#event-store';
import { backends, type Backend } from '../support/backends.ts';
import { seal } from '../support/draw/index.ts';
import { startEventStoreDbDouble } from '../support/eventstoredb/server.ts';
import { form, guideBook, openOffice, paper, type Office, type Person } from '../support/office.ts';
import { output, startProcess } from '../support/processes.ts';
import { appendUnreadable } from '../support/stores.ts';

let office: Office;
let officer: Person;
let entries: string;
let folder: string;

const ops = (dataDir: string, args: readonly string[], env: Record<string, string> = {}) =>
  output(startProcess('apps/ops/main.ts', args, { DATA_DIR: dataDir, ...env }));

async function idsIn(dataDir: string): Promise<string[]> {
  const store = openSqliteEventStore(join(dataDir, 'events.db'));
  const ids: string[] = [];
  for await (const { id } of store.readAll()) ids.push(id);
  await store.close();
  return ids;
}

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'backup-'));
  office = await openOffice(backends[0] as Backend);
  officer = await office.as('receiving-officer');
  const json = { ...guideBook, closesOn: '2024-12-31' };
  const opened = await officer.post(`${office.home}/books`, { json });
  entries = `${opened.headers.get('location')}/entries`;
  const clerk = await office.as('clerk');
  await clerk.post(`${office.home}/seals`, { form: form({ name: 'Con dấu' }, await seal()) });
}, 60_000);

afterEach(async () => {
  await office.dispose();
  await rm(folder, { recursive: true, force: true });
});

describe('a backup', () => {
  it('taken while numbers are assigned is the log as it was at one moment, and can be served', async () => {
    let serving = true;
    let assigned = 0;
    const callers = [1, 2, 3, 4].map(async (caller) => {
      for (let document = 1; serving; document += 1) {
        await officer.post(entries, { json: paper({ dossier: `D-${caller}`, document }) });
        assigned += 1;
      }
    });
    const saved = join(folder, 'saved');
    const taken = await ops(office.dataDir, ['backup', saved]);
    serving = false;
    await Promise.all(callers);
    expect(taken).toEqual({
      status: 0,
      text: expect.stringMatching(/^backed up \d+ events and 1 pictures to /),
    });
    const restored = join(folder, 'restored');
    expect((await ops(restored, ['restore', saved])).status).toBe(0);
    const [before, after] = [await idsIn(office.dataDir), await idsIn(restored)];
    expect(after.length).toBeGreaterThan(1);
    expect(after.length).toBeLessThanOrEqual(assigned + 2);
    // The register is paused until somebody has said which number was the last one.
    expect(before.slice(0, after.length - 1)).toEqual(after.slice(0, -1));
    expect(before).not.toContain(after.at(-1));
    const verified = await ops(restored, ['rebuild', '--all']);
    expect(verified.status).toBe(0);
    expect((await ops(restored, ['verify'])).status).toBe(0);
    expect(await readdir(join(restored, 'images'))).toHaveLength(1);
  }, 60_000);

  it('never goes over what is there', async () => {
    const saved = join(folder, 'saved');
    await ops(office.dataDir, ['backup', saved]);
    expect(await ops(office.dataDir, ['backup', saved])).toEqual({
      status: 2,
      text: expect.stringContaining('is there already'),
    });
    const before = await readFile(join(office.dataDir, 'events.db'));
    expect((await ops(office.dataDir, ['restore', saved])).status).toBe(2);
    expect((await readFile(join(office.dataDir, 'events.db'))).equals(before)).toBe(true);
  }, 60_000);

  it('put back has what was sealed before kept aside, and the log sealed anew under another name', async () => {
    const saved = join(folder, 'saved');
    const data = join(folder, 'data');
    await ops(office.dataDir, ['backup', saved]);
    await ops(data, ['restore', saved]);
    const first = await ops(data, ['audit', 'checkpoint']);
    for (const name of ['events.db', 'events.db-wal', 'events.db-shm'])
      await rm(join(data, name), { force: true });
    const again = await ops(data, ['restore', saved]);
    expect(again.text).toContain('sealed anew');
    const aside = (await readdir(data)).filter((name) => name.includes('before-restore-of'));
    expect(aside.map((name) => name.split('.before')[0])).toEqual(
      expect.arrayContaining(['audit-keys.json', 'audit-keys.json.last', 'tlog.db']),
    );
    const second = await ops(data, ['audit', 'checkpoint']);
    const originOf = ({ text }: { readonly text: string }) => text.split('\n')[0];
    expect([first.status, second.status]).toEqual([0, 0]);
    expect(originOf(second)).not.toBe(originOf(first));
    expect((await ops(data, ['audit', 'fsck'])).status).toBe(0);
    // The same backup once more: what is aside stays, and what was sealed since lies beside it.
    const kept = await Promise.all(aside.map((name) => readFile(join(data, name))));
    for (const name of ['events.db', 'events.db-wal', 'events.db-shm'])
      await rm(join(data, name), { force: true });
    expect((await ops(data, ['restore', saved])).status).toBe(0);
    const then = await Promise.all(aside.map((name) => readFile(join(data, name))));
    expect(then.every((bytes, at) => bytes.equals(kept[at] as Buffer))).toBe(true);
    const more = (await readdir(data)).filter((name) => name.endsWith('-2'));
    expect(more.map((name) => name.split('.before')[0])).toEqual(
      expect.arrayContaining(['audit-keys.json', 'tlog.db']),
    );
  }, 60_000);

  it('is put back by one at a time', async () => {
    const saved = join(folder, 'saved');
    const data = join(folder, 'data');
    await ops(office.dataDir, ['backup', saved]);
    await mkdir(data);
    await writeFile(join(data, 'events.db-wal'), 'of a log that is gone');
    const second = await alone(join(data, 'events.db'), () => ops(data, ['restore', saved]));
    expect(second).toEqual({ status: 2, text: expect.stringContaining('somebody else') });
    expect(await readdir(data)).toEqual(['events.db-wal']);
    expect((await ops(data, ['restore', saved])).status).toBe(0);
    expect(await readdir(data)).toEqual(expect.not.arrayContaining(['events.db-wal']));
  }, 60_000);

  it('with a register that cannot be read is put back, and names it', async () => {
    const key = { agency: 'BK-009', type: 'SCTDT.BS', year: 2024 };
    await appendUnreadable(office.api.stores.eventStore, key);
    const saved = join(folder, 'saved');
    expect((await ops(office.dataDir, ['backup', saved])).status).toBe(0);
    const { status, text } = await ops(join(folder, 'data'), ['restore', saved]);
    expect([status, text]).toEqual([
      1,
      expect.stringMatching(/^register-BK-009-.*numbering pause$/m),
    ]);
    expect(text).toMatch(/^\d+ registers give no number/m);
  }, 60_000);

  it('that was damaged or cut off restores nothing', async () => {
    const saved = join(folder, 'saved');
    await ops(office.dataDir, ['backup', saved]);
    await appendFile(join(saved, 'events.db'), 'x');
    const refused = await ops(join(folder, 'new'), ['restore', saved]);
    expect(refused).toEqual({
      status: 2,
      text: expect.stringContaining('is not what was backed up'),
    });
    await rm(join(saved, 'backup.json'));
    expect((await ops(join(folder, 'new'), ['restore', saved])).text).toContain('cut off');
    expect(await readdir(folder)).not.toContain('new');
  }, 60_000);
});

describe('a log as a file', () => {
  it('moves from the embedded store to EventStoreDB and back, and the numbers go on', async () => {
    await officer.post(entries, { json: paper() });
    const double = await startEventStoreDbDouble();
    const server = { EVENTSTORE_URL: double.connectionString };
    const [first, second, third] = ['1', '2', '3'].map((name) => join(folder, name));
    const moves = [
      await ops(office.dataDir, ['log', 'export', first ?? '']),
      await ops(folder, ['log', 'import', first ?? ''], server),
      await ops(folder, ['log', 'export', second ?? ''], server),
      await ops(join(folder, 'new'), ['log', 'import', second ?? '']),
      await ops(join(folder, 'new'), ['log', 'export', third ?? '']),
    ];
    expect(moves.map(({ status, text }) => [status, text.split('\n').at(-2)])).toEqual(
      moves.map((_, index) => [
        0,
        expect.stringContaining(`${index % 2 === 0 ? 'ex' : 'im'}ported 4 events`),
      ]),
    );
    const files = await Promise.all([first, second, third].map((name) => readFile(name ?? '')));
    expect(files[1]?.equals(files[0] as Buffer)).toBe(true);
    expect(files[2]?.equals(files[0] as Buffer)).toBe(true);
    await double.close();
  }, 60_000);
});
