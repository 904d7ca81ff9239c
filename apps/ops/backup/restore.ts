import { mkdir, readdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { Runners, type KnownNumber } from '#commands';
import { auditKeysPath, type Config } from '#config';
import { displayDate, vietnameseDate } from '#domain';
import { alone, openSqliteEventStore } from '#event-store';
import { openDiskImageStore } from '#image-store';
import { knownBesideLog } from '../numbering/known.ts';
import { pauseAfterLoss, type Operator, type PausedAfterLoss } from '../numbering/pause.ts';
import { lookAtPictures, picturesNamed, toldPicture } from '../pictures.ts';
import { requireEmbedded } from './backup.ts';
import {
  checkDatabase,
  exists,
  place,
  removeOrphans,
  requireFree,
  scratchCopy,
  sealed,
  sha256OfFile,
} from './files.ts';
import { readManifest, type Manifest } from './manifest.ts';
import { recordedBy } from '../recorded-by.ts';

export interface Restored extends Pick<Manifest, 'createdAt' | 'events' | 'images'> {
  /** Registers that give no number until an operator has confirmed the last one. */
  readonly paused: number;
  /** Registers that could not be paused, one line each: they take no command as they are. */
  readonly unpaused: readonly string[];
  /** Files of the sealed log that was here before, under their new names. */
  readonly sealedBefore: readonly string[];
  /** Pictures that were not in the backup either. */
  readonly missing: readonly string[];
}

/** Files derived from the log that was there before, and of no use beside another. */
const DERIVED = /^(heads|read)\./;

/**
 * Puts a backup into a data folder that holds no log. Everything is checked before anything is
 * written; the log comes last, so a restore that was cut off is simply run again. A log that comes into
 * being meanwhile stays, and of two restores at once one is refused. Since the backup
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
  await requireFree(target);
  const manifest = await readManifest(folder);
  for (const [name, sha256] of Object.entries(manifest.databases))
    if (sha256 !== undefined) await requireSaved(join(folder, name), sha256);
  const named = await requirePictures(folder, manifest);
  await mkdir(config.DATA_DIR, { recursive: true, mode: 0o700 });
  return alone(target, () => placeAll(config, operator, { folder, manifest, named, target }));
}

interface Checked {
  readonly folder: string;
  readonly manifest: Manifest;
  /** Pictures that are there. */
  readonly named: ReadonlyMap<string, string>;
  /** Where the log will be. */
  readonly target: string;
}

async function placeAll(
  config: Config,
  operator: Operator,
  { folder, manifest, named, target }: Checked,
): Promise<Restored> {
  // Another restore may have been through meanwhile.
  await requireFree(target);
  await removeOrphans(target);
  await copyPictures(folder, config.DATA_DIR, named);
  const known = await knownBesideLog(config);
  await placeBeside(config, folder, manifest);
  let after: PausedAfterLoss = { paused: 0, unpaused: [] };
  let sealedBefore: readonly string[] = [];
  await place(join(folder, 'events.db'), target, async (copy) => {
    const reason = `Phục hồi từ bản sao lưu ngày ${displayDate(vietnameseDate(new Date(manifest.createdAt)))}`;
    after = await pausedIn(copy, known, { config, reason, operator });
    // What a service that was started meanwhile has sealed is its own.
    await requireFree(target);
    sealedBefore = await putSealedAside(config, manifest.createdAt);
  });
  // Not before the log has its name: whoever runs this again must know of every number, too. Beside
  // the log they only stop what they know more of.
  await removeDerived(config.DATA_DIR);
  return { ...manifest, ...after, sealedBefore };
}

/** Who looked, and what was sent, since the backup stands in the one that is there; a copy would take it away. */
async function placeBeside(
  { DATA_DIR }: Config,
  folder: string,
  { databases }: Manifest,
): Promise<void> {
  for (const name of ['access.db', 'webhooks.db'] as const) {
    const target = join(DATA_DIR, name);
    if (databases[name] === undefined || (await exists(target))) continue;
    await removeOrphans(target);
    await place(join(folder, name), target);
  }
}

/** @throws RangeError */
async function requireSaved(path: string, sha256: string): Promise<void> {
  const found = await sha256OfFile(path).catch(() => undefined);
  if (found !== sha256) throw new RangeError(`${path} is not what was backed up`);
  checkDatabase(path);
}

/** Holds the log and the pictures it names against the manifest. @throws RangeError */
async function requirePictures(
  folder: string,
  manifest: Manifest,
): Promise<ReadonlyMap<string, string>> {
  const { events, named } = await scratchCopy(join(folder, 'events.db'), readLog);
  if (events !== manifest.events) {
    throw new RangeError(`${folder}: the log holds ${events} events, not ${manifest.events}`);
  }
  const troubles = await lookAtPictures(openDiskImageStore(join(folder, 'images')), named);
  const unexpected = troubles.filter(({ sha256 }) => !manifest.missing.includes(sha256));
  if (unexpected.length === 0) {
    return new Map([...named].filter(([sha256]) => !manifest.missing.includes(sha256)));
  }
  const told = unexpected.map(toldPicture).join('\n');
  throw new RangeError(`${folder}: pictures are missing or damaged:\n${told}`);
}

async function readLog(path: string) {
  const eventStore = openSqliteEventStore(path);
  try {
    return await picturesNamed(eventStore);
  } finally {
    await eventStore.close();
  }
}

async function copyPictures(
  from: string,
  to: string,
  named: ReadonlyMap<string, string>,
): Promise<void> {
  const target = openDiskImageStore(join(to, 'images'));
  const source = openDiskImageStore(join(from, 'images'));
  await lookAtPictures(source, named, (sha256, bytes) => target.put(sha256, bytes));
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
): Promise<PausedAfterLoss> {
  const eventStore = openSqliteEventStore(path);
  try {
    const clock = await recordedBy(pausing.config, eventStore);
    const runners = new Runners(eventStore, { now: () => clock.now() });
    return await pauseAfterLoss({ runners, eventStore }, known, pausing);
  } finally {
    await eventStore.close();
    await sealed(path);
  }
}

/**
 * What was sealed covers events that are lost now, and nothing may be signed that contradicts it: it is
 * kept as it is, for auditors, and the log is sealed anew under another name.
 */
async function putSealedAside(config: Config, backedUpAt: string): Promise<readonly string[]> {
  const keys = auditKeysPath(config);
  const files = ['tlog.db', 'tlog.db-wal', 'tlog.db-shm'].map((name) =>
    join(config.DATA_DIR, name),
  );
  const all = [...files, keys, `${keys}.last`];
  const mark = await freeMark(all, `before-restore-of-${backedUpAt.replaceAll(/[^0-9T]/g, '')}`);
  const aside: string[] = [];
  for (const path of all) {
    if (!(await exists(path))) continue;
    await rename(path, `${path}.${mark}`);
    aside.push(`${path}.${mark}`);
  }
  return aside;
}

/** The mark, numbered where one backup was restored before: what lies there by then is an auditor's, too. */
async function freeMark(paths: readonly string[], mark: string, again = 1): Promise<string> {
  const numbered = again === 1 ? mark : `${mark}-${again}`;
  const taken = await Promise.all(paths.map((path) => exists(`${path}.${numbered}`)));
  return taken.includes(true) ? freeMark(paths, mark, again + 1) : numbered;
}

async function removeDerived(folder: string): Promise<void> {
  const derived = (await readdir(folder)).filter((name) => DERIVED.test(name));
  for (const name of derived) await rm(join(folder, name), { force: true });
}
