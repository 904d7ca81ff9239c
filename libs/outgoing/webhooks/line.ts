/**
 * How far a subscription has come: its line. A record of a store of its own, which no rebuild of a
 * read model touches. What is done to it are the transitions here, pure, each written back by compare
 * and set.
 */

/** Why a line stands still until an operator has it go on. */
export const standingLabels = {
  gone: 'the receiver answered 410: it wants no more events',
  away: 'an event was put aside, and the next was not taken either: the receiver is away',
  letters: 'there are as many dead letters as are kept',
  lost: 'how far it had come is not known any more: what kept it was lost',
  astray: 'the log holds another event, or none, where the line has come to: it was put back',
} as const;
export type Standing = keyof typeof standingLabels;

export interface Failing {
  /** The event that is sent again. */
  readonly id: string;
  readonly tries: number;
  /** Of the first try. */
  readonly since: string;
  readonly nextAt: string;
  /** What the receiver, or the way to it, last said. */
  readonly said: string;
  /** Of the subscription as it was tried with; lines of earlier versions do not tell it. */
  readonly revision?: number;
  /** It came to no receiver: it is ours to mend that it can't be sent. Missing as `revision` may be. */
  readonly isOurs?: boolean;
}

export interface Line {
  /** The place of the last event it is done with; null before the first. */
  readonly come: string | null;
  readonly failing: Failing | null;
  readonly standing: { readonly why: Standing; readonly at: string; readonly said: string } | null;
  /** An event was put aside, and none was taken since. */
  readonly isDoubted: boolean;
  /** Events that were taken, and when the last was. */
  readonly taken: number;
  readonly takenAt: string | null;
}

export const newLine = (after: string | null): Line => ({
  ...{ come: after, failing: null, standing: null },
  ...{ isDoubted: false, taken: 0, takenAt: null },
});

/** Behind what was looked at and nobody wanted. */
export const passed = (line: Line, place: string | null): Line =>
  place === line.come ? line : { ...line, come: place };

export const taken = (line: Line, place: string, now: Date): Line => ({
  ...line,
  ...{ come: place, failing: null, isDoubted: false },
  ...{ taken: line.taken + 1, takenAt: now.toISOString() },
});

export const stood = (line: Line, why: Standing, said: string, now: Date): Line => ({
  ...line,
  standing: { why, at: now.toISOString(), said },
});

/** Before an event is given up; once one was put aside, tries of the next. */
export interface Patience {
  readonly spanMs: number;
  readonly firstPauseMs: number;
  /** 0 … 1, drawn anew each time: not all lines of a receiver that was away come back at once. */
  readonly draw: () => number;
}

const LONGEST_PAUSE_MS = 3_600_000;
/** Tries of the event behind one that was put aside. */
const DOUBTED_TRIES = 5;

/** Doubles with each try up to an hour, and is between half of that and all of it. */
export function pauseMs(tries: number, { firstPauseMs, draw }: Patience): number {
  const whole = Math.min(LONGEST_PAUSE_MS, firstPauseMs * 2 ** (tries - 1));
  return Math.round(whole * (0.5 + draw() / 2));
}

export interface Tried {
  readonly id: string;
  readonly said: string;
  /** Of the subscription it was tried with. */
  readonly revision: number;
  /** It came to no receiver. */
  readonly isOurs?: boolean;
  /** What the receiver asked for. */
  readonly afterMs?: number | undefined;
  readonly now: Date;
}

/**
 * After a try that came to nothing. What is ours to mend says nothing of the receiver: its patience
 * begins with the first try that came to it.
 */
export function failed(
  line: Line,
  { id, said, revision, isOurs = false, afterMs = 0, now }: Tried,
  patience: Patience,
): Line {
  const known = line.failing?.id === id ? line.failing : undefined;
  const before = known?.isOurs && !isOurs ? undefined : known;
  const tries = (before?.tries ?? 0) + 1;
  const since = before?.since ?? now.toISOString();
  const pause = Math.max(pauseMs(tries, patience), Math.min(afterMs, LONGEST_PAUSE_MS));
  const nextAt = new Date(now.getTime() + pause).toISOString();
  return { ...line, failing: { id, tries, since, nextAt, said, revision, isOurs } };
}

/** What becomes of an event that was not taken: it is tried again, put aside, or the line stands still. */
export function verdict(line: Line, now: Date, { spanMs }: Patience): 'again' | 'aside' | 'away' {
  const { failing, isDoubted } = line;
  if (!failing) return 'again';
  if (isDoubted) return failing.tries >= DOUBTED_TRIES ? 'away' : 'again';
  return now.getTime() - Date.parse(failing.since) >= spanMs ? 'aside' : 'again';
}

/** The event was put aside; the line goes on behind it. */
export const putAside = (line: Line, place: string): Line => ({
  ...line,
  ...{ come: place, failing: null, isDoubted: true },
});

/** An operator has it go on, at once; from another place where one is given. */
export const resumed = (line: Line, from?: string | null): Line => ({
  ...line,
  come: from === undefined ? line.come : from,
  ...{ failing: null, standing: null, isDoubted: false },
});

/**
 * How long until the next try, by the clock of the line's times; never longer than a pause may be. None
 * where the subscription is of another revision by now: what it was tried with may have been the fault.
 */
export function waitMs({ failing }: Line, now: Date, revision: number): number {
  if (!failing || (failing.revision ?? revision) !== revision) return 0;
  const left = Date.parse(failing.nextAt) - now.getTime();
  return Math.max(0, Math.min(left, LONGEST_PAUSE_MS));
}
