import type { Database } from 'better-sqlite3';
import { isCollectionName } from '../checks.ts';
import type { CollectionSpec, Page, Query } from '../port.ts';
import { openDatabase } from './database.ts';
import { createPut, type Put } from './documents.ts';
import type { Files } from './files.ts';
import { createFind } from './find.ts';
import { createStatements, type Statements } from './statements.ts';

/** An open file and what is done in it. */
export interface Home {
  readonly db: Database;
  readonly statements: Statements;
  readonly put: Put;
  readonly find: (spec: CollectionSpec, query: Query) => Page;
}

/** Which file each collection and each record lies in. */
export interface Homes {
  /** The store's own file: control records, and collections that grew up by `put`. */
  readonly main: Home;
  /** The collection's own file where it was loaded, else the store's. */
  readonly of: (name: string) => Home;
  /** A record named after a collection lies with it, and so is written in order with its documents. */
  readonly ofRecord: (key: string) => Home;
  readonly forget: (name: string) => void;
  readonly close: () => void;
}

/** Of a collection's own file; a service has one open for every read model. */
const CACHE_KIB = 16 * 1024;

interface Opened {
  readonly home: Home;
  readonly inode: number;
}

export function openHomes(path: string, files: Files, busyTimeoutMs: number): Homes {
  const main = furnish(openDatabase(path, { busyTimeoutMs }));
  const opened = new Map<string, Opened>();

  const forget = (name: string): void => {
    opened.get(name)?.home.db.close();
    opened.delete(name);
  };
  // A file that is open keeps its inode, so another inode is another file: dropped, or made again.
  const find = (name: string): Home | undefined => {
    const inode = files.inodeOf(name);
    const known = opened.get(name);
    if (known && known.inode === inode) return known.home;
    forget(name);
    if (inode === undefined) return undefined;
    const options = { busyTimeoutMs, cacheKib: CACHE_KIB, fileMustExist: true };
    const home = furnish(openDatabase(files.pathOf(name), options));
    opened.set(name, { home, inode });
    return home;
  };
  const of = (name: string): Home => find(name) ?? main;

  return {
    main,
    of,
    forget,
    ofRecord: (key) => {
      const name = /:([^:]+)$/.exec(key)?.[1] ?? '';
      return isCollectionName(name) ? of(name) : main;
    },
    close: () => {
      for (const name of [...opened.keys()]) forget(name);
      main.db.close();
    },
  };
}

function furnish(db: Database): Home {
  const statements = createStatements(db);
  return { db, statements, put: createPut(db, statements), find: createFind(db, statements) };
}
