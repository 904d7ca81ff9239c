import { statSync } from 'node:fs';
import type { Database } from 'better-sqlite3';
import { isCollectionName } from '../checks.ts';
import type { Files } from './files.ts';
import type { Statements } from './statements.ts';

/** An open file; a writer or a reader adds what is done in it. */
export interface Home {
  readonly db: Database;
  readonly statements: Statements;
}

/** Which file each collection and each record lies in. */
export interface Homes<H extends Home> {
  /** The store's own file: control records, and collections that grew up by `put`. */
  readonly main: H;
  /** The collection's own file where it was loaded, else the store's. */
  readonly of: (name: string) => H;
  /** A record named after a collection lies with it, and so is written in order with its documents. */
  readonly ofRecord: (key: string) => H;
  readonly forget: (name: string) => void;
  readonly close: () => void;
}

interface Opened<H> {
  readonly home: H;
  readonly inode: number;
}

/**
 * @param open opens the store's own file, or a collection's, which is there
 * @param onGone told of a collection whose file another has taken away, when it is let go of
 */
export function openHomes<H extends Home>(
  path: string,
  files: Files,
  open: (path: string, of: 'store' | 'collection') => H,
  onGone: (name: string) => void = () => undefined,
): Homes<H> {
  const main = following(path, open);
  const { find, forget, forgetAll } = collections(files, open, onGone);
  const of = (name: string): H => find(name) ?? main.home();
  return {
    get main() {
      return main.home();
    },
    of,
    forget,
    ofRecord: (key) => {
      const name = /:([^:]+)$/.exec(key)?.[1] ?? '';
      return isCollectionName(name) ? of(name) : main.home();
    },
    close: () => {
      forgetAll();
      main.close();
    },
  };
}

/** The files of collections, each opened when it is first asked for. */
function collections<H extends Home>(
  files: Files,
  open: (path: string, of: 'collection') => H,
  onGone: (name: string) => void,
) {
  const opened = new Map<string, Opened<H>>();
  const forget = (name: string): void => {
    opened.get(name)?.home.db.close();
    opened.delete(name);
  };
  // A name that was dropped may never be asked for again, and its space comes back only when nobody
  // has it open. Looked for where a file is opened: each rebuild has one opened.
  const forgetGone = (): void => {
    for (const [name, { inode }] of opened) {
      if (files.inodeOf(name) === inode) continue;
      forget(name);
      onGone(name);
    }
  };
  return {
    forget,
    forgetAll: () => [...opened.keys()].forEach(forget),
    // A file that is open keeps its inode, so another inode is another file: dropped, or made again.
    find: (name: string): H | undefined => {
      const inode = files.inodeOf(name);
      const known = opened.get(name);
      if (known && known.inode === inode) return known.home;
      if (known || inode !== undefined) forgetGone();
      if (inode === undefined) return undefined;
      const home = open(files.pathOf(name), 'collection');
      opened.set(name, { home, inode });
      return home;
    },
  };
}

/** The store's own file: one that was damaged is put aside by whoever finds it, under everybody's hands. */
function following<H extends Home>(path: string, open: (path: string, of: 'store') => H) {
  const inodeNow = (): number | undefined => statSync(path, { throwIfNoEntry: false })?.ino;
  let home = open(path, 'store');
  let inode = inodeNow();
  return {
    home: (): H => {
      const now = inodeNow();
      if (now === undefined || now === inode) return home;
      home.db.close();
      [home, inode] = [open(path, 'store'), now];
      return home;
    },
    close: () => home.db.close(),
  };
}
