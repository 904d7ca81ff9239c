import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';
import { pipeline } from 'node:stream';
import { createGunzip } from 'node:zlib';
import type { EventStore, ExpectedRevision } from '../port.ts';
import { BrokenLogFile, chained, CHUNK, eventOf, HEADER, type Footer, type Line } from './lines.ts';

/** Most events appended together; with their text they stay far below EventStoreDB's 1 MiB. */
const RUN = 100;

export interface Importing {
  readonly signal?: AbortSignal;
  readonly onProgress?: (events: number, total: number) => void;
  /**
   * Appends under way at once. More than one only for a store that carries them out in the order
   * of the calls (SQLite does, and waits for the disk once for all of them). Default 1.
   */
  readonly appendsAtOnce?: number;
}

export interface Imported {
  /** Events the file holds. */
  readonly events: number;
  /** Of these, how many were there before. */
  readonly before: number;
}

/** The store holds events that are not those of the file. Nothing was imported. */
export class OtherEventsThere extends Error {
  override readonly name = 'OtherEventsThere';
}

/**
 * Appends every event of an exported file, in its order, to a store that is empty or holds the
 * beginning of the same log; so an import that was cut off is simply run again. The file is read
 * through once before anything is written.
 * @throws BrokenLogFile @throws OtherEventsThere nothing was written
 * @throws EventStoreUnavailable what has been written stays; run it again
 */
export async function importLog(
  store: EventStore,
  path: string,
  options: Importing = {},
): Promise<Imported> {
  const { events } = await checkFile(path);
  const before = await alreadyThere(store, path);
  await append(store, path, before, { ...options, total: events });
  return { events, before: Math.min(before, events) };
}

async function* textLines(path: string): AsyncGenerator<string> {
  const source = pipeline(createReadStream(path), createGunzip(), () => undefined);
  yield* createInterface({ input: source, crlfDelay: Infinity });
}

/** Reads the whole file and holds it against its footer. @throws BrokenLogFile */
async function checkFile(path: string): Promise<Footer> {
  try {
    return await checkLines(textLines(path));
  } catch (error) {
    const { code = '' } = error as NodeJS.ErrnoException;
    if (code !== 'ENOENT' && (code.startsWith('Z_') || code.startsWith('ERR_'))) {
      throw new BrokenLogFile(`${path}: ${(error as Error).message}`, { cause: error });
    }
    throw error;
  }
}

async function checkLines(lines: AsyncIterable<string>): Promise<Footer> {
  let hash = '';
  let chunk: string[] = [];
  let read = 0;
  let last = '';
  const close = (): void => {
    if (chunk.length > 0) hash = chained(hash, `${chunk.join('\n')}\n`);
    chunk = [];
  };
  // One line behind: the last one is the footer, and belongs to no chunk.
  for await (const line of lines) {
    if (read === 0 && line !== HEADER) throw new BrokenLogFile('this is no exported log');
    if (read > 0) chunk.push(last);
    // The header stands in the first chunk beside its events.
    if (read > 1 && (read - 1) % CHUNK === 0) close();
    last = line;
    read += 1;
  }
  const events = read - 2;
  if (chunk.length > 1 || events > 0) close();
  const footer = footerIn(last);
  if (footer?.events !== events || footer.sha256 !== hash) {
    throw new BrokenLogFile('the file is damaged or cut off: its footer does not match');
  }
  return footer;
}

function footerIn(line: string): Footer | undefined {
  try {
    return JSON.parse(line) as Footer;
  } catch {
    return undefined;
  }
}

async function* eventLines(path: string): AsyncGenerator<Line> {
  for await (const text of textLines(path)) {
    const line = JSON.parse(text) as Partial<Line>;
    if (line.stream !== undefined) yield line as Line;
  }
}

/** How many events the store holds, all of which must be the file's first ones. @throws OtherEventsThere */
async function alreadyThere(store: EventStore, path: string): Promise<number> {
  const lines = eventLines(path);
  let there = 0;
  try {
    for await (const { id, stream, revision } of store.readAll()) {
      const { value } = (await lines.next()) as { value: Line | undefined };
      if (value === undefined) return there;
      if (value.id !== id || value.stream !== stream || value.revision !== revision) {
        throw new OtherEventsThere(`event ${there + 1} of the store is not that of the file`);
      }
      there += 1;
    }
    return there;
  } finally {
    await lines.return(undefined);
  }
}

async function append(
  store: EventStore,
  path: string,
  skipped: number,
  { signal, onProgress, appendsAtOnce = 1, total }: Importing & { readonly total: number },
): Promise<void> {
  let under: Promise<unknown>[] = [];
  let done = skipped;
  const settle = async (): Promise<void> => {
    const appends = under;
    under = [];
    const failed = (await Promise.allSettled(appends)).find(({ status }) => status === 'rejected');
    if (failed) throw (failed as PromiseRejectedResult).reason;
    onProgress?.(done, total);
  };
  try {
    for await (const run of runsOf(eventLines(path), skipped)) {
      signal?.throwIfAborted();
      const first = run[0]?.revision ?? 0;
      const expected: ExpectedRevision = first === 0 ? 'no-stream' : first - 1;
      under.push(store.append(run[0]?.stream ?? '', expected, run.map(eventOf)));
      done += run.length;
      if (under.length >= appendsAtOnce) await settle();
    }
  } finally {
    await settle();
  }
}

/** Neighbouring events of one stream, which can be appended together without changing the order. */
async function* runsOf(lines: AsyncIterable<Line>, skipped: number): AsyncGenerator<Line[]> {
  let run: Line[] = [];
  let index = 0;
  for await (const line of lines) {
    index += 1;
    if (index <= skipped) continue;
    if (run.length === RUN || (run[0] && run[0].stream !== line.stream)) {
      yield run;
      run = [];
    }
    run.push(line);
  }
  if (run.length > 0) yield run;
}
