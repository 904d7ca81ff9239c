import {
  applyChanges,
  bookOf,
  evolveHead,
  headOf,
  isProposalEvent,
  keysOfRegisterEvent,
  newRegister,
  type CopyEvent,
  type ProposalEvent,
  type RegisterEvent,
  type RegisterHead,
} from '#domain';
import {
  requireAsked,
  requireConfirmed,
  requireEnding,
  requireLapsed,
  waitingOf,
  type Act,
  type Asked,
} from './check-proposals.ts';
import { requireBefore, requireEndOf, requireRevoked, type EndEvent } from './before.ts';
import { requireCopied } from './check-copies.ts';
import { requireLostNext, requireNext, requireTotals } from './check-numbers.ts';
import type { MandatesCheck, Stood, Written } from './check-mandates.ts';
import type { Report } from './report.ts';

type Data<T extends RegisterEvent['type']> = Extract<RegisterEvent, { type: T }>['data'];
type Columns = Readonly<Record<string, unknown>>;

interface KeptEntry {
  readonly columns: Columns;
  readonly document: string;
  readonly state: 'assigned' | 'voided' | 'revoked';
  /** Its correction, as it waits for a second account. */
  readonly asked?: Asked | undefined;
  /** SHA-256 of its electronic copy as it was stamped last. */
  readonly stamped?: string;
}

/**
 * One register, folded by the domain's own rules, and its numbering looked at on the way: gapless,
 * no number and no document twice, dates in order, values before a correction as they stood, totals
 * at closing as the entries make them. Of its entries it keeps those that something happens to later.
 */
export class RegisterCheck {
  private head: RegisterHead = headOf(newRegister());
  private readonly entries = new Map<number, KeptEntry>();
  /** Number of each document. */
  private readonly documents = new Map<string, number>();

  constructor(
    private readonly isChangedLater: (number: number) => boolean,
    private readonly mandates: MandatesCheck,
  ) {}

  /** @param account of the event's actor */
  see(event: RegisterEvent, account: string, written: Written): void {
    const { report } = written;
    const act = { type: event.type, account, report, written };
    if (event.type === 'BookClosed' || event.type === 'EntryCorrected')
      requireConfirmed(this.waiting(event), event, act);
    requireLapsed(this.waiting(event), event, act);
    this.look(event, act);
    try {
      this.head = evolveHead(this.head, event);
    } catch (error) {
      report('UNREADABLE_EVENT', { detail: (error as Error).message });
    }
  }

  private look(event: RegisterEvent, act: Act & { readonly written: Written }): void {
    const { report, written } = act;
    if (isProposalEvent(event)) {
      this.lookAtProposal(event, act);
      return;
    }
    switch (event.type) {
      case 'EntryNumberAssigned':
        this.assigned(event, report);
        this.mandates.assigned(event, written);
        return;
      case 'EntryCorrected':
        this.corrected(event, written);
        return;
      case 'EntryNumberVoided':
      case 'CertificationRevoked':
        this.ended(event, report);
        return;
      case 'RevocationPublished':
        requireRevoked(this.entries.get(event.data.number)?.state, event, report);
        return;
      case 'CopyStamped':
      case 'CopySigned':
        this.copied(event, report);
        return;
      case 'BookEdited':
        this.bookEdited(event.data, report);
        return;
      case 'BookClosed':
        this.closed(event.data, report);
        return;
      case 'BookDiscarded':
        this.requireOpen(event, report);
        return;
      case 'NumbersLost':
        requireLostNext(this.head, event.data, report);
        return;
      case 'BookOpened':
      case 'NumberingPaused':
      case 'NumberingResumed':
        return;
      default:
        return event satisfies never;
    }
  }

  private lookAtProposal(event: ProposalEvent, act: Act): void {
    switch (event.type) {
      case 'ClosingProposed':
        this.requireOpen(event, act.report);
        requireAsked(this.waiting(event), event.data, act);
        return;
      case 'CorrectionProposed':
        this.proposed(event.data, act);
        return;
      case 'ProposalWithdrawn':
      case 'ProposalRefused':
      case 'ProposalLapsed':
        requireEnding(this.waiting(event), event.data, act);
        this.setAsked(event.data.number, undefined);
        return;
      default:
        return event satisfies never;
    }
  }

  /** What waits about the thing an event is about. */
  private waiting({ data }: RegisterEvent): Asked | undefined {
    const number = 'number' in data ? data.number : null;
    if (number !== null) return this.entries.get(number)?.asked;
    return 'bookId' in data ? waitingOf(bookOf(this.head, data.bookId ?? '')) : undefined;
  }

  private setAsked(number: number | null, asked: Asked | undefined): void {
    const entry = number === null ? undefined : this.entries.get(number);
    if (entry && number !== null) this.entries.set(number, { ...entry, asked });
  }

  private proposed(data: Data<'CorrectionProposed'>, act: Act): void {
    const { type, report } = act;
    const { number } = data;
    const entry = this.entries.get(number);
    if (!entry) {
      report('NO_ENTRY', { type, number });
      return;
    }
    if (entry.state !== 'assigned') report('ENTRY_STATE', { type, number, state: entry.state });
    requireBefore(type, entry.columns, data.changes, report);
    requireAsked(entry.asked, data, act);
    this.setAsked(number, data);
  }

  private requireOpen(
    { type, data }: Extract<RegisterEvent, { data: { bookId: string } }>,
    report: Report,
  ): void {
    if (bookOf(this.head, data.bookId)?.state !== 'open')
      report('NO_BOOK', { type, book: data.bookId });
  }

  private assigned(
    event: Extract<RegisterEvent, { type: 'EntryNumberAssigned' }>,
    report: Report,
  ): void {
    const { number } = event.data;
    this.requireOpen(event, report);
    requireNext(this.head, event.data, report);
    const document = keysOfRegisterEvent(event)[1] ?? '';
    const other = this.documents.get(document);
    if (other !== undefined) report('DOCUMENT_TWICE', { number, other });
    this.documents.set(document, number);
    if (this.isChangedLater(number))
      this.entries.set(number, {
        columns: event.data as unknown as Columns,
        document,
        state: 'assigned',
      });
  }

  private corrected(
    event: Extract<RegisterEvent, { type: 'EntryCorrected' }>,
    written: Written,
  ): void {
    const { type, data } = event;
    const { number, changes, mandate, proposed } = data;
    const { report } = written;
    const entry = this.entries.get(number);
    if (!entry) {
      report('NO_ENTRY', { type, number });
      return;
    }
    if (entry.state !== 'assigned') report('ENTRY_STATE', { type, number, state: entry.state });
    requireBefore(type, entry.columns, changes, report);
    const columns = { ...applyChanges<Columns>(entry.columns, changes), mandate };
    const after = columns as unknown as Stood;
    this.mandates.corrected(event, { before: entry.columns, after }, written);
    this.entries.set(number, { ...entry, columns, ...(proposed && { asked: undefined }) });
  }

  private ended(event: EndEvent, report: Report): void {
    const { number } = event.data;
    const entry = this.entries.get(number);
    requireEndOf(entry, event, report);
    if (!entry) return;
    const state = event.type === 'EntryNumberVoided' ? 'voided' : 'revoked';
    if (state === 'voided') this.documents.delete(entry.document);
    this.entries.set(number, { ...entry, state });
  }

  private copied(event: CopyEvent, report: Report): void {
    const { number } = event.data;
    const entry = this.entries.get(number);
    requireCopied(entry, event, report);
    if (entry && event.type === 'CopyStamped')
      this.entries.set(number, { ...entry, stamped: event.data.sha256 });
  }

  private bookEdited({ bookId, changes }: Data<'BookEdited'>, report: Report): void {
    const book = bookOf(this.head, bookId);
    if (book?.state !== 'open') {
      report('NO_BOOK', { type: 'BookEdited', book: bookId });
      return;
    }
    requireBefore('BookEdited', book as unknown as Columns, changes, report);
  }

  private closed({ bookId, totals }: Data<'BookClosed'>, report: Report): void {
    const book = bookOf(this.head, bookId);
    if (book?.state !== 'open') {
      report('NO_BOOK', { type: 'BookClosed', book: bookId });
      return;
    }
    requireTotals(book, totals, report);
  }
}
