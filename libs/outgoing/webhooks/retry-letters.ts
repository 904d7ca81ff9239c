import type { RecordedEvent } from '#event-store';
import { deliver } from './deliver.ts';
import type { Delivering, Subscription } from './delivering.ts';
import { refusedAgain, sent, type DeadLetter, type Letters } from './letters.ts';
import { changeLetters, readLetters } from './records.ts';
import type { TurnSignals } from './turn.ts';

/** Sends the dead letters that an operator wants sent, oldest first. @returns what is left of them */
export async function retryLetters(
  delivering: Delivering,
  subscription: Subscription,
  { stopping, cut }: TurnSignals,
): Promise<Letters> {
  const { store } = delivering;
  const { stream } = subscription;
  let letters = await readLetters(store, stream);
  for (const letter of letters.waiting.filter(({ retry }) => retry !== null)) {
    if (stopping.aborted) break;
    const said = await sentAgain(delivering, subscription, letter, cut);
    letters = await changeLetters(store, stream, (before) =>
      said === undefined ? sent(before, letter.id) : refusedAgain(before, letter.id, said),
    );
  }
  return letters;
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
