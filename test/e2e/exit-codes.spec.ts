import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { cp, mkdir, mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import type { Readable } from 'node:stream';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import Database from 'better-sqlite3';
import { backends, type Backend } from '../support/backends.ts';
import { seal } from '../support/draw/index.ts';
import { form, guideBook, openOffice, paper, type Office } from '../support/office.ts';
import { startProcess } from '../support/processes.ts';

let office: Office;
let folder: string;
const inFolder = (...names: string[]): string => join(folder, ...names);

interface Ran {
  readonly status: number | null;
  readonly out: string;
  readonly err: string;
}

async function ops(args: string, dataDir: string): Promise<Ran> {
  const words = args.split(' ').map((word) => word.replace('FOLDER', folder));
  const env = { DATA_DIR: dataDir };
  const child = startProcess('apps/ops/main.ts', words, env);
  const streams = [child.stdout, child.stderr].map((stream) => text(stream as Readable));
  const [[out = '', err = '']] = await Promise.all([Promise.all(streams), once(child, 'close')]);
  return { status: child.exitCode, out, err };
}

const REASON = '--reason đối-chiếu';
const REGISTER = 'register-AGENCY-SCTDT.BS-2024';
const resume = (last: number) =>
  `numbering resume --agency AGENCY --year 2024 --last ${last} ${REASON}`;

/** In order, each on the data the ones before have left; what they can end with. */
const steps: readonly (readonly [args: string, data: 'office' | 'new' | 'copy', status: 0 | 1])[] =
  [
    ['projections', 'office', 0],
    ['rebuild register_entries', 'office', 0],
    ['rebuild --abort register_entries', 'office', 1],
    ['rollback register_entries', 'office', 0],
    ['rollback numbering', 'office', 1],
    ['verify', 'office', 0],
    ['repair', 'office', 0],
    [`numbering pause --agency AGENCY --year 2024 ${REASON}`, 'office', 0],
    ['numbering list', 'office', 0],
    [resume(0), 'office', 1],
    [resume(1), 'office', 0],
    [`replay --stream ${REGISTER}`, 'office', 0],
    [`replay --stream ${REGISTER} --from 1 --until 2024-05-10 --step`, 'office', 0],
    [`as-of --stream ${REGISTER} --at 1`, 'office', 0],
    [`difference --stream ${REGISTER} --from 0 --to 2099-12-31`, 'office', 0],
    [`as-of --stream ${REGISTER} --list --at 2099-12-31`, 'office', 0],
    ['history --agency AGENCY --start-at 2024-05-10 --limit 2', 'office', 0],
    ['history --agency AGENCY --from 2024-05-10 --newest-first', 'office', 0],
    ['causation exit-codes --agency AGENCY', 'office', 0],
    ['print FOLDER/so.pdf --agency AGENCY --year 2024', 'office', 0],
    ['print FOLDER/so.csv --agency AGENCY --year 2024 --month 2024-05', 'office', 0],
    [
      'report --agency AGENCY --year 2024 --period half-year --xlsx FOLDER/bao-cao.xlsx',
      'office',
      0,
    ],
    ['agencies import FOLDER/good.csv', 'office', 0],
    ['agencies import FOLDER/other.csv', 'office', 1],
    [`webhooks subscribe --url https://8.8.8.8/ --name trục --types BookDiscarded`, 'office', 0],
    ['webhooks list', 'office', 0],
    ['webhooks show trục', 'office', 0],
    [`webhooks edit trục --types BookDiscarded,NumbersLost ${REASON}`, 'office', 0],
    [`webhooks rotate trục --overlap 0 ${REASON}`, 'office', 0],
    [`webhooks pause trục ${REASON}`, 'office', 0],
    [`webhooks resume trục --from now ${REASON}`, 'office', 0],
    [`webhooks retry trục --all ${REASON}`, 'office', 0],
    [`webhooks drop trục --all ${REASON}`, 'office', 0],
    [`webhooks end trục ${REASON}`, 'office', 0],
    ['log protect', 'office', 0],
    ['log protect --check', 'office', 0],
    ['log export FOLDER/log.gz', 'office', 0],
    ['log import FOLDER/log.gz', 'new', 0],
    ['audit key new', 'office', 0],
    ['audit key show', 'office', 0],
    ['audit checkpoint', 'office', 0],
    ['audit prove --stream seal-AGENCY --revision 0', 'office', 0],
    ['audit prove --agency AGENCY --year 2024 --number 9', 'office', 0],
    ['audit prove --agency AGENCY --year 2024 --dossier none --document 1', 'office', 0],
    ['audit prove --older 1', 'office', 0],
    ['audit bundle FOLDER/bundle.jsonl.gz', 'office', 0],
    ['audit fsck', 'office', 0],
    ['audit fsck --anew', 'office', 0],
    ['audit key rotate', 'office', 0],
    ['backup FOLDER/saved', 'office', 0],
    ['restore FOLDER/saved', 'copy', 0],
    ['token --role clerk --agency BK-001', 'office', 0],
  ];

/** What cannot be done where there is no register, or no file. */
const impossible = [
  'projections',
  'rebuild --all',
  'rollback numbering',
  'verify',
  'repair',
  `retry numbering ${REASON}`,
  `skip numbering ${REASON}`,
  'log export FOLDER/none.gz',
  'log import FOLDER/nothing.gz',
  'log protect',
  'backup FOLDER/none',
  'restore FOLDER/nothing',
  'numbering list',
  `numbering pause --agency BK-001 --year 2024 ${REASON}`,
  `numbering resume --all ${REASON}`,
  'print FOLDER/so.pdf --agency BK-001 --year 2024',
  'report --year 2024 --period year',
  'webhooks list',
  'webhooks show none',
  'webhooks subscribe --url https://8.8.8.8/ --name none',
  `webhooks edit none --name other ${REASON}`,
  `webhooks rotate none ${REASON}`,
  `webhooks pause none ${REASON}`,
  `webhooks resume none ${REASON}`,
  `webhooks end none ${REASON}`,
  `webhooks retry none --all ${REASON}`,
  `webhooks drop none --all ${REASON}`,
  'agencies import FOLDER/nothing.csv',
  'replay --stream register-BK-001-SCTDT.BS-2024',
  'as-of --stream agency-BK-001 --at 0',
  'difference --stream agency-BK-001 --from 0 --to 1',
  'history --agency BK-001',
  'causation none --agency BK-001',
  'audit key new',
  'audit key show',
  'audit key rotate',
  'audit checkpoint',
  'audit prove --stream seal-BK-001 --revision 0',
  'audit bundle FOLDER/none.jsonl',
  'audit fsck',
  'token --role nobody',
];

/** What cannot be done though there is a register. */
const refused = [
  `retry numbering ${REASON}`,
  `skip numbering ${REASON}`,
  'replay --stream register-NOBODY-SCTDT.BS-2024',
  `as-of --stream ${REGISTER} --at 999`,
  `difference --stream ${REGISTER} --from 0 --to 999`,
  'causation nobody-asked-this --agency AGENCY',
  'audit prove --stream seal-AGENCY --revision 999',
  'agencies import FOLDER/broken.csv',
  'webhooks show nobody',
  'webhooks subscribe --url https://127.0.0.1/ --name none',
  'webhooks subscribe --url https://8.8.8.8/ --name none --from 12345',
  'webhooks subscribe --url https://8.8.8.8/ --name none --agency bk',
  `webhooks pause trục ${REASON}`,
  `webhooks rotate trục --overlap 9999 ${REASON}`,
  `webhooks retry trục ${REASON}`,
  `webhooks drop trục none ${REASON}`,
];

/** In order, on a log in which an event was put by a newer version, and another was rewritten. */
const onDamaged: readonly (readonly [args: string, status: 0 | 1 | 2])[] = [
  ['rebuild numbering', 1],
  ['projections', 0],
  ['verify numbering', 1],
  ['repair numbering', 1],
  [`replay --stream ${REGISTER}`, 2],
  ['audit fsck', 1],
  ['log protect --check', 1],
  ['log protect', 0],
];

/** A copy of the office's files whose guards are gone, with an event of an unknown type, and one rewritten. */
async function damage({ dataDir, agency }: Office, to: string): Promise<void> {
  await mkdir(to);
  for (const name of ['events.db', 'tlog.db', 'read.db']) {
    const db = new Database(join(dataDir, name), { readonly: true });
    db.exec(`VACUUM INTO '${join(to, name)}'`);
    db.close();
  }
  await cp(join(dataDir, 'audit-keys.json'), join(to, 'audit-keys.json'));
  const log = new Database(join(to, 'events.db'));
  const triggers = log.prepare("SELECT name FROM sqlite_schema WHERE type = 'trigger'").pluck();
  for (const name of triggers.all() as string[]) {
    if (name !== 'events_are_counted') log.exec(`DROP TRIGGER ${name}`);
  }
  const stream = `register-${agency}-SCTDT.BS-2024`;
  log
    .prepare(
      `INSERT INTO events (stream, revision, id, type, data, metadata, recorded_at)
       SELECT stream, revision + 1, ?, 'EntryCopyReissued', data, metadata, recorded_at
       FROM events WHERE stream = ? ORDER BY revision DESC LIMIT 1`,
    )
    .run(randomUUID(), stream);
  log.exec(
    `UPDATE events SET data = replace(data, 'Con dấu', 'Con khác') WHERE stream = 'seal-${agency}'`,
  );
  log.close();
}

const dataDirs = () => ({
  office: office.dataDir,
  new: inFolder('new'),
  copy: inFolder('copy'),
});

const isJson = (line: string): boolean => {
  JSON.parse(line);
  return true;
};
const linesOf = (told: string): string[] => told.split('\n').filter((line) => line !== '');
const STACK = /\n\s+at .*(:\d+:\d+|<anonymous>)|node:internal/;

describe('what a command of an operator ends with, and says to machines', () => {
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'exits-'));
    await mkdir(inFolder('empty'));
    office = await openOffice(backends[0] as Backend);
    const officer = await office.as('receiving-officer');
    const json = { ...guideBook, closesOn: '2024-12-31' };
    const opened = await officer.post(`${office.home}/books`, { json });
    await officer.post(`${opened.headers.get('location')}/entries`, {
      json: paper(),
      headers: { 'x-correlation-id': 'exit-codes' },
    });
    const clerk = await office.as('clerk');
    await clerk.post(`${office.home}/seals`, { form: form({ name: 'Con dấu' }, await seal()) });
    const head = 'code,name,level\n';
    await writeFile(inFolder('good.csv'), `${head}EXIT-1,UBND xã,commune\n`);
    await writeFile(inFolder('broken.csv'), 'code,name\n"EXIT-2');
    await writeFile(inFolder('other.csv'), `${head}EXIT-1,UBND xã khác,commune\n`);
  }, 60_000);
  afterAll(async () => {
    await office.dispose();
    await rm(folder, { recursive: true, force: true });
  });

  it.each(steps)(
    '%s on the data of %s: %i',
    async (args, data, status) => {
      const asked = `${args.replace('AGENCY', office.agency)} --json`;
      const ran = await ops(asked, dataDirs()[data]);
      expect(ran).toMatchObject({ status });
      const lines = linesOf(ran.out);
      expect(lines.length).toBeGreaterThan(0);
      expect(lines.every(isJson)).toBe(true);
      expect(ran.err).not.toMatch(STACK);
    },
    30_000,
  );

  it('what differs or is missing is 1, for machines too', async () => {
    const images = inFolder('copy', 'images');
    const [picture = ''] = (await readdir(images, { recursive: true })).filter((name) =>
      /[0-9a-f]{64}/.test(name),
    );
    await rm(join(images, picture));
    for (const args of ['verify', 'backup FOLDER/second']) {
      const ran = await ops(`${args} --json`, inFolder('copy'));
      expect([args, ran.status, linesOf(ran.out).every(isJson)]).toEqual([args, 1, true]);
      expect(ran.err).not.toMatch(STACK);
    }
  }, 30_000);

  it.each(refused)(
    '%s on the data of the office: 2',
    async (args) => {
      const ran = await ops(`${args.replace('AGENCY', office.agency)} --json`, office.dataDir);
      expect(ran).toMatchObject({ status: 2, out: '' });
      expect(linesOf(ran.err).every(isJson)).toBe(true);
    },
    30_000,
  );

  it('an event that cannot be read, and one that was rewritten, are 1 until they are seen to', async () => {
    const damaged = inFolder('damaged');
    await ops('audit checkpoint', office.dataDir);
    await damage(office, damaged);
    const told: [string, number | null][] = [];
    for (const [args] of onDamaged) {
      const ran = await ops(`${args.replace('AGENCY', office.agency)} --json`, damaged);
      told.push([args, ran.status]);
      expect([args, ran.err]).toEqual([args, expect.not.stringMatching(STACK)]);
      expect(linesOf(ran.out).every(isJson)).toBe(true);
    }
    expect(told).toEqual(onDamaged);
  }, 120_000);

  it.each(impossible)(
    '%s where there is nothing: 2, in a line, and nothing is made',
    async (args) => {
      const ran = await ops(`${args} --json`, inFolder('empty'));
      expect(ran).toMatchObject({ status: 2, out: '' });
      const [line = '', ...more] = linesOf(ran.err);
      expect(more).toEqual([]);
      expect(JSON.parse(line)).toEqual({ error: expect.any(String) });
      expect(ran.err).not.toMatch(STACK);
      expect(await readdir(inFolder('empty'))).toEqual([]);
    },
    30_000,
  );

  it.each(impossible.map((args) => args.split(/ (?:--|FOLDER|numbering)/)[0] as string))(
    '%s with an option there is not: 2',
    async (args) => {
      const ran = await ops(`${args} --no-such-option`, inFolder('empty'));
      expect(ran).toMatchObject({ status: 2, out: '' });
      expect(ran.err).toMatch(/^error: /);
      expect(ran.err).not.toMatch(STACK);
    },
    30_000,
  );

  it('is said here of every command there is', async () => {
    const files = [
      'main.ts',
      'audit-commands.ts',
      'replay-command.ts',
      'history-commands.ts',
      'print-command.ts',
      'report-command.ts',
      'webhook-commands.ts',
    ].map((name) => readFile(join(import.meta.dirname, '../../apps/ops', name), 'utf8'));
    const source = (await Promise.all(files)).join('\n');
    const groups = ['log', 'numbering', 'agencies', 'audit', 'key', 'webhooks'];
    const there = [...source.matchAll(/\.command\('([\w-]+)'\)/g)].map(([, name]) => name);
    const walked = impossible.map((args) => args.split(' '));
    const named = walked.map((words) => words.find((word) => !groups.includes(word)));
    expect(there.filter((name) => !groups.includes(name ?? '')).sort()).toEqual(named.sort());
  });
});
