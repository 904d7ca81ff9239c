import { open, readFile, rename, rm, writeFile, type FileHandle } from 'node:fs/promises';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import { eventAtAnyNode } from '../event-at-any-node.ts';
import type { EventStore, Position, RecordedEvent } from '../port.ts';
import { alone } from './alone.ts';
import { chained, CHUNK, footerOf, HEADER, lineOf } from './lines.ts';

const compress = promisify(gzip);

/** How far an export has come: what is behind it in the partial file does not count. */
interface Progress {
  readonly bytes: number;
  readonly events: number;
  readonly hash: string;
  /** Of the last event. */
  readonly position: Position | null;
  /** Its id, which versions up to 0.1 did not note. */
  readonly id?: string | undefined;
}

const begun: Progress = { bytes: 0, events: 0, hash: '', position: null };

export interface Exporting {
  readonly signal?: AbortSignal;
  /** Told after each chunk how many events are in the file. */
  readonly onProgress?: (events: number) => void;
}

/**
 * Writes the whole log to a file, up to the head at the time of the call. An export that was cut
 * off goes on where it was (`{path}.part` and `{path}.part.json`), unless the log is another since;
 * the file has its name only when it is whole. Answers how many events it holds.
 * @throws UnderWay to this very file
 * @throws EventStoreUnavailable what has been written stays, to go on from
 */
export const exportLog = (
  store: EventStore,
  path: string,
  options: Exporting = {},
): Promise<number> => alone(path, () => writeLog(store, path, options));

async function writeLog(
  store: EventStore,
  path: string,
  { signal, onProgress = () => undefined }: Exporting,
): Promise<number> {
  const part = `${path}.part`;
  let progress = await reached(store, part);
  const file = await open(part, progress.bytes === 0 ? 'w' : 'r+');
  try {
    await file.truncate(progress.bytes);
    for await (const chunk of chunksAfter(store, progress.position)) {
      signal?.throwIfAborted();
      progress = await writeChunk(file, progress, chunk);
      await saveProgress(part, progress);
      onProgress(progress.events);
    }
    await writeFooter(file, progress);
  } finally {
    await file.close();
  }
  // In this order: what is noted of a part that is not there any more would be looked for for ever.
  await rm(`${part}.json`, { force: true });
  await rename(part, path);
  return progress.events;
}

/** What there is to go on from. What was noted of a log that is another since is noted no more. */
async function reached(store: EventStore, part: string): Promise<Progress> {
  const progress = await readProgress(part);
  if (await isOf(store, progress)) return progress;
  await rm(`${part}.json`, { force: true });
  return begun;
}

/**
 * Whether what is in the file is this log's beginning. One that was put back to an older state may
 * have grown beyond the place since: only the event that stands there tells.
 */
async function isOf(store: EventStore, { position, id }: Progress): Promise<boolean> {
  if (position === null || id === undefined) return false;
  const there = await eventAtAnyNode(store, position).catch((error: unknown) => {
    // A position that another kind of store has made.
    if (error instanceof RangeError) return undefined;
    throw error;
  });
  return there?.id === id;
}

async function readProgress(part: string): Promise<Progress> {
  try {
    return JSON.parse(await readFile(`${part}.json`, 'utf8')) as Progress;
  } catch (error) {
    const none = (error as NodeJS.ErrnoException).code === 'ENOENT' || error instanceof SyntaxError;
    if (none) return begun;
    throw error;
  }
}

async function saveProgress(part: string, progress: Progress): Promise<void> {
  await writeFile(`${part}.json.new`, JSON.stringify(progress));
  await rename(`${part}.json.new`, `${part}.json`);
}

async function* chunksAfter(
  store: EventStore,
  position: Position | null,
): AsyncGenerator<RecordedEvent[]> {
  let chunk: RecordedEvent[] = [];
  for await (const event of store.readAll({ after: position ?? undefined })) {
    chunk.push(event);
    if (chunk.length < CHUNK) continue;
    yield chunk;
    chunk = [];
  }
  if (chunk.length > 0) yield chunk;
}

async function writeChunk(
  file: FileHandle,
  { bytes, events, hash }: Progress,
  chunk: readonly RecordedEvent[],
): Promise<Progress> {
  const lines = chunk.map(lineOf);
  const last = chunk.at(-1);
  const text = [...(events === 0 ? [HEADER] : []), ...lines, ''].join('\n');
  return {
    bytes: bytes + (await writeMember(file, text, bytes)),
    events: events + chunk.length,
    hash: chained(hash, text),
    position: last?.position ?? null,
    id: last?.id,
  };
}

async function writeFooter(file: FileHandle, { bytes, events, hash }: Progress): Promise<void> {
  const header = events === 0 ? `${HEADER}\n` : '';
  await writeMember(file, `${header}${footerOf({ events, sha256: hash })}\n`, bytes);
}

async function writeMember(file: FileHandle, text: string, at: number): Promise<number> {
  const member = await compress(text);
  // A disk that is becoming full takes a part, and says so by the count alone.
  for (let done = 0; done < member.length;) {
    const { bytesWritten } = await file.write(member, done, member.length - done, at + done);
    if (bytesWritten === 0) throw new Error('the disk takes no more');
    done += bytesWritten;
  }
  await file.sync();
  return member.length;
}
