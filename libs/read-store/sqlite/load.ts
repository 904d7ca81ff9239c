import { checkCollection, checkDoc, checkSpec } from '../checks.ts';
import type { CollectionSpec, Doc, Load, Resumed, StoredDoc } from '../port.ts';
import { searchText } from '../text.ts';
import { fillingSchemaOf, schemaOf, tableOf } from './collections.ts';
import { PAGE_BYTES } from './database.ts';
import { COLUMNS } from './documents.ts';
import type { Files } from './files.ts';
import type { Loader } from './loader.ts';
import { startLoader } from './loader.ts';
import type { Work } from './load-thread.ts';
import { createRecent, type Recent } from './recent.ts';
import {
  dropMilestone,
  keepMilestone,
  milestoneTable,
  milestoneText,
  synchronous,
  takeUnfinished,
} from './unfinished.ts';

/** Characters sent to the thread and not yet written: enough that it never waits, no more. */
const MOST_AHEAD = 4 * 2 ** 20;
/** Of the file that is filled, while it is; all read models may be filled at once. */
const CACHE_KIB = 16 * 1024;

/** Fills a file of its own, through a thread of its own, while others read and write theirs. */
export async function startLoad(files: Files, spec: CollectionSpec): Promise<Load> {
  checkSpec(spec);
  return loadInto(files, spec, workOf(files.begin(spec.name), spec, false));
}

/** Goes on filling what was left unfinished under another name; undefined where it cannot. */
export async function resumeLoad(
  files: Files,
  spec: CollectionSpec,
  from: string,
): Promise<Resumed | undefined> {
  checkSpec(spec);
  checkCollection({ name: from });
  const milestone = takeUnfinished(files.unfinished(from), spec);
  if (!milestone) return undefined;
  const path = files.rename(from, spec.name);
  if (path === undefined) return undefined;
  return { milestone, load: await loadInto(files, spec, workOf(path, spec, true)) };
}

async function loadInto(files: Files, spec: CollectionSpec, work: Work): Promise<Load> {
  const { name } = spec;
  const loader = startLoader(work);
  const recent = createRecent();
  const send = createSender(loader);
  const abandon = async (): Promise<void> => {
    await loader.end();
    files.remove(name);
  };
  // Answered when the thread has the file open: who drops the collection now takes that file away.
  await loader.ask({ kind: 'get', ids: [] }).catch(async (error: unknown) => {
    await abandon();
    throw error;
  });
  return {
    abandon,
    write: async (docs) => send.rows(rowsOf(spec, docs, recent)),
    getMany: (ids) => getMany(loader, recent, ids),
    milestone: async (value) => {
      await send.all();
      await loader.ask({ kind: 'milestone', value: milestoneText(value) });
    },
    leave: async () => {
      await loader.ask({ kind: 'leave' }).catch(() => undefined);
      await loader.end();
    },
    finish: async () => {
      await send.all();
      await loader.ask({ kind: 'finish' });
      await loader.end();
      files.publish(name);
    },
  };
}

function workOf(path: string, spec: CollectionSpec, resumed: boolean): Work {
  const table = tableOf(spec);
  return {
    path,
    begin: [
      `PRAGMA page_size = ${String(PAGE_BYTES)}`,
      'PRAGMA journal_mode = TRUNCATE',
      `PRAGMA synchronous = ${synchronous}`,
      'PRAGMA locking_mode = EXCLUSIVE',
      `PRAGMA cache_size = -${String(CACHE_KIB)}`,
      // The indexes grow with the table: its rows come nearly in their order, and it costs less in
      // this thread, meanwhile, than at the end, when everybody waits for it. A table that was
      // resumed has its rows already, and gets its indexes in the end.
      ...(resumed ? [] : fillingSchemaOf(spec)),
      milestoneTable,
    ],
    keep: keepMilestone,
    // Without its journal's file, too.
    end: [...schemaOf(spec), dropMilestone, 'PRAGMA journal_mode = DELETE'],
    write: `INSERT INTO ${table} (id, position, doc, search) VALUES (?, ?, ?, ?)
      ON CONFLICT (id) DO UPDATE
        SET position = excluded.position, doc = excluded.doc, search = excluded.search`,
    get: `SELECT ${COLUMNS} FROM ${table} WHERE id IN (SELECT value FROM json_each(?))`,
  };
}

function rowsOf(spec: CollectionSpec, docs: readonly StoredDoc[], recent: Recent): string[] {
  const rows: string[] = [];
  for (const { id, position, doc } of docs) {
    checkDoc(id, doc);
    const text = JSON.stringify(doc);
    rows.push(id, position, text, searchText(spec, doc));
    recent.update(id, { position, doc: text });
  }
  return rows;
}

/** Sends rows ahead, so many characters and no more. */
function createSender({ ask }: Loader) {
  const ahead: { readonly size: number; readonly written: Promise<unknown> }[] = [];
  let size = 0;
  const drain = async (to: number): Promise<void> => {
    for (let first = ahead[0]; first && size > to; first = ahead[0]) {
      await first.written;
      ahead.shift();
      size -= first.size;
    }
  };
  return {
    rows: async (rows: readonly string[]): Promise<void> => {
      if (rows.length === 0) return;
      const written = ask({ kind: 'write', rows });
      // Told by the next call; the promise itself may never be looked at.
      written.catch(() => undefined);
      const length = rows.reduce((sum, text) => sum + text.length, 0);
      ahead.push({ size: length, written });
      size += length;
      await drain(MOST_AHEAD);
    },
    all: () => drain(-1),
  };
}

async function getMany(
  { ask }: Loader,
  recent: Recent,
  ids: readonly string[],
): Promise<readonly StoredDoc[]> {
  const found: StoredDoc[] = [];
  const elsewhere: string[] = [];
  for (const id of ids) {
    const written = recent.get(id);
    if (written) found.push({ id, position: written.position, doc: parse(written.doc) });
    else elsewhere.push(id);
  }
  if (elsewhere.length === 0) return found;
  const rows = await ask({ kind: 'get', ids: elsewhere });
  for (let at = 0; at < rows.length; at += 3) {
    const [id = '', position = '', doc = ''] = rows.slice(at, at + 3);
    recent.add(id, { position, doc });
    found.push({ id, position, doc: parse(doc) });
  }
  return found;
}

const parse = (doc: string): Doc => JSON.parse(doc) as Doc;
