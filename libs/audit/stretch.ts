import {
  newRegister,
  recallEntry,
  type Entry,
  type NumberRange,
  type RegisterEvent,
  type RegisterState,
} from '#domain';

/** So many numbers of a book, from one on. */
export interface AskedStretch {
  readonly bookId: string;
  /** Left out: the book's own first number, which a book that goes on from another has beyond 1. */
  readonly first?: number | undefined;
  /** Bounded: all of them are in memory at once. */
  readonly limit: number;
}

/** A stretch of a book as its events go by. */
export interface Stretch {
  /** The entries asked for, and no others. */
  readonly register: RegisterState;
  /** Of the numbers asked for those whose events are lost. */
  readonly lost: readonly number[];
  /** All numbers of the book that were given, which run without gap; null before the first. */
  readonly given: NumberRange | null;
}

/** What a stretch was. */
export interface StretchThen {
  readonly entries: readonly Entry[];
  readonly lost: readonly number[];
  /** Where the book goes on behind it; left out where it does not. */
  readonly next?: number;
}

export const newStretch = (): Stretch => ({ register: newRegister(), lost: [], given: null });

const numbersIn = ({ from, to }: NumberRange): readonly number[] =>
  Array.from({ length: Math.max(0, to - from + 1) }, (_, at) => from + at);

const among = (one: NumberRange, other: NumberRange): NumberRange => ({
  from: Math.max(one.from, other.from),
  to: Math.min(one.to, other.to),
});

/** The numbers that are asked for, in a book whose first one is known. */
function rangeOf({ first, limit }: AskedStretch, given: NumberRange): NumberRange {
  const from = first ?? given.from;
  return { from, to: from + limit - 1 };
}

/** The numbers of a book after one of its events. */
function givenAfter(given: NumberRange | null, { type, data }: RegisterEvent): NumberRange | null {
  if (type === 'NumbersLost') return { from: given?.from ?? data.from, to: data.to };
  if (type !== 'EntryNumberAssigned') return given;
  return { from: given?.from ?? data.number, to: data.number };
}

export function evolveStretch(
  stretch: Stretch,
  event: RegisterEvent,
  asked: AskedStretch,
): Stretch {
  const { type, data } = event;
  const isOfBook = 'bookId' in data && data.bookId === asked.bookId;
  const given = isOfBook ? givenAfter(stretch.given, event) : null;
  if (given === null) return stretch;
  const range = rangeOf(asked, given);
  if (type === 'NumbersLost')
    return { ...stretch, given, lost: [...stretch.lost, ...numbersIn(among(data, range))] };
  const number = 'number' in data ? data.number : null;
  const isAsked = number !== null && range.from <= number && number <= range.to;
  return isAsked
    ? { ...stretch, given, register: recallEntry(stretch.register, event) }
    : { ...stretch, given };
}

/** A stretch that ends before the book begins goes on with its first number. */
export function stretchThen({ register, lost, given }: Stretch, asked: AskedStretch): StretchThen {
  if (given === null) return { entries: [], lost };
  const range = rangeOf(asked, given);
  const entries = numbersIn(range).flatMap((number) => register.entries.get(number) ?? []);
  const next = Math.max(range.to + 1, given.from);
  return { entries, lost, ...(next <= given.to && { next }) };
}
