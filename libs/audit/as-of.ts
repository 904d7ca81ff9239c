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
  shownEntry,
  readEvent,
  readMetadata,
  type AgencyEvent,
  type DomainEvent,
  type EventMetadata,
  type RegisterEvent,
  type SealEvent,
  type SignatureEvent,
} from '#domain';
import type { RecordedEvent } from '#event-store';

/** A moment in a stream's life: right after a revision, or at an instant (ISO 8601) by the recorded time. */
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
  state(subject: Subject): object | null;
}

function folding<S>(
  initial: S,
  evolve: (state: S, event: DomainEvent) => S,
  pick: (state: S, subject: Subject) => object | null | undefined,
): Folding {
  let state = initial;
  return {
    evolve: (event) => {
      state = evolve(state, event);
    },
    state: (subject) => pick(state, subject) ?? null,
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
        (head, asked) => ('bookId' in asked ? bookOf(head, asked.bookId) : undefined),
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

/** Whether an event lies behind the moment. Times come from clocks, which may step back; the order of events is that of the log. */
const isBehind = (moment: Moment, revision: number, occurredAt: string): boolean =>
  'revision' in moment
    ? revision > moment.revision
    : Date.parse(occurredAt) > Date.parse(moment.at);

/** One who asks, in a pass over a stream. */
export interface Asking {
  readonly question: Question;
  readonly answer: (asOf: AsOf) => void;
  /** Nobody waits for the answer any more. */
  readonly isGone: () => boolean;
}

/**
 * One pass over a stream answers everybody who asks about it, each when its moment goes by; it ends
 * with the last of them. From the first event on: the log alone is asked.
 * @throws Error where the log holds what this version does not know, or an event of another's
 */
export async function answerAll(
  records: AsyncIterable<RecordedEvent>,
  asking: readonly Asking[],
): Promise<void> {
  const folds = new Map<string, Folding>();
  for (const { question } of asking) {
    const name = foldName(question.subject);
    if (!folds.has(name)) folds.set(name, foldingOf(question.subject));
  }
  const last = { revision: -1, occurredAt: null as string | null };
  const tell = ({ question, answer }: Asking): void => {
    const state = folds.get(foldName(question.subject))?.state(question.subject) ?? null;
    answer({ state, ...last });
  };
  let open = [...asking];
  for await (const record of records) {
    const { occurredAt, actor, schemaVersion } = factsOf(record);
    open = open.filter((one) => {
      if (one.isGone()) return false;
      if (!isBehind(one.question.moment, record.revision, occurredAt)) return true;
      tell(one);
      return false;
    });
    if (open.length === 0) return;
    const { type, data, stream, revision } = record;
    const event = readEvent(type, data, () => schemaVersion);
    if (!belongsTo(stream, event, actor)) throw new Error(`${stream}: foreign event ${revision}`);
    for (const fold of folds.values()) fold.evolve(event);
    [last.revision, last.occurredAt] = [revision, occurredAt];
  }
  for (const one of open) tell(one);
}
