import { existsSync, renameSync, statSync } from 'node:fs';
import Database from 'better-sqlite3';
import { isDamage } from './database.ts';
import type { Files } from './files.ts';

/** Files up to here are read through as a whole when they are opened, in bytes; larger ones as they are used. */
const READ_THROUGH = 64 * 2 ** 20;

/** What SQLite finds wrong with a file that is there; undefined where it is whole. */
function damageOf(path: string): string | undefined {
  if (!existsSync(path)) return undefined;
  try {
    const db = new Database(path, { fileMustExist: true, timeout: 5000 });
    try {
      db.pragma('schema_version');
      if (statSync(path).size > READ_THROUGH) return undefined;
      const found = String(db.pragma('quick_check(1)', { simple: true }));
      return found === 'ok' ? undefined : found;
    } finally {
      db.close();
    }
  } catch (error) {
    if (!isDamage(error)) throw error;
    return (error as Error).message;
  }
}

/**
 * Puts damaged files of a store aside under other names, for whoever wants to look at them: the
 * store's own, with which goes what its collections lie in, since nothing knows of them any more,
 * or those of single collections. Who has one open notices. Answers what to tell of each.
 */
export function putAside(path: string, files: Files): string[] {
  const damage = damageOf(path);
  if (damage !== undefined) {
    const told = moveAside(path, damage);
    for (const name of files.names()) files.remove(name);
    return [told];
  }
  return files.names().flatMap((name) => {
    const own = files.inodeOf(name) === undefined ? undefined : damageOf(files.pathOf(name));
    return own === undefined ? [] : [moveAside(files.pathOf(name), own)];
  });
}

function moveAside(path: string, damage: string): string {
  const aside = `${path}.damaged-${new Date().toISOString().replace(/[:.]/g, '-')}`;
  for (const suffix of ['', '-wal', '-shm'])
    if (existsSync(`${path}${suffix}`)) renameSync(`${path}${suffix}`, `${aside}${suffix}`);
  const what = damage.replace(/\s+/g, ' ');
  return `${path} is damaged (${what}); it lies in ${aside} now, and is made anew`;
}
