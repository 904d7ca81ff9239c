import type { Doc, ReadStore } from '#read-store';
import type { Line } from './line.ts';
import { noLetters, type Letters } from './letters.ts';

type Records = Pick<ReadStore, 'readRecord' | 'writeRecord'>;

/** A record at the version it was read at. */
export interface At<T> {
  readonly value: T;
  readonly version: number;
}

const lineKey = (stream: string): string => `line/${stream}`;
const lettersKey = (stream: string): string => `letters/${stream}`;
/** Moves whenever an operator has decided something that a line may wait for. */
const DECIDED = 'decided';
const FIGURES = 'figures';
/** When the store was begun. */
const ORIGIN = 'origin';

async function read<T>(store: Records, key: string): Promise<At<T> | undefined> {
  const record = await store.readRecord(key);
  return record && { value: record.value as unknown as T, version: record.version };
}

export const readLine = (store: Records, stream: string): Promise<At<Line> | undefined> =>
  read(store, lineKey(stream));

/** Undefined where another was first; nothing was written then. */
export async function writeLine(
  store: Records,
  stream: string,
  { value, version }: At<Line>,
): Promise<At<Line> | undefined> {
  const isWritten = await store.writeRecord(
    lineKey(stream),
    value as unknown as Doc,
    version,
    // How far it has come may be told again after a power cut; that it stands still may not be lost.
    ...(value.standing ? (['durable'] as const) : []),
  );
  return isWritten ? { value, version: version + 1 } : undefined;
}

export const readLetters = async (store: Records, stream: string): Promise<Letters> =>
  (await read<Letters>(store, lettersKey(stream)))?.value ?? noLetters;

/** Read, transition, compare and set; again where another was first. What the transition throws is thrown. */
async function changed<T>(
  store: Records,
  key: string,
  transition: (before: T | undefined) => T,
): Promise<T> {
  for (;;) {
    const before = await read<T>(store, key);
    const after = transition(before?.value);
    if (after === before?.value) return after;
    const value = after as unknown as Doc;
    if (await store.writeRecord(key, value, before?.version ?? 0, 'durable')) return after;
  }
}

export const changeLetters = (
  store: Records,
  stream: string,
  transition: (before: Letters) => Letters,
): Promise<Letters> =>
  changed<Letters>(store, lettersKey(stream), (before) => transition(before ?? noLetters));

export const changeLine = (
  store: Records,
  stream: string,
  transition: (before: Line | undefined) => Line,
): Promise<Line> => changed<Line>(store, lineKey(stream), transition);

/**
 * Since when it is kept here how far lines have come: noted by whoever subscribes or sends, before
 * anything else. Of what was subscribed to earlier it is not known: what was here is lost.
 */
export async function originOf(store: Records, now: Date): Promise<string> {
  const { at } = await changed<{ readonly at: string }>(
    store,
    ORIGIN,
    (before) => before ?? { at: now.toISOString() },
  );
  return at;
}

/** So that whoever sends takes up what was decided at once. */
export const tellDecided = async (store: Records): Promise<void> => {
  await changed<{ readonly count: number }>(store, DECIDED, (before) => ({
    count: (before?.count ?? 0) + 1,
  }));
};

/** Another number whenever something was decided since. */
export const decidedSoFar = async (store: Records): Promise<number> =>
  (await store.readRecord(DECIDED))?.version ?? 0;

/** How all lines stand, as whoever sends last saw it. */
export interface Figures {
  /** By the machine's clock: whether anybody sends is nothing of the register's time. */
  readonly at: string;
  readonly sending: number;
  readonly failing: number;
  readonly standing: number;
  readonly paused: number;
  readonly letters: number;
  /** How long the line has failed that has failed longest. */
  readonly failingSeconds: number;
}

export const readFigures = async (store: Records): Promise<Figures | undefined> =>
  (await read<Figures>(store, FIGURES))?.value;

export const writeFigures = async (store: Records, figures: Figures): Promise<void> => {
  await changed<Figures>(store, FIGURES, () => figures);
};
