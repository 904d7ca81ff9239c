import {
  RevisionConflict,
  type EventStore,
  type NewEvent,
  type Position,
  type RecordedEvent,
  type StreamAppend,
} from '../port.ts';
import { checkLogFile } from './check.ts';
import { eventOf, type Line } from './lines.ts';
import { textLines } from './text-lines.ts';

/** Most events appended together; with their text they stay far below EventStoreDB's 1 MiB. */
const RUN = 100;
/** Events appended in one go, and then looked at where they came to stand. */
const GROUP = 500;

export interface Importing {
  readonly signal?: AbortSignal;
  readonly onProgress?: (events: number, total: number) => void;
  /** Throws what is wrong with an event that must not come into a log. */
  readonly check?: (event: NewEvent) => void;
}

export interface Imported {
  /** Events the file holds. */
  readonly events: number;
  /** Of these, how many were there before. */
  readonly before: number;
}

/**
 * The store holds an event that is not the file's, at a place where the file has another or has to
 * go on. The import has stopped; nothing makes the two one log any more.
 */
export class OtherEventsThere extends Error {
  override readonly name = 'OtherEventsThere';
}

/**
 * Appends every event of an exported file, in its order, to a store that is empty or holds the
 * beginning of the same log. Whatever it stops at, what is there is a beginning of the file, so an
 * import that was cut off is simply run again. The file is read through once before anything is written.
 * @throws BrokenLogFile nothing was written
 * @throws OtherEventsThere before anything was written, or where somebody else wrote meanwhile
 * @throws RevisionConflict another import of the same file is under way; run it again
 * @throws EventStoreUnavailable what has been written stays; run it again
 */
export async function importLog(
  store: EventStore,
  path: string,
  options: Importing = {},
): Promise<Imported> {
  const { events } = await checkLogFile(path, options);
  const there = await alreadyThere(store, path);
  await append(store, path, there, { ...options, total: events });
  return { events, before: there.events };
}

async function* eventLines(path: string): AsyncGenerator<Line> {
  for await (const text of textLines(path)) {
    const line = JSON.parse(text) as Partial<Line>;
    if (line.stream !== undefined) yield line as Line;
  }
}

/** How far into the file the store has got. */
interface There {
  readonly events: number;
  /** Of the last of them. */
  readonly position: Position | undefined;
}

/** What the store holds, which must be the file's first events. @throws OtherEventsThere */
async function alreadyThere(store: EventStore, path: string): Promise<There> {
  const lines = eventLines(path);
  let there: There = { events: 0, position: undefined };
  try {
    for await (const event of store.readAll()) {
      const { value } = (await lines.next()) as { value: Line | undefined };
      // The log has gone on since it was exported.
      if (value === undefined) return there;
      requireSame(event, value);
      there = { events: there.events + 1, position: event.position };
    }
    return there;
  } finally {
    await lines.return(undefined);
  }
}

function requireSame(event: RecordedEvent, line: Line): void {
  const { id, stream, revision } = event;
  if (id === line.id && stream === line.stream && revision === line.revision) return;
  const wanted = `${line.stream} ${line.revision}`;
  throw new OtherEventsThere(
    `${stream} ${revision} of the store (${id}) stands where the file has ${wanted}`,
  );
}

async function append(
  store: EventStore,
  path: string,
  there: There,
  { signal, onProgress, total }: Importing & { readonly total: number },
): Promise<void> {
  let { events: done, position } = there;
  for await (const group of groupsOf(eventLines(path), done)) {
    signal?.throwIfAborted();
    position = await appendGroup(store, group, position);
    done += group.length;
    onProgress?.(done, total);
  }
}

/**
 * Appends events behind a position. What stands there is held against them before, so that nothing
 * is put behind the event of another writer, and after, since one may have come in between.
 */
async function appendGroup(
  store: EventStore,
  group: readonly Line[],
  behind: Position | undefined,
): Promise<Position | undefined> {
  await requireOurs(store, group, behind);
  try {
    await store.appendInOrder(runsOf(group).map(toAppend));
  } catch (error) {
    if (error instanceof RevisionConflict) await requireOurs(store, group, behind);
    throw error;
  }
  return requireOurs(store, group, behind);
}

/** Position of the last of the events that is there. @throws OtherEventsThere where another stands between them */
async function requireOurs(
  store: EventStore,
  group: readonly Line[],
  behind: Position | undefined,
): Promise<Position | undefined> {
  let [index, last] = [0, behind];
  for await (const event of store.readAll({ after: behind, limit: group.length })) {
    requireSame(event, group[index] as Line);
    [index, last] = [index + 1, event.position];
  }
  return last;
}

async function* groupsOf(lines: AsyncIterable<Line>, skipped: number): AsyncGenerator<Line[]> {
  let group: Line[] = [];
  let index = 0;
  for await (const line of lines) {
    index += 1;
    if (index <= skipped) continue;
    group.push(line);
    if (group.length < GROUP) continue;
    yield group;
    group = [];
  }
  if (group.length > 0) yield group;
}

type Run = [Line, ...Line[]];

/** Neighbouring events of one stream, which can be appended together without changing the order. */
function runsOf(lines: readonly Line[]): Run[] {
  const runs: Run[] = [];
  for (const line of lines) {
    const run = runs.at(-1);
    if (run?.[0].stream === line.stream && run.length < RUN) run.push(line);
    else runs.push([line]);
  }
  return runs;
}

function toAppend(run: Run): StreamAppend {
  const [{ stream, revision }] = run;
  const expected = revision === 0 ? 'no-stream' : revision - 1;
  return { stream, expected, events: run.map(eventOf) };
}
