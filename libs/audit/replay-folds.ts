import {
  isDossierEvent,
  isMandateEvent,
  isProposalEvent,
  isWebhookEvent,
  type CalendarDate,
  type DomainEvent,
  type ExportsEvent,
  type ImagesEvent,
  type CopyEvent,
  type EntryEvent,
  type ProposalEvent,
  type SealEvent,
  type SignatureEvent,
  type WebhookEvent,
} from '#domain';
import { differenceOf, type FieldDifference } from './difference.ts';
import { foldingOf, foldName, type Folding, type Thing } from './folding.ts';

/** What an event is about; of some there is no state to show (pictures that were kept, prints, webhooks). */
export function subjectsOf(event: DomainEvent): readonly Thing[] {
  if (isProposalEvent(event)) return [subjectOfProposal(event)];
  if (isMandateEvent(event)) return [{ kind: 'mandate', id: event.data.id }];
  if (isDossierEvent(event)) return [{ kind: 'dossier' }];
  if (hasNoState(event)) return [];
  switch (event.type) {
    case 'BookOpened':
    case 'BookEdited':
    case 'BookDiscarded':
    case 'BookClosed':
      return [{ kind: 'book', bookId: event.data.bookId }];
    case 'EntryNumberAssigned':
    case 'EntryCorrected':
    case 'EntryNumberVoided':
    case 'CertificationRevoked':
    case 'RevocationPublished':
    case 'CopyStamped':
    case 'CopySigned':
      return entryInBook(event.data);
    case 'NumberingPaused':
    case 'NumberingResumed':
      return [{ kind: 'register' }];
    case 'NumbersLost': {
      const { bookId } = event.data;
      return [
        { kind: 'register' },
        ...(bookId === null ? [] : [{ kind: 'book', bookId } as const]),
      ];
    }
    case 'AgencyRegistered':
    case 'AgencyRenamed':
    case 'AgencyLevelChanged':
    case 'AgencyCodesChanged':
    case 'AgencyFourEyesChanged':
    case 'AgencyRetired':
    case 'SuccessionAccepted':
      return [{ kind: 'agency' }];
    default:
      return [specimenOf(event)];
  }
}

const hasNoState = (event: DomainEvent): event is WebhookEvent | ImagesEvent | ExportsEvent =>
  isWebhookEvent(event) || event.type === 'ImageKept' || event.type === 'RegisterExported';

const entryInBook = ({
  bookId,
  number,
}: EntryEvent['data'] | CopyEvent['data']): readonly Thing[] => [
  { kind: 'book', bookId },
  { kind: 'entry', bookId, number },
];

function subjectOfProposal({ data }: ProposalEvent): Thing {
  const { bookId } = data;
  const number = 'number' in data ? data.number : null;
  return number === null ? { kind: 'book', bookId } : { kind: 'entry', bookId, number };
}

function specimenOf({ type, data: { id } }: SignatureEvent | SealEvent): Thing {
  switch (type) {
    case 'SignatureRegistered':
    case 'SignatureEdited':
    case 'SignatureRevoked':
      return { kind: 'signature', id };
    case 'SealRegistered':
    case 'SealEdited':
    case 'SealRevoked':
      return { kind: 'seal', id };
    default:
      return type satisfies never;
  }
}

/** A thing an event was about, before and after. */
export interface Replayed {
  readonly subject: Thing;
  readonly fields: readonly FieldDifference[];
}

/** The folds of one stream as its events go by. Of its entries only those that are met again are kept. */
export class Folds {
  private readonly folds = new Map<string, Folding>();
  /** The day on which each book was last told of: days go by and change its state. */
  private readonly toldOn = new Map<string, CalendarDate>();

  /** @param met names of the folds of entries that later events are about */
  constructor(private readonly met: ReadonlySet<string>) {}

  /** @param told the day of the event, and whether anybody wants to know what it made of what */
  take(
    event: DomainEvent,
    { day, isAsked }: { readonly day: CalendarDate; readonly isAsked: boolean },
  ): readonly Replayed[] {
    const concerned = subjectsOf(event).flatMap((subject) => {
      const fold = this.foldOf(subject, isAsked);
      return fold ? [{ subject, fold, before: fold.now() }] : [];
    });
    for (const fold of new Set(concerned.map((one) => one.fold))) fold.evolve(event);
    return concerned.flatMap(({ subject, fold, before }) => {
      const toldOn = this.toldOnBefore(subject, day);
      if (!isAsked) return [];
      const [earlier, later] = [before(subject, toldOn), fold.now()(subject, day)];
      return [{ subject, fields: differenceOf(subject.kind, earlier, later) }];
    });
  }

  private foldOf(subject: Thing, isAsked: boolean): Folding | undefined {
    const name = foldName(subject);
    const isKept = subject.kind !== 'entry' || this.met.has(name);
    if (!isKept) return isAsked ? foldingOf(subject) : undefined;
    const fold = this.folds.get(name) ?? foldingOf(subject);
    this.folds.set(name, fold);
    return fold;
  }

  private toldOnBefore(subject: Thing, day: CalendarDate): CalendarDate {
    if (subject.kind !== 'book') return day;
    const before = this.toldOn.get(subject.bookId) ?? day;
    this.toldOn.set(subject.bookId, day);
    return before;
  }
}
