/** Events a subscription's receiver did not take: put aside until an operator decides. Pure, as the line. */

export interface DeadLetter {
  /** Of the event; names the letter. */
  readonly id: string;
  readonly place: string;
  readonly type: string;
  /** The stream it stands in, and where. */
  readonly subject: string;
  readonly revision: number;
  readonly tries: number;
  /** When it was put aside. */
  readonly at: string;
  readonly said: string;
  /** An operator wants it sent. */
  readonly retry: Decision | null;
}

/** Who has decided, and why. */
export interface Decision {
  readonly by: string;
  readonly at: string;
  readonly reason: string;
}

export interface Letters {
  readonly waiting: readonly DeadLetter[];
  /** Those that will not be sent any more: the latest. */
  readonly dropped: readonly (DeadLetter & { readonly drop: Decision })[];
}

export const noLetters: Letters = { waiting: [], dropped: [] };

/** Dead letters kept for one subscription: with more its receiver is in no state to be sent to. */
export const MOST_LETTERS = 1000;
const DROPPED_KEPT = 200;

/** There is no such letter: it was sent or dropped meanwhile. */
export class NoSuchLetter extends Error {
  override readonly name = 'NoSuchLetter';
}

export const isFull = ({ waiting }: Letters): boolean => waiting.length >= MOST_LETTERS;

/** The same again changes nothing: the line may be told a moment later than the letter is kept. */
export const kept = (letters: Letters, letter: DeadLetter): Letters =>
  letters.waiting.some(({ id }) => id === letter.id)
    ? letters
    : { ...letters, waiting: [...letters.waiting, letter] };

export const sent = (letters: Letters, id: string): Letters => ({
  ...letters,
  waiting: letters.waiting.filter((one) => one.id !== id),
});

/** Tried once more in vain. */
export const refusedAgain = (letters: Letters, id: string, said: string): Letters => ({
  ...letters,
  waiting: letters.waiting.map((one) =>
    one.id === id ? { ...one, said, tries: one.tries + 1, retry: null } : one,
  ),
});

/** The oldest that an operator wants sent. */
export const nextAsked = ({ waiting }: Letters): DeadLetter | undefined =>
  waiting.find(({ retry }) => retry !== null);

/** Those of these ids; all where none are named. @throws NoSuchLetter */
function named({ waiting }: Letters, ids: readonly string[]): ReadonlySet<string> {
  const there = new Set(waiting.map(({ id }) => id));
  const missing = ids.find((id) => !there.has(id));
  if (missing !== undefined) throw new NoSuchLetter(`there is no dead letter ${missing}`);
  return ids.length === 0 ? there : new Set(ids);
}

/** @throws NoSuchLetter */
export function toRetry(letters: Letters, ids: readonly string[], retry: Decision): Letters {
  const asked = named(letters, ids);
  const waiting = letters.waiting.map((one) => (asked.has(one.id) ? { ...one, retry } : one));
  return { ...letters, waiting };
}

/** @throws NoSuchLetter */
export function toDrop(letters: Letters, ids: readonly string[], drop: Decision): Letters {
  const asked = named(letters, ids);
  const gone = letters.waiting.filter(({ id }) => asked.has(id)).map((one) => ({ ...one, drop }));
  return {
    waiting: letters.waiting.filter(({ id }) => !asked.has(id)),
    dropped: [...letters.dropped, ...gone].slice(-DROPPED_KEPT),
  };
}
