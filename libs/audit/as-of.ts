import { lastInstantIn, vietnameseDate } from '#domain';
import type { Position, RecordedEvent } from '#event-store';
import { foldingOf, foldName, type Folding, type Subject, type View } from './folding.ts';
import { readRecord } from './read-record.ts';

/**
 * A moment in a stream's life: right after a revision; at an instant (ISO 8601): behind the last
 * event whose recorded time is not after it; or when the log had come to a position. At an instant
 * every event before that one counts, whatever time it bears: one that was written by a clock far
 * ahead hides nothing behind it.
 */
export type Moment =
  { readonly revision: number } | { readonly at: string } | { readonly upTo: Position };

/** A moment as it is asked for: also when a checkpoint of so many events was signed. */
export type AskedMoment = Exclude<Moment, { upTo: unknown }> | { readonly checkpoint: number };

/**
 * The moment a text names: a revision, `checkpoint:` and its size, or an instant; a day means its last
 * instant. Undefined where it names none.
 */
export function momentIn(text: string): AskedMoment | undefined {
  if (/^\d{1,9}$/.test(text)) return { revision: Number(text) };
  const [, checkpoint] = /^checkpoint:(\d{1,12})$/.exec(text) ?? [];
  if (checkpoint !== undefined) return { checkpoint: Number(checkpoint) };
  const at = lastInstantIn(text)?.toISOString();
  return at === undefined ? undefined : { at };
}

export interface Question {
  readonly stream: string;
  readonly subject: Subject;
  readonly moment: Moment;
}

export interface AsOf {
  /** Null when the thing did not exist yet. Plain data. */
  readonly state: object | null;
  /** Revision of the last event that counted; -1 when none did. */
  readonly revision: number;
  /** When that event happened, ISO 8601 UTC. */
  readonly occurredAt: string | null;
}

/** One who asks, in a pass over a stream. */
export interface Asking {
  readonly question: Question;
  readonly answer: (asOf: AsOf) => void;
  /** Nobody waits for the answer any more. */
  readonly isGone: () => boolean;
}

/** What was last seen that counts for somebody. */
interface Seen {
  readonly view: View;
  readonly revision: number;
  readonly occurredAt: string | null;
}

/**
 * One pass over a stream answers everybody who asks about it: who asks for a revision when it goes
 * by, who asks for an instant at the end, since clocks step back and the last event that is not
 * after it may be any. From the first event on: the log alone is asked.
 * @throws Error where the log holds what this version does not know, or an event of another's
 */
export async function answerAll(
  records: AsyncIterable<RecordedEvent>,
  asking: readonly Asking[],
): Promise<void> {
  const folds = foldsOf(asking);
  const see = ({ question }: Asking, revision: number, occurredAt: string | null): Seen => {
    const view = folds.get(foldName(question.subject))?.now() ?? nothing;
    return { view, revision, occurredAt };
  };
  const seen = new Map(asking.map((one) => [one, see(one, -1, null)]));
  for await (const record of records) {
    for (const [one, last] of seen) {
      if (!one.isGone() && !isBehind(one.question.moment, record)) continue;
      seen.delete(one);
      tell(one, last);
    }
    if (seen.size === 0) return;
    const { event, metadata } = readRecord(record);
    const { occurredAt } = metadata;
    for (const fold of folds.values()) fold.evolve(event);
    for (const one of seen.keys()) {
      if (counts(one.question.moment, occurredAt))
        seen.set(one, see(one, record.revision, occurredAt));
    }
  }
  for (const [one, last] of seen) tell(one, last);
}

/** What a subject was at each of some moments, in one pass over its stream. @throws as `answerAll` */
export async function answersAt(
  records: AsyncIterable<RecordedEvent>,
  { moments, ...about }: Omit<Question, 'moment'> & { readonly moments: readonly Moment[] },
): Promise<readonly AsOf[]> {
  const answers: AsOf[] = [];
  const asking = moments.map((moment, index) => ({
    question: { ...about, moment },
    answer: (asOf: AsOf) => void (answers[index] = asOf),
    isGone: () => false,
  }));
  await answerAll(records, asking);
  return answers;
}

const nothing: View = () => null;

function foldsOf(asking: readonly Asking[]): ReadonlyMap<string, Folding> {
  const folds = new Map<string, Folding>();
  for (const { question } of asking) {
    const name = foldName(question.subject);
    if (!folds.has(name)) folds.set(name, foldingOf(question.subject));
  }
  return folds;
}

/** Whether nothing from this event on can count. */
export const isBehind = (moment: Moment, { revision, position }: RecordedEvent): boolean =>
  'upTo' in moment ? position > moment.upTo : 'revision' in moment && revision > moment.revision;

export const counts = (moment: Moment, occurredAt: string): boolean =>
  !('at' in moment) || Date.parse(occurredAt) <= Date.parse(moment.at);

function tell({ question, answer, isGone }: Asking, { view, revision, occurredAt }: Seen): void {
  if (isGone()) return;
  const { subject, moment } = question;
  const instant = 'at' in moment ? moment.at : occurredAt;
  const state = view(subject, vietnameseDate(new Date(instant ?? 0)));
  answer({ state, revision, occurredAt });
}
