import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

/**
 * Emmett with its SQLite event store, in `bench/peer` with a lock file of its own: it is no
 * dependency of the service, and is fetched when first measured.
 */
const PEER = fileURLToPath(new URL('../../bench/peer/', import.meta.url));
const INSTALL_MS = 15 * 60_000;

const run = promisify(execFile);

/** What one run found; or why there was none. */
export type Peer =
  | { readonly events: number; readonly seconds: number; readonly documents: number }
  | { readonly missing: string };

/** Answers why the peer cannot be had, where it cannot. */
export async function installPeer(): Promise<string | undefined> {
  if (existsSync(join(PEER, 'node_modules', '.package-lock.json'))) return undefined;
  console.error('installing the peer, once; its SQLite driver may be compiled for some minutes');
  try {
    await run('npm', ['ci', '--no-audit', '--no-fund'], { cwd: PEER, timeout: INSTALL_MS });
    return undefined;
  } catch (error) {
    return String(error).slice(0, 300);
  }
}

/** The projection over the first events of our log, copied into the peer's own log beforehand. */
export async function runPeer(folder: string, projection: string, events: number): Promise<Peer> {
  const missing = await installPeer();
  if (missing !== undefined) return { missing };
  const scratch = join(folder, 'peer');
  await mkdir(scratch, { recursive: true });
  try {
    const args = [join(folder, 'events.db'), scratch, projection, String(events)];
    const { stdout } = await run(process.execPath, [join(PEER, 'project.mjs'), ...args]);
    return JSON.parse(stdout) as Exclude<Peer, { missing: string }>;
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
}
