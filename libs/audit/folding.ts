import {
  bookOf,
  evolveAgency,
  evolveDossier,
  evolveHead,
  evolveMandates,
  evolveSeals,
  evolveSignatures,
  headOf,
  keysOfRegisterEvent,
  newRegister,
  mandateOn,
  noAgency,
  noDossier,
  noMandates,
  noSeals,
  noSignatures,
  recallEntry,
  shownBook,
  shownDossier,
  shownEntry,
  waitingIn,
  type AgencyEvent,
  type Book,
  type CalendarDate,
  type DomainEvent,
  type DossierEvent,
  type Entry,
  type MandateEvent,
  type Mandates,
  type RegisterEvent,
  type RegisterHead,
  type SealEvent,
  type SignatureEvent,
} from '#domain';
import { evolveStretch, newStretch, stretchThen, type AskedStretch } from './stretch.ts';

/** A thing that is asked about, within its stream. */
export type Thing =
  | { readonly kind: 'register' }
  | { readonly kind: 'book'; readonly bookId: string }
  | { readonly kind: 'entry'; readonly bookId: string; readonly number: number }
  | { readonly kind: 'signature'; readonly id: string }
  | { readonly kind: 'seal'; readonly id: string }
  | { readonly kind: 'mandate'; readonly id: string }
  | { readonly kind: 'dossier' }
  | { readonly kind: 'agency' };

/** Several things at once: a register's books, a book's entries, a stretch of them, the signatures or seals of a stream, an agency's mandates. */
export type Several =
  | { readonly kind: 'books' }
  | { readonly kind: 'mandates' }
  | { readonly kind: 'specimens'; readonly of: 'signature' | 'seal' }
  | ({ readonly kind: 'entries' } & AskedStretch);

/** What is asked about. */
export type Subject = Thing | Several;

/** A fold of what one subject is, and no more of its stream than that. */
export interface Folding {
  evolve(event: DomainEvent): void;
  /** What it is now, for whoever asks about this state later. */
  now(): View;
}

/** A state that stays as it is while its fold goes on, as it was called on a day. */
export type View = (subject: Subject, day: CalendarDate) => object | null;

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

const pickSpecimens = (all: readonly { readonly id: string }[], subject: Subject) =>
  'id' in subject ? all.find(({ id }) => id === subject.id) : { specimens: all };

/** Subjects with the same name share a fold. */
export function foldName(subject: Subject): string {
  switch (subject.kind) {
    case 'entry':
      return `entry/${subject.number}`;
    case 'register':
    case 'book':
    case 'books':
      return 'head';
    case 'entries':
      return `entries/${subject.bookId}/${subject.first ?? ''}+${subject.limit}`;
    case 'specimens':
      return subject.of;
    case 'mandates':
      return 'mandate';
    case 'signature':
    case 'seal':
    case 'mandate':
    case 'dossier':
    case 'agency':
      return subject.kind;
    default:
      return subject satisfies never;
  }
}

/** What of a register is no book's. */
const numberingOf = ({ lastNumber, paused, lost }: RegisterHead) => ({ lastNumber, paused, lost });

/** What waited about it for a second account, where anything did. */
function waitingFor({ proposal }: Book | Entry): object {
  const waiting = waitingIn<{ readonly proposalId: string }>(proposal);
  return waiting ? { proposal: waiting } : {};
}

/** An entry as it was, with what it had been through and what waited about it. */
function entryThen(entry: Entry) {
  return { ...shownEntry(entry), corrections: entry.corrections, ...waitingFor(entry) };
}

const bookThen = (book: Book, day: CalendarDate) => ({
  ...shownBook(book, day),
  ...waitingFor(book),
});

function pickOfHead(head: RegisterHead, asked: Subject, day: CalendarDate): object | undefined {
  if (asked.kind === 'register') return numberingOf(head);
  if (asked.kind === 'books') return { books: head.books.map((book) => bookThen(book, day)) };
  const book = 'bookId' in asked ? bookOf(head, asked.bookId) : undefined;
  return book && bookThen(book, day);
}

const entriesFolding = (asked: AskedStretch): Folding =>
  folding(
    newStretch(),
    (stretch, event) => evolveStretch(stretch, event as RegisterEvent, asked),
    (stretch) => {
      const then = stretchThen(stretch, asked);
      return { ...then, entries: then.entries.map(entryThen) };
    },
  );

const specimensFolding = (of: 'signature' | 'seal'): Folding =>
  of === 'seal'
    ? folding(noSeals(), (state, event) => evolveSeals(state, event as SealEvent), pickSpecimens)
    : folding(
        noSignatures(),
        (state, event) => evolveSignatures(state, event as SignatureEvent),
        pickSpecimens,
      );

/** How each stood is another thing on another day. */
function pickMandates(all: Mandates, subject: Subject, day: CalendarDate): object | undefined {
  const then = all.map((one) => mandateOn(one, day));
  return 'id' in subject ? then.find(({ id }) => id === subject.id) : { mandates: then };
}

const mandatesFolding = (): Folding =>
  folding(
    noMandates(),
    (state, event) => evolveMandates(state, event as MandateEvent),
    pickMandates,
  );

const dossierFolding = (): Folding =>
  folding(
    noDossier(),
    (state, event) => evolveDossier(state, event as DossierEvent),
    (state) => state && shownDossier(state),
  );

const agencyFolding = (): Folding =>
  folding(
    noAgency(),
    (state, event) => evolveAgency(state, event as AgencyEvent),
    (state) => state,
  );

export function foldingOf(subject: Subject): Folding {
  switch (subject.kind) {
    case 'register':
    case 'book':
    case 'books':
      return folding(
        headOf(newRegister()),
        (head, event) => evolveHead(head, event as RegisterEvent),
        pickOfHead,
      );
    case 'entries':
      return entriesFolding(subject);
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
          return isAsked ? entryThen(entry) : undefined;
        },
      );
    case 'signature':
    case 'seal':
      return specimensFolding(subject.kind);
    case 'specimens':
      return specimensFolding(subject.of);
    case 'mandate':
    case 'mandates':
      return mandatesFolding();
    case 'dossier':
      return dossierFolding();
    case 'agency':
      return agencyFolding();
    default:
      return subject satisfies never;
  }
}
