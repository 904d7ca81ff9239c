import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { chmod, chown, mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { promisify } from 'node:util';

const run = promisify(execFile);
/** PostgreSQL refuses to run as root; nobody's account owns nothing else. */
const NOBODY = 65534;
const DEBIAN = '/usr/lib/postgresql';
const START_MS = 30_000;

/** A PostgreSQL of the bench's own, everything but the number of its connections at its default. */
export interface Postgres {
  readonly version: string;
  /** The folder of its socket; it listens nowhere else. */
  readonly place: string;
  stop(): Promise<void>;
}

/** Where `postgres` and `initdb` lie: on the path, or where Debian has them. */
async function findPrograms(): Promise<string | undefined> {
  const versions = await readdir(DEBIAN).catch(() => []);
  const folders = [
    ...(process.env['PATH'] ?? '').split(delimiter),
    ...versions.map((version) => join(DEBIAN, version, 'bin')),
  ];
  return folders.find((folder) =>
    ['postgres', 'initdb'].every((name) => existsSync(join(folder, name))),
  );
}

/** Starts a server on data of its own. Answers why it can't be had, where it can't. */
export async function startPostgres(): Promise<Postgres | { readonly missing: string }> {
  const programs = await findPrograms();
  if (programs === undefined) return { missing: 'no PostgreSQL here (apt-get install postgresql)' };
  const account = process.getuid?.() === 0 ? { uid: NOBODY, gid: NOBODY } : {};
  const place = await mkdtemp(join(tmpdir(), 'bench-pg-'));
  await chmod(place, 0o700);
  if (account.uid !== undefined) await chown(place, account.uid, account.gid);
  const options = { ...account, cwd: place, env: { LC_ALL: 'C', PATH: process.env['PATH'] } };
  const data = join(place, 'data');
  const made = ['-D', data, '-U', 'bench', '-A', 'trust', '-E', 'UTF8', '--no-locale'];
  await run(join(programs, 'initdb'), made, options);
  const { stdout } = await run(join(programs, 'postgres'), ['--version'], options);
  const served = ['-D', data, '-k', place, '-h', '', '-N', '100'];
  const child = spawn(join(programs, 'postgres'), served, {
    ...options,
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  const stop = async (): Promise<void> => {
    if (child.exitCode === null && child.signalCode === null) {
      child.kill('SIGINT');
      await once(child, 'exit');
    }
    await rm(place, { recursive: true, force: true });
  };
  if (!(await isTaking(child))) {
    await stop();
    return { missing: 'PostgreSQL does not start' };
  }
  return { version: stdout.trim(), place, stop };
}

/** Whether it takes connections at last: it says so. */
function isTaking(child: ChildProcess): Promise<boolean> {
  const said = new Promise<boolean>((resolve) => {
    child.stderr?.on('data', (lines: Buffer) => {
      if (lines.includes('ready to accept connections')) resolve(true);
    });
    child.once('exit', () => resolve(false));
  });
  return Promise.race([said, delay(START_MS, false, { ref: false })]);
}
