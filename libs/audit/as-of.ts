import {
  belongsTo,
  bookOf,
  evolveAgency,
  evolveHead,
  evolveSeals,
  evolveSignatures,
  headOf,
  keysOfRegisterEvent,
  newRegister,
  noAgency,
  noSeals,
  noSignatures,
  recallEntry,
  shownBook,
  shownEntry,
  vietnameseDate,
  readEvent,
  readMetadata,
  type AgencyEvent,
  type CalendarDate,
  type DomainEvent,
  type EventMetadata,
  type RegisterEvent,
  type SealEvent,
  type SignatureEvent,
} from '#domain';
import type { RecordedEvent } from '#event-store';

/**
 * A moment in a stream's life: right after a revision, or at an instant (ISO 8601): behind the last
 * event whose recorded time is not after it. Every event before that one counts, whatever time it
 * bears: one that was written by a clock far ahead hides nothing behind it.
 */
export type Moment = { readonly revision: number } | { readonly at: string };

/** What is asked about, within its stream. */
export type Subject =
  | { readonly kind: 'book'; readonly bookId: string }
  | { readonly kind: 'entry'; readonly bookId: string; readonly number: number }
  | { readonly kind: 'signature'; readonly id: string }
  | { readonly kind: 'seal'; readonly id: string }
  | { readonly kind: 'agency' };

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

/** A fold of what one subject is, and no more of its stream than that. */
interface Folding {
  evolve(event: DomainEvent): void;
  /** What it is now, for whoever asks about this state later. */
  now(): View;
}

/** A state that stays as it is while its fold goes on, as it was called on a day. */
type View = (subject: Subject, day: CalendarDate) => object | null;

function folding<S>(
  initial: S,
  evolve: (state: S, event: DomainEvent) => S,
  pick: (state: S, subject: Subject, day: CalendarDate) => object | null | undefined,
): Folding {
  let state = initial;
  return {
    evolve: (event) => {
      state = evolve(state, event);
    },
    now: () => {
      const then = state;
      return (subject, day) => pick(then, subject, day) ?? null;
    },
  };
}

const byId = (all: readonly { readonly id: string }[], subject: Subject) =>
  'id' in subject ? all.find(({ id }) => id === subject.id) : undefined;

/** Subjects with the same name share a fold. */
const foldName = (subject: Subject): string =>
  subject.kind === 'entry' ? `entry/${subject.number}` : subject.kind;

function foldingOf(subject: Subject): Folding {
  switch (subject.kind) {
    case 'book':
      return folding(
        headOf(newRegister()),
        (head, event) => evolveHead(head, event as RegisterEvent),
        (head, asked, day) => {
          const book = 'bookId' in asked ? bookOf(head, asked.bookId) : undefined;
          return book && shownBook(book, day);
        },
      );
    case 'entry':
      return folding(
        newRegister(),
        (state, event) => {
          const isAbout = keysOfRegisterEvent(event as RegisterEvent).includes(foldName(subject));
          return isAbout ? recallEntry(state, event as RegisterEvent) : state;
        },
        ({ entries }, asked) => {
          const entry = entries.get(subject.number);
          const isAsked = asked.kind === 'entry' && entry?.bookId === asked.bookId;
          return isAsked ? { ...shownEntry(entry), corrections: entry.corrections } : undefined;
        },
      );
    case 'signature':
      return folding(
        noSignatures(),
        (state, event) => evolveSignatures(state, event as SignatureEvent),
        byId,
      );
    case 'seal':
      return folding(noSeals(), (state, event) => evolveSeals(state, event as SealEvent), byId);
    case 'agency':
      return folding(
        noAgency(),
        (state, event) => evolveAgency(state, event as AgencyEvent),
        (state) => state,
      );
    default:
      return subject satisfies never;
  }
}

const factsOf = ({ metadata }: RecordedEvent): EventMetadata => readMetadata(metadata);

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
    const { occurredAt, actor, schemaVersion } = factsOf(record);
    const { type, data, stream, revision } = record;
    const event = readEvent(type, data, () => schemaVersion);
    if (!belongsTo(stream, event, actor)) throw new Error(`${stream}: foreign event ${revision}`);
    for (const fold of folds.values()) fold.evolve(event);
    for (const one of seen.keys()) {
      if (counts(one.question.moment, occurredAt)) seen.set(one, see(one, revision, occurredAt));
    }
  }
  for (const [one, last] of seen) tell(one, last);
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
const isBehind = (moment: Moment, { revision }: RecordedEvent): boolean =>
  'revision' in moment && revision > moment.revision;

const counts = (moment: Moment, occurredAt: string): boolean =>
  'revision' in moment || Date.parse(occurredAt) <= Date.parse(moment.at);

function tell({ question, answer, isGone }: Asking, { view, revision, occurredAt }: Seen): void {
  if (isGone()) return;
  const { subject, moment } = question;
  const instant = 'at' in moment ? moment.at : occurredAt;
  const state = view(subject, vietnameseDate(new Date(instant ?? 0)));
  answer({ state, revision, occurredAt });
}
