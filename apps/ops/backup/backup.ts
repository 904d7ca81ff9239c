import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Runners, type KnownNumber } from '#commands';
import { createClock, type Config } from '#config';
import { displayDate } from '#domain';
import { openSqliteEventStore } from '#event-store';
import { openDiskImageStore } from '#image-store';
import { knownBesideLog } from '../numbering/known.ts';
import { pauseAfterLoss, type Operator } from '../numbering/pause.ts';
import { checkDatabase, copyDatabase, exists, place, sealed, sha256OfFile } from './files.ts';

/**
 * What cannot be made anew: the log, who looked, and the pictures. Read models are rebuilt from the
 * log when the service starts on what was restored.
 */
const DATABASES = ['events.db', 'access.db'] as const;
const MANIFEST = 'backup.json';

interface Manifest {
  readonly format: 'so-chung-thuc-backup';
  readonly version: 1;
  readonly createdAt: string;
  readonly events: number;
  readonly images: number;
  /** SHA-256 of each database that was there. */
  readonly databases: Readonly<Record<string, string>>;
}

export type BackupFacts = Pick<Manifest, 'createdAt' | 'events' | 'images'>;

function requireEmbedded(config: Config): void {
  if (config.EVENTSTORE_URL === undefined && config.MONGODB_URL === undefined) return;
  throw new RangeError(
    'EventStoreDB and MongoDB have backups of their own; see docs/operations.md',
  );
}

/**
 * Copies the embedded data to a folder that is not there yet, while the service goes on. The log
 * comes before the pictures: a picture is kept before an event names it, so none is missed.
 * @throws RangeError
 */
export async function backup(config: Config, folder: string): Promise<BackupFacts> {
  requireEmbedded(config);
  if (await exists(folder)) throw new RangeError(`${folder} is there already; name a new folder`);
  const source = join(config.DATA_DIR, 'events.db');
  if (!(await exists(source))) throw new RangeError(`${source}: there is no log to back up`);
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const there: string[] = [];
  for (const name of DATABASES) {
    if (!(await exists(join(config.DATA_DIR, name)))) continue;
    await copyDatabase(join(config.DATA_DIR, name), join(folder, name));
    there.push(name);
  }
  const facts = {
    createdAt: new Date().toISOString(),
    events: await countEvents(join(folder, 'events.db')),
    images: await copyImages(config.DATA_DIR, folder),
  };
  const databases: Record<string, string> = {};
  for (const name of there) databases[name] = await sealed(join(folder, name));
  const manifest: Manifest = { format: 'so-chung-thuc-backup', version: 1, ...facts, databases };
  // Last: a folder without it is no backup.
  await writeFile(join(folder, MANIFEST), `${JSON.stringify(manifest, null, 2)}\n`);
  return facts;
}

export interface Restored extends BackupFacts {
  /** Registers that give no number until an operator has confirmed the last one. */
  readonly paused: number;
}

/** Files derived from the log that was there before, and of no use beside another. */
const DERIVED = /^(heads|read)\./;

/**
 * Puts a backup into a data folder that holds no log. Everything is checked before anything is
 * written; the log comes last, so a restore that was cut off is simply run again. Since the backup
 * numbers may have been given that it does not know: the log comes with every register paused that
 * may have lost some, with the last number that heads and read models know of it.
 * @throws RangeError
 */
export async function restore(
  config: Config,
  folder: string,
  operator: Operator,
): Promise<Restored> {
  requireEmbedded(config);
  const target = join(config.DATA_DIR, 'events.db');
  if (await exists(target))
    throw new RangeError(`${target} is there already: nothing was restored`);
  const manifest = await readManifest(folder);
  for (const [name, sha256] of Object.entries(manifest.databases)) {
    const damaged = (await sha256OfFile(join(folder, name))) !== sha256;
    if (damaged) throw new RangeError(`${join(folder, name)} is not what was backed up`);
    checkDatabase(join(folder, name));
  }
  await mkdir(config.DATA_DIR, { recursive: true, mode: 0o700 });
  const images = await copyImages(folder, config.DATA_DIR);
  if (images < manifest.images) {
    throw new RangeError(`${manifest.images - images} pictures are missing in ${folder}`);
  }
  const last = (name: string): number => (name === 'events.db' ? 1 : 0);
  const names = Object.keys(manifest.databases).sort((a, b) => last(a) - last(b));
  const known = await knownBesideLog(config);
  let paused = 0;
  for (const name of names) {
    await place(join(folder, name), join(config.DATA_DIR, name), async (copy) => {
      if (name !== 'events.db') return;
      const reason = `Phục hồi từ bản sao lưu ngày ${displayDate(manifest.createdAt)}`;
      paused = await pausedIn(copy, known, { config, reason, operator });
      await removeDerived(config.DATA_DIR);
    });
  }
  return { ...manifest, paused };
}

interface Pausing {
  readonly config: Config;
  readonly reason: string;
  readonly operator: Operator;
}

async function pausedIn(
  path: string,
  known: readonly KnownNumber[],
  pausing: Pausing,
): Promise<number> {
  const clock = createClock(pausing.config);
  const eventStore = openSqliteEventStore(path);
  try {
    const runners = new Runners(eventStore, { now: () => clock.now() });
    return await pauseAfterLoss({ runners, eventStore }, known, pausing);
  } finally {
    await eventStore.close();
    await sealed(path);
  }
}

async function removeDerived(folder: string): Promise<void> {
  const derived = (await readdir(folder)).filter((name) => DERIVED.test(name));
  for (const name of derived) await rm(join(folder, name), { force: true });
}

async function readManifest(folder: string): Promise<Manifest> {
  const text = await readFile(join(folder, MANIFEST), 'utf8').catch(() => '{}');
  const manifest = JSON.parse(text) as Partial<Manifest>;
  const known = manifest.format === 'so-chung-thuc-backup' && manifest.version === 1;
  if (!known) throw new RangeError(`${folder} holds no backup, or one that was cut off`);
  return manifest as Manifest;
}

async function countEvents(path: string): Promise<number> {
  const store = openSqliteEventStore(path);
  try {
    let events = 0;
    for await (const page of store.readPages()) events += page.length;
    return events;
  } finally {
    await store.close();
  }
}

/** Copies pictures under the hash of their bytes, which is checked on the way. Answers how many. */
async function copyImages(from: string, to: string): Promise<number> {
  const [source, target] = [from, to].map((folder) => openDiskImageStore(join(folder, 'images')));
  let copied = 0;
  for await (const sha256 of source?.list() ?? []) {
    const bytes = await source?.get(sha256);
    if (bytes) await target?.put(sha256, bytes);
    copied += 1;
  }
  return copied;
}
