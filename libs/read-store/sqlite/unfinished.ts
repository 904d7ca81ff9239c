import { readFileSync } from 'node:fs';
import Database from 'better-sqlite3';
import type { CollectionSpec, Doc } from '../port.ts';
import { renameOnly } from './collections.ts';

/** In a file that is being filled: the latest milestone, and the boot of the machine that wrote it. */
export const milestoneTable = 'CREATE TABLE IF NOT EXISTS milestone (value TEXT NOT NULL) STRICT';
export const keepMilestone =
  'INSERT INTO milestone (rowid, value) VALUES (1, ?) ON CONFLICT (rowid) DO UPDATE SET value = excluded.value';
export const dropMilestone = 'DROP TABLE milestone';

interface Kept {
  readonly boot: string;
  readonly value: Doc;
}

/**
 * This run of the machine. What was written without being flushed outlives every process of it, and
 * not its end. Undefined where the system does not tell.
 */
export const thisBoot: string | undefined = readBoot();

function readBoot(): string | undefined {
  try {
    return readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim();
  } catch {
    return undefined;
  }
}

/** Only where a power cut would be noticed may the disk be left to write when it likes. */
export const synchronous = thisBoot === undefined ? 'FULL' : 'OFF';

export const milestoneText = (value: Doc): string =>
  JSON.stringify({ boot: thisBoot ?? '', value } satisfies Kept);

/**
 * Takes a file that was left unfinished, brought back to its latest milestone, for a collection of
 * another name; answers the milestone. Undefined where there is none, where the file is still being
 * filled, and where it did not reach the disk for certain: then nothing was changed.
 */
export function takeUnfinished(path: string, spec: Pick<CollectionSpec, 'name'>): Doc | undefined {
  let db: Database.Database | undefined;
  try {
    db = new Database(path, { fileMustExist: true, timeout: 0 });
    db.pragma('locking_mode = EXCLUSIVE');
    db.exec('BEGIN EXCLUSIVE');
    const text = db.prepare<[], string>('SELECT value FROM milestone').pluck().get();
    const kept = text === undefined ? undefined : (JSON.parse(text) as Kept);
    if (kept?.boot !== (thisBoot ?? '')) return undefined;
    renameOnly(db, spec);
    db.exec('COMMIT');
    return kept.value;
  } catch {
    // Being filled by a process that lives, or gone, or damaged: there is nothing to go on with.
    return undefined;
  } finally {
    db?.close();
  }
}
