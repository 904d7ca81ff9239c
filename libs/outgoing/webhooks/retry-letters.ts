import type { RecordedEvent } from '#event-store';
import { deliver } from './deliver.ts';
import type { Delivering, Subscription } from './delivering.ts';
import { nextAsked, refusedAgain, sent, type DeadLetter, type Letters } from './letters.ts';
import { changeLetters, readLetters } from './records.ts';
import { TURN_MS, type TurnSignals } from './turn.ts';

/** What became of one turn of letters. */
export interface LettersTurn {
  readonly left: Letters;
  /** One was not taken. */
  readonly isFailing: boolean;
}

/**
 * Sends the dead letters that an operator wants sent, oldest first, for one turn. Each is the next as
 * they stand by then: while a receiver is waited for, they may have been dropped.
 */
export async function retryLetters(
  delivering: Delivering,
  subscription: Subscription,
  { stopping, cut }: TurnSignals,
): Promise<LettersTurn> {
  const { store } = delivering;
  const { stream } = subscription;
  let [left, isFailing] = [await readLetters(store, stream), false];
  const end = performance.now() + TURN_MS;
  for (;;) {
    const letter = nextAsked(left);
    if (!letter || stopping.aborted || performance.now() > end) return { left, isFailing };
    const said = await sentAgain(delivering, subscription, letter, cut);
    isFailing ||= said !== undefined;
    left = await changeLetters(store, stream, (before) =>
      said === undefined ? sent(before, letter.id) : refusedAgain(before, letter.id, said),
    );
  }
}

/** What the receiver said; undefined where it has taken it. */
async function sentAgain(
  delivering: Delivering,
  subscription: Subscription,
  letter: DeadLetter,
  cut: AbortSignal,
): Promise<string | undefined> {
  const event = await eventOf(delivering, letter);
  if (event?.id !== letter.id) return 'the log does not hold it any more';
  const delivered = await deliver(delivering, subscription, event, cut);
  return delivered.kind === 'taken' ? undefined : delivered.said;
}

async function eventOf(
  { log }: Delivering,
  { subject, revision }: DeadLetter,
): Promise<RecordedEvent | undefined> {
  for await (const event of log.readStream(subject, { from: revision, limit: 1 })) return event;
  return undefined;
}
