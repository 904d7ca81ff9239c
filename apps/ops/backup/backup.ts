import { mkdir, readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Config } from '#config';
import { alone, openSqliteEventStore } from '#event-store';
import { openDiskImageStore } from '#image-store';
import { lookAtPictures, picturesNamed, toldPicture } from '../pictures.ts';
import { checkDatabase, copyDatabase, exists, removeDatabase, sealed } from './files.ts';
import { MANIFEST, writeManifest, type Manifest } from './manifest.ts';

export interface Backup extends Pick<Manifest, 'createdAt' | 'events' | 'images'> {
  /** What could not be saved, one line each; the log always was. */
  readonly troubles: readonly string[];
}

/** These commands copy files; servers have backups of their own. @throws RangeError */
export function requireEmbedded(config: Config): void {
  if (config.EVENTSTORE_URL === undefined && config.MONGODB_URL === undefined) return;
  throw new RangeError(
    'EventStoreDB and MongoDB have backups of their own; see docs/operations.md',
  );
}

/** Stands in the folder from the first moment until the manifest does: what is there is a backup's. */
const UNFINISHED = 'unfinished';

/**
 * Copies what cannot be made anew, while the service goes on: the log, who looked, how far
 * webhooks have come, and the pictures the log names. The folder is not there yet, is empty, or holds a backup that was cut off and is
 * gone on with. The log comes before the pictures: a picture is kept before an event names it.
 * @throws UnderWay another backup goes to this very folder
 * @throws RangeError nothing of the log is saved, or the folder cannot take it: say the same again
 */
export async function backup(config: Config, folder: string): Promise<Backup> {
  requireEmbedded(config);
  const from = (name: string): string => join(config.DATA_DIR, name);
  if (!(await exists(from('events.db')))) {
    throw new RangeError(`${from('events.db')}: there is no log to back up`);
  }
  await mkdir(folder, { recursive: true, mode: 0o700 }).catch((error: unknown) => {
    throw new RangeError(`${folder}: ${(error as Error).message}`, { cause: error });
  });
  await requireOurs(folder);
  return alone(join(folder, MANIFEST), async () => {
    // Another may have come to its end meanwhile.
    await requireOurs(folder);
    await writeFile(join(folder, UNFINISHED), '', { mode: 0o600 });
    return writing(folder, () => saveAll(from, folder));
  });
}

async function saveAll(from: (name: string) => string, folder: string): Promise<Backup> {
  // Before the log: nothing has come further than the log that is saved.
  const webhooks = await savedIfWhole(from('webhooks.db'), join(folder, 'webhooks.db'));
  await saved(from('events.db'), join(folder, 'events.db'));
  const whoLooked = await savedIfWhole(from('access.db'), join(folder, 'access.db'));
  const pictures = await savePictures(from('images'), folder);
  const manifest: Manifest = {
    format: 'so-chung-thuc-backup',
    version: 1,
    createdAt: new Date().toISOString(),
    events: pictures.events,
    images: pictures.images,
    databases: {
      'events.db': await sealed(join(folder, 'events.db')),
      ...(whoLooked.isSaved && { 'access.db': await sealed(join(folder, 'access.db')) }),
      ...(webhooks.isSaved && { 'webhooks.db': await sealed(join(folder, 'webhooks.db')) }),
    },
    missing: pictures.troubles.map(({ sha256 }) => sha256),
  };
  await writeManifest(folder, manifest);
  await rm(join(folder, UNFINISHED), { force: true });
  const beside = [...whoLooked.troubles, ...webhooks.troubles];
  const troubles = [...beside, ...pictures.troubles.map(toldPicture)];
  return { ...manifest, troubles };
}

/** @throws RangeError the folder is not one that a backup may write to */
async function requireOurs(folder: string): Promise<void> {
  // Beside what says who is at it, which a kill leaves.
  const there = (await readdir(folder)).filter((name) => !name.startsWith(`${MANIFEST}.part.lock`));
  const isOurs = there.length === 0 || (there.includes(UNFINISHED) && !there.includes(MANIFEST));
  if (!isOurs) throw new RangeError(`${folder} is there already; name a new folder`);
}

/** A target that is full or gone is told with what to do; what was saved so far is gone on with. */
async function writing<T>(folder: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof RangeError) throw error;
    const { message } = ((error as Error).cause as Error | undefined) ?? (error as Error);
    throw new RangeError(
      `${folder}: ${message}: this is no backup yet; make room and say the same again`,
      { cause: error },
    );
  }
}

/** @throws RangeError it is damaged */
async function saved(from: string, to: string): Promise<void> {
  await removeDatabase(to);
  await copyDatabase(from, to);
  checkDatabase(to);
}

/** SQLite reads the source to copy it, and we read the copy. */
const isDamage = (error: unknown): boolean =>
  error instanceof RangeError ||
  /^SQLITE_(CORRUPT|NOTADB)/.test((error as { code?: string }).code ?? '');

/** What stands beside the log can be saved or not; the log is, in either case. */
async function savedIfWhole(
  from: string,
  to: string,
): Promise<{ readonly isSaved: boolean; readonly troubles: readonly string[] }> {
  if (!(await exists(from))) return { isSaved: false, troubles: [] };
  try {
    await saved(from, to);
    return { isSaved: true, troubles: [] };
  } catch (error) {
    // What the folder cannot take ends the backup, to be gone on with.
    if (!isDamage(error)) throw error;
    await removeDatabase(to);
    return { isSaved: false, troubles: [`${from} is not saved: ${(error as Error).message}`] };
  }
}

/** Copies the pictures the log's copy names, each held against its hash on the way. */
async function savePictures(images: string, folder: string) {
  const eventStore = openSqliteEventStore(join(folder, 'events.db'));
  const [source, target] = [openDiskImageStore(images), openDiskImageStore(join(folder, 'images'))];
  try {
    const { events, named } = await picturesNamed(eventStore);
    const troubles = await lookAtPictures(source, named, (sha256, bytes) =>
      target.put(sha256, bytes),
    );
    return { events, images: named.size - troubles.length, troubles };
  } finally {
    await eventStore.close();
  }
}
