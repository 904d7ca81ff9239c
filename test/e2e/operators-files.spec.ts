import {
  chmod,
  copyFile,
  mkdir,
  mkdtemp,
  readdir,
  readFile,
  rm,
  stat,
  symlink,
  writeFile,
} from 'node:fs/promises';
import { createHash } from 'node:crypto';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { alone } from '#event-store';
import { backends, type Backend } from '../support/backends.ts';
import { seal } from '../support/draw/index.ts';
import { form, guideBook, openOffice, paper, type Office } from '../support/office.ts';
import { output, startProcess } from '../support/processes.ts';

let office: Office;
let folder: string;

const ops = (dataDir: string, args: readonly string[], env: Record<string, string> = {}) =>
  output(startProcess('apps/ops/main.ts', args, { DATA_DIR: dataDir, ...env }));

const inFolder = (...names: string[]): string => join(folder, ...names);
const sha256 = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('hex');

/** Every file below, by its path. */
async function filesIn(path: string): Promise<string[]> {
  const entries = await readdir(path, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => !entry.isDirectory());
  return files.map((entry) => join(entry.parentPath, entry.name)).sort();
}

const pictureIn = async (dataDir: string): Promise<string> =>
  (await filesIn(join(dataDir, 'images')))[0] ?? '';

beforeAll(async () => {
  office = await openOffice(backends[0] as Backend);
  const officer = await office.as('receiving-officer');
  const json = { ...guideBook, closesOn: '2024-12-31' };
  const opened = await officer.post(`${office.home}/books`, { json });
  await officer.post(`${opened.headers.get('location')}/entries`, { json: paper() });
  const clerk = await office.as('clerk');
  await clerk.post(`${office.home}/seals`, { form: form({ name: 'Con dấu' }, await seal()) });
}, 60_000);

afterAll(() => office.dispose());

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'operators-'));
});

afterEach(() => rm(folder, { recursive: true, force: true }));

describe('a restore takes exactly what a backup writes', () => {
  beforeEach(async () => {
    await ops(office.dataDir, ['backup', inFolder('saved')]);
  }, 30_000);

  const rewritten = async (edit: (manifest: Record<string, unknown>) => object): Promise<void> => {
    const path = inFolder('saved', 'backup.json');
    const manifest = JSON.parse(await readFile(path, 'utf8')) as Record<string, unknown>;
    await writeFile(path, JSON.stringify(edit(manifest)));
  };

  it('a name that leads out of the folder touches nothing outside', async () => {
    await writeFile(inFolder('victim.txt'), 'whole');
    const planted = await readFile(inFolder('saved', 'events.db'));
    await writeFile(inFolder('planted.db'), planted);
    await rewritten(({ databases, ...rest }) => ({
      ...rest,
      databases: {
        ...(databases as object),
        '../planted.db': sha256(planted),
        '../victim.txt': sha256(Buffer.from('whole')),
      },
    }));
    await mkdir(inFolder('deep'));
    const refused = await ops(inFolder('deep', 'data'), ['restore', inFolder('saved')]);
    expect(refused).toEqual({
      status: 2,
      text: expect.stringContaining('backup.json is not what'),
    });
    expect(await readFile(inFolder('victim.txt'), 'utf8')).toBe('whole');
    expect(await readdir(inFolder('deep'))).toEqual([]);
  }, 30_000);

  it.each([
    ['a hash that is none', { databases: { 'events.db': '../../x' } }],
    ['a count that is none', { images: -1 }],
    ['a picture by a path', { missing: ['../../x'] }],
    ['a field nobody writes', { more: true }],
    ['another number of events', { events: 2 }],
  ])(
    'a manifest with %s restores nothing',
    async (_what, change) => {
      await rewritten((manifest) => ({ ...manifest, ...change }));
      expect((await ops(inFolder('data'), ['restore', inFolder('saved')])).status).toBe(2);
      expect(await readdir(folder)).toEqual(['saved']);
    },
    30_000,
  );

  it('never through a link that stands in its way', async () => {
    await writeFile(inFolder('victim.txt'), 'whole');
    await mkdir(inFolder('data'));
    await symlink(inFolder('victim.txt'), inFolder('data', 'events.db.restoring'));
    expect((await ops(inFolder('data'), ['restore', inFolder('saved')])).status).toBe(0);
    expect(await readFile(inFolder('victim.txt'), 'utf8')).toBe('whole');
  }, 30_000);

  it('keeps who looked since the backup', async () => {
    await mkdir(inFolder('data'));
    await copyFile(inFolder('saved', 'access.db'), inFolder('data', 'access.db'));
    const { ino } = await stat(inFolder('data', 'access.db'));
    expect((await ops(inFolder('data'), ['restore', inFolder('saved')])).status).toBe(0);
    expect((await stat(inFolder('data', 'access.db'))).ino).toBe(ino);
  }, 30_000);
});

describe('a backup saves what the log names', () => {
  /** The office's data, by way of a backup, to be damaged. */
  const copied = async (): Promise<string> => {
    await ops(office.dataDir, ['backup', inFolder('first')]);
    await ops(inFolder('data'), ['restore', inFolder('first')]);
    return inFolder('data');
  };

  it.each([
    ['missing', (picture: string) => rm(picture)],
    ['damaged', (picture: string) => writeFile(picture, 'something else')],
  ])(
    'and names a picture that is %s, with the log saved all the same; verify names it too',
    async (problem, damage) => {
      const data = await copied();
      const picture = await pictureIn(data);
      await damage(picture);
      const line = new RegExp(`picture ${picture.slice(-64)} is ${problem}; SealRegistered seal-`);
      const saved = await ops(data, ['backup', inFolder('second')]);
      expect(saved).toEqual({ status: 1, text: expect.stringMatching(line) });
      expect(await ops(data, ['verify'])).toEqual({ status: 1, text: expect.stringMatching(line) });
      const again = await ops(inFolder('again'), ['restore', inFolder('second')]);
      expect(again).toEqual({ status: 1, text: expect.stringContaining(picture.slice(-64)) });
      expect((await ops(inFolder('again'), ['log', 'export', inFolder('log')])).status).toBe(0);
    },
    60_000,
  );

  it('and names access records that cannot be read, with the log saved all the same', async () => {
    const data = await copied();
    await writeFile(join(data, 'access.db'), Buffer.alloc(64 * 1024, 0xa5));
    const saved = await ops(data, ['backup', inFolder('second')]);
    expect(saved).toEqual({ status: 1, text: expect.stringContaining('access.db is not saved') });
    expect((await ops(inFolder('again'), ['restore', inFolder('second')])).status).toBe(0);
  }, 60_000);

  it('and nothing else that lies in the folder', async () => {
    const data = await copied();
    const stray = sha256(Buffer.from('stray'));
    const place = join(data, 'images', stray.slice(0, 2), stray.slice(2, 4));
    await mkdir(place, { recursive: true });
    await writeFile(join(place, stray), 'stray');
    expect((await ops(data, ['backup', inFolder('second')])).status).toBe(0);
    expect(await filesIn(inFolder('second', 'images'))).toHaveLength(1);
  }, 60_000);

  it('and is repeated into the same folder after it was cut off', async () => {
    const saved = inFolder('saved');
    await mkdir(saved);
    // As one that was killed, or ran out of disk, leaves it.
    await writeFile(join(saved, 'unfinished'), '');
    await writeFile(join(saved, 'events.db'), 'half a database');
    await writeFile(join(saved, 'events.db-journal'), 'half a journal');
    expect((await ops(office.dataDir, ['backup', saved])).status).toBe(0);
    expect((await readdir(saved)).sort()).toEqual([
      'access.db',
      'backup.json',
      'events.db',
      'images',
      'webhooks.db',
    ]);
    expect((await ops(inFolder('data'), ['restore', saved])).status).toBe(0);
  }, 60_000);

  it('and goes into no folder of something else', async () => {
    await writeFile(inFolder('letter.txt'), 'dear');
    expect(await ops(office.dataDir, ['backup', folder])).toEqual({
      status: 2,
      text: expect.stringContaining('is there already'),
    });
    expect(await readdir(folder)).toEqual(['letter.txt']);
  }, 30_000);

  it('and of two into one folder, or one bundle into one file, the second is refused', async () => {
    await mkdir(inFolder('saved'));
    for (const [args, path] of [
      [['backup', inFolder('saved')], inFolder('saved', 'backup.json')],
      [['audit', 'bundle', inFolder('b.jsonl')], inFolder('b.jsonl')],
    ] as const) {
      const before = await filesIn(folder);
      const second = await alone(path, () => ops(office.dataDir, args));
      expect(second).toEqual({
        status: 2,
        text: expect.stringContaining(`${path}: somebody else`),
      });
      expect(await filesIn(folder)).toEqual(before);
      // What a kill leaves is in nobody's way.
      await writeFile(`${path}.part.lock`, '');
      expect((await ops(office.dataDir, args)).status).toBe(0);
    }
    expect((await readdir(folder)).sort()).toEqual(['b.jsonl', 'saved']);
    expect(await readdir(inFolder('saved'))).not.toContain('backup.json.part.lock');
  }, 60_000);

  it('and says that it is none where the folder cannot take it', async () => {
    await writeFile(inFolder('file'), '');
    const { status, text } = await ops(office.dataDir, ['backup', inFolder('file', 'saved')]);
    expect([status, text.split('\n').length]).toEqual([2, 2]);
  }, 30_000);
});

describe('a log as a file is looked at before it is taken', () => {
  const edited = async (edit: (line: string) => string): Promise<void> => {
    await ops(office.dataDir, ['log', 'export', inFolder('log')]);
    const lines = gunzipSync(await readFile(inFolder('log')))
      .toString()
      .split('\n');
    const [header = '', ...rest] = lines.slice(0, -2);
    const events = rest.map((line, at) => (at === 1 ? edit(line) : line));
    const hash = sha256(Buffer.from(`${[header, ...events].join('\n')}\n`));
    const footer = JSON.stringify({ events: events.length, sha256: hash });
    await writeFile(inFolder('log'), gzipSync(`${[header, ...events, footer].join('\n')}\n`));
  };

  it.each([
    ['an unknown kind of event', (line: string) => line.replace(/"type":"\w+"/, '"type":"Made"')],
    [
      'no data',
      (line: string) => line.replace(/"data":\{.*\},"metadata"/, '"data":null,"metadata"'),
    ],
    [
      'data of no use',
      (line: string) => line.replace(/"data":\{.*\},"metadata"/, '"data":{},"metadata"'),
    ],
    [
      'no metadata',
      (line: string) => line.replace(/"metadata":\{.*\},"rec/, '"metadata":null,"rec'),
    ],
    ['no JSON', () => '{'],
  ])(
    '%s is refused by its line, and nothing is made',
    async (_what, edit) => {
      await edited(edit);
      const refused = await ops(inFolder('data'), ['log', 'import', inFolder('log')]);
      expect(refused).toEqual({ status: 2, text: expect.stringMatching(/line 3: /) });
      expect(await readdir(folder)).toEqual(['log']);
    },
    30_000,
  );

  it('a line without an end is refused by its number, in little memory', async () => {
    const header = '{"format":"event-log","version":1}\n';
    const bomb = Buffer.concat([Buffer.from(header), Buffer.alloc(256 * 2 ** 20, 0x20)]);
    await writeFile(inFolder('log'), gzipSync(bomb));
    const env = { NODE_OPTIONS: '--max-old-space-size=64' };
    const refused = await ops(inFolder('data'), ['log', 'import', inFolder('log')], env);
    expect(refused).toEqual({ status: 2, text: expect.stringContaining('line 2: longer than') });
  }, 60_000);

  it('a file that unpacks to more than any log does is refused too', async () => {
    const header = '{"format":"event-log","version":1}\n';
    const lines = Buffer.alloc(256 * 2 ** 20, `${' '.repeat(2 ** 20 - 1)}\n`);
    await writeFile(inFolder('log'), gzipSync(Buffer.concat([Buffer.from(header), lines])));
    expect((await ops(inFolder('data'), ['log', 'import', inFolder('log')])).status).toBe(2);
    expect(await readdir(folder)).toEqual(['log']);
  }, 60_000);
});

describe('where there is no register', () => {
  const commands: readonly (readonly string[])[] = [
    ['projections'],
    ['rebuild', '--all'],
    ['rebuild', '--abort', '--all'],
    ['rollback', 'book_list'],
    ['verify'],
    ['repair'],
    ['repair', '--dry-run'],
    ['retry', 'book_list', '--reason', 'thử lại'],
    ['skip', 'book_list', '--reason', 'bỏ qua'],
    ['log', 'export', '/nowhere/log'],
    ['log', 'protect', '--check'],
    ['backup', '/nowhere/backup'],
    ['numbering', 'list'],
    ['numbering', 'pause', '--agency', 'BK-001', '--year', '2024', '--reason', 'kiểm tra'],
    ['numbering', 'resume', '--all', '--reason', 'đối chiếu'],
  ];

  it.each(commands.map((args) => [args.join(' '), args] as const))(
    '%s says so, ends with 2 and makes nothing',
    async (_name, args) => {
      for (const dataDir of [folder, inFolder('mistyped')]) {
        const { status, text } = await ops(dataDir, [...args, '--json']);
        expect(status).toBe(2);
        expect(JSON.parse(text)).toEqual({
          error: expect.stringMatching(/no register here|there is no log/),
        });
      }
      expect(await readdir(folder)).toEqual([]);
    },
    30_000,
  );
});

describe('what ops answers', () => {
  it.each([
    ['a wrong option', ['verify', '--smaple', '1%']],
    ['a wrong value', ['verify', '--sample', '0%']],
    ['no such command', ['vreify']],
    ['no such projection', ['verify', 'books']],
    ['a missing argument', ['rollback']],
    ['no such file', ['log', 'import', '/nowhere/log']],
    ['no such backup', ['restore', '/nowhere/backup']],
    ['no such list', ['agencies', 'import', '/nowhere/agencies.csv']],
    ['a role that is none', ['token', '--role', 'king']],
    ['a file that cannot be written', ['log', 'export', '/nowhere/log']],
  ])(
    '%s is 2, in words, without a stack',
    async (_what, args) => {
      const { status, text } = await ops(office.dataDir, args);
      expect([status, /^\s+at .*(:\d+:\d+|<anonymous>)/m.test(text)]).toEqual([2, false]);
    },
    30_000,
  );

  it.each([
    ['projections', '--json'],
    ['verify', '--json'],
    ['repair', '--json'],
    ['numbering', 'list', '--json'],
    ['log', 'protect', '--check', '--json'],
    ['token', '--role', 'clerk', '--agency', 'BK-001', '--json'],
  ])(
    'is 0 and lines of JSON where all is right: %s %s',
    async (...args) => {
      const { status, text } = await ops(office.dataDir, args);
      const lines = text.split('\n').filter((line) => line !== '');
      expect(lines.map((line) => typeof JSON.parse(line))).toEqual(lines.map(() => 'object'));
      expect(status).toBe(0);
    },
    30_000,
  );

  it('never shows a password, whichever driver says what is wrong', async () => {
    const password = 'p%40ss/w0rd-of-ours';
    const urls: Record<string, string>[] = [
      { EVENTSTORE_URL: `esdb://admin:${password}@nowhere.invalid:1?tls=false&nonsense=1` },
      { EVENTSTORE_URL: `esdb://admin:${password}@[bad` },
      { MONGODB_URL: `mongodb://admin:${password}@nowhere.invalid:1/?serverSelectionTimeoutMS=10` },
      { MONGODB_URL: `mongodb://admin:${password}@@bad` },
      { MONGODB_URL: `mongodb+srv://admin:${password}@nowhere.invalid:27017` },
    ];
    for (const env of urls) {
      const { status, text } = await ops(office.dataDir, ['verify'], env);
      expect([status, /w0rd-of-ours/.test(text), /^\s+at /m.test(text)]).toEqual([2, false, false]);
    }
  }, 120_000);
});

describe('what lies on the disk', () => {
  it('is its owner’s alone, whatever the umask', async () => {
    await chmod(office.dataDir, 0o755);
    const files = (await filesIn(office.dataDir)).filter((file) => /\.db(-\w+)?$/.test(file));
    expect(files.length).toBeGreaterThan(3);
    await ops(office.dataDir, ['backup', inFolder('saved')]);
    files.push(...(await filesIn(inFolder('saved'))).filter((file) => !file.includes('images')));
    for (const file of files) {
      const { mode } = await stat(file);
      expect([file, (mode & 0o077).toString(8)]).toEqual([file, '0']);
    }
  }, 30_000);
});
