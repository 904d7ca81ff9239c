import type { Changes } from '../changes.ts';
import type { MandateUse } from '../mandate/use.ts';
import type { Authority } from './authority.ts';
import type { CopyEvent } from './copy-events.ts';
import type { RegisterForm } from './form.ts';

/** Names and fields below are a storage format for ever; `golden/` holds one JSON per event and version. */

export { authorities } from './authority.ts';
export type { Authority } from './authority.ts';
export * from './copy-events.ts';

export interface BookFields {
  /** Full name, `01/2024-SCTĐT/BS`. */
  readonly name: string;
  readonly firstNumber: number;
  readonly openedOn: string;
  readonly closesOn: string;
  /** The form of register the book is kept on; follows from `openedOn`. Since version 2 of BookOpened. */
  readonly form: RegisterForm;
}

/** An image at the version it had when it was used. */
export interface ImageUse {
  readonly id: string;
  readonly version: number;
  readonly sha256: string;
}

/** Of which agency: a successor closes with its own. */
export interface SealUse extends ImageUse {
  readonly agency: string;
}

export interface SignatureUse extends ImageUse {
  readonly account: string;
}

/** The columns of the register that a correction may change. */
export interface EntryColumns {
  readonly certifiedOn: string;
  readonly requester: string;
  readonly documentTitle: string;
  readonly certifierFullName: string;
  readonly certifierTitle: string;
  readonly authority: Authority | null;
  readonly copies: number;
  /** Đồng: the officer's own figure, which is what was taken. */
  readonly fee: number;
  /** Of the original; null where nobody said. Since version 2 of EntryNumberAssigned. */
  readonly pages: number | null;
  /** Đồng, by the tariff of the day; null where it has none for what is known. Since version 2. */
  readonly proposedFee: number | null;
  readonly note: string;
}

/** Figures of a book at one moment; copies and fees leave voided numbers out. */
export interface BookTotals {
  readonly firstNumber: number | null;
  readonly lastNumber: number | null;
  readonly entries: number;
  readonly voided: number;
  readonly revoked: number;
  /** Numbers that were given and whose events a loss of data took away. Since version 3 of BookClosed. */
  readonly lost: number;
  readonly copies: number;
  readonly fees: number;
}

/** An account that has asked for something another one has to confirm. */
export interface Proposer {
  readonly account: string;
  readonly name: string;
}

/** Which proposal an act was confirmed from, and whose it was; who confirmed it is the event's actor. */
export interface Confirmed extends Proposer {
  readonly proposalId: string;
}

interface Event<Type extends string, Data> {
  readonly type: Type;
  readonly data: Data;
}

export type BookOpened = Event<
  'BookOpened',
  BookFields & { readonly bookId: string; readonly reason: string }
>;
export type BookEdited = Event<
  'BookEdited',
  { readonly bookId: string; readonly changes: Changes<BookFields>; readonly reason: string }
>;
export type BookDiscarded = Event<
  'BookDiscarded',
  { readonly bookId: string; readonly reason: string }
>;
export type BookClosed = Event<
  'BookClosed',
  {
    readonly bookId: string;
    readonly closedOn: string;
    readonly confirmedByFullName: string;
    readonly confirmedByTitle: string;
    /** By which authority the certifier confirms. Since version 2; null where it was not recorded. */
    readonly confirmedByAuthority: Authority | null;
    readonly totals: BookTotals;
    /** Put on it when it was closed. Since version 5; null where none was named, or recorded. */
    readonly seal: SealUse | null;
    /** Whose proposal this confirms. Since version 4; null where one account closed it alone. */
    readonly proposed: Confirmed | null;
  }
>;
export type EntryNumberAssigned = Event<
  'EntryNumberAssigned',
  EntryColumns & {
    readonly bookId: string;
    readonly bookName: string;
    readonly number: number;
    readonly numberText: string;
    readonly numberFormat: number;
    readonly dossier: string;
    readonly document: number;
    readonly signature: SignatureUse | null;
    readonly seal: ImageUse | null;
    /** What a copy is verified by (`verification-code.ts`). Since version 3; null of earlier numbers. */
    readonly verificationCode: string | null;
    /** What who signed in the chairman's place stood on. Since version 4; null where nothing was needed. */
    readonly mandate: MandateUse | null;
  }
>;
export type EntryCorrected = Event<
  'EntryCorrected',
  {
    readonly bookId: string;
    readonly number: number;
    readonly changes: Changes<EntryColumns>;
    readonly reason: string;
    /** What the certification stands on as corrected. Since version 3; null where nothing was needed. */
    readonly mandate: MandateUse | null;
    /** Whose proposal this confirms. Since version 2; null where one account corrected it alone. */
    readonly proposed: Confirmed | null;
  }
>;
export type EntryNumberVoided = Event<
  'EntryNumberVoided',
  {
    readonly bookId: string;
    readonly number: number;
    /** What the book's totals lose. */
    readonly copies: number;
    readonly fee: number;
    readonly reason: string;
  }
>;
export type CertificationRevoked = Event<
  'CertificationRevoked',
  {
    readonly bookId: string;
    readonly number: number;
    readonly decisionNumber: string;
    readonly decisionDate: string;
    /** Whose decision it is. Since version 2; null where it was not recorded. */
    readonly decisionIssuer: string | null;
    readonly reason: string;
  }
>;
/** The decision was made public, as the law demands: with it, or when it has been. */
export type RevocationPublished = Event<
  'RevocationPublished',
  Publication & { readonly bookId: string; readonly number: number }
>;
/** Where and when a decision was made public. */
export interface Publication {
  readonly publishedAt: string;
  readonly publishedOn: string;
}

/** Until an operator has said which number was the last one given, the register takes none. */
export type NumberingPaused = Event<
  'NumberingPaused',
  {
    readonly reason: string;
    /** The last number the log knows. */
    readonly lastNumber: number | null;
    /** The last number something else knows of: a read model, a newer copy of the log. */
    readonly knownLast: number | null;
  }
>;
/** Numbers that were given, whose events are lost: they are never given again. */
export type NumbersLost = Event<
  'NumbersLost',
  {
    /** The open book they belong to; null where that is lost too. */
    readonly bookId: string | null;
    readonly bookName: string | null;
    readonly from: number;
    readonly to: number;
    readonly reason: string;
  }
>;
export type NumberingResumed = Event<
  'NumberingResumed',
  {
    /** The last number given, as the operator confirmed it; 0 when none was. */
    readonly lastGiven: number;
    readonly reason: string;
  }
>;

/** Four eyes: what one account asks for and another has to confirm. Nothing changes until it does. */
export type ClosingProposed = Event<
  'ClosingProposed',
  {
    readonly proposalId: string;
    readonly bookId: string;
    readonly proposer: Proposer;
    readonly confirmedByFullName: string;
    readonly confirmedByTitle: string;
    readonly confirmedByAuthority: Authority | null;
    /** To be closed with. Since version 2; null where none was named, or recorded. */
    readonly seal: SealUse | null;
  }
>;
export type CorrectionProposed = Event<
  'CorrectionProposed',
  {
    readonly proposalId: string;
    readonly bookId: string;
    readonly number: number;
    readonly proposer: Proposer;
    /** The values its proposer saw, and those asked for. */
    readonly changes: Changes<EntryColumns>;
    readonly reason: string;
  }
>;
/** Taken back by the account that made it. */
export type ProposalWithdrawn = Event<'ProposalWithdrawn', ProposalEnd>;
/** Declined by another. */
export type ProposalRefused = Event<'ProposalRefused', ProposalEnd>;
/** What it was about came to an end before anybody had confirmed it: the number was voided, the book closed. */
export type ProposalLapsed = Event<'ProposalLapsed', Omit<ProposalEnd, 'reason'>>;
interface ProposalEnd {
  readonly proposalId: string;
  readonly bookId: string;
  /** Of the entry it would have corrected; null of a closing. */
  readonly number: number | null;
  readonly reason: string;
}

export type ProposalEvent =
  ClosingProposed | CorrectionProposed | ProposalWithdrawn | ProposalRefused | ProposalLapsed;
export type NumberingEvent = NumberingPaused | NumbersLost | NumberingResumed;
export type BookEvent = BookOpened | BookEdited | BookDiscarded | BookClosed;
export type EntryEvent =
  | EntryNumberAssigned
  | EntryCorrected
  | EntryNumberVoided
  | CertificationRevoked
  | RevocationPublished;
export type RegisterEvent = BookEvent | EntryEvent | CopyEvent | NumberingEvent | ProposalEvent;
