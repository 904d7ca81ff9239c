import { execFile } from 'node:child_process';
import { mkdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

/**
 * Those that are measured beside us, each folder with a lock file of its own: they are no dependency
 * of the service, and are fetched when first measured.
 */
export type PeerFolder = 'peer' | 'peer-eventstoredb';

const pathOf = (peer: PeerFolder): string =>
  fileURLToPath(new URL(`../../bench/${peer}/`, import.meta.url));
const INSTALL_MS = 15 * 60_000;

const run = promisify(execFile);

/** What one run printed; or why there was none. */
export type Peer<T> = T | { readonly missing: string };

interface Lock {
  readonly packages: Readonly<
    Record<string, { readonly version?: string; readonly optional?: boolean }>
  >;
}

/** Whether all of them are there as the lock file has them, for what has been installed here before. */
async function areInstalled(peers: string): Promise<boolean> {
  const read = async (path: string): Promise<Lock> => {
    const text = await readFile(join(peers, path), 'utf8').catch(() => '{"packages":{}}');
    return JSON.parse(text) as Lock;
  };
  const wanted = await read('package-lock.json');
  const found = await read('node_modules/.package-lock.json');
  const names = Object.keys(wanted.packages).filter((name) => name !== '');
  return names.every((name) => {
    const { version, optional } = wanted.packages[name] ?? {};
    return optional === true || found.packages[name]?.version === version;
  });
}

/** Answers why they cannot be had, where they cannot. */
async function installPeers(peers: string): Promise<string | undefined> {
  if (await areInstalled(peers)) return undefined;
  console.error('installing the peers, once; a SQLite driver may be compiled for some minutes');
  try {
    await run('npm', ['ci', '--no-audit', '--no-fund'], { cwd: peers, timeout: INSTALL_MS });
    return undefined;
  } catch (error) {
    return String(error).slice(0, 300);
  }
}

/** Runs one of them, `peer/assign-emmett.mjs`, which is told a folder of its own last and prints one line of JSON. */
export async function runPeer<T>(
  folder: string,
  script: `${PeerFolder}/${string}`,
  args: readonly string[],
): Promise<Peer<T>> {
  const [peer, file = ''] = script.split('/') as [PeerFolder, string?];
  const peers = pathOf(peer);
  const missing = await installPeers(peers);
  if (missing !== undefined) return { missing };
  const scratch = join(folder, 'peer');
  await mkdir(scratch, { recursive: true });
  try {
    const { stdout } = await run(process.execPath, [join(peers, file), ...args, scratch]);
    // A library may have had something to say before that.
    return JSON.parse(stdout.trim().split('\n').at(-1) ?? '') as T;
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
}
