import type { CalendarDate } from '../calendar.ts';
import type { KnownMandates } from '../mandate/stand-on.ts';
import type {
  Authority,
  ImageUse,
  Proposer,
  SealUse,
  SignatureUse,
  SignedFile,
  StampedFile,
  StampFacts,
} from './events.ts';
import type { RegisterKey } from './types.ts';

/** Opens a book (seed: Thêm Quyển sổ chứng thực). */
export interface OpenBook {
  readonly type: 'OpenBook';
  readonly register: RegisterKey;
  readonly bookId: string;
  /** `01/2024`; a pasted suffix is tolerated. */
  readonly name: string;
  readonly firstNumber: number;
  readonly openedOn: string;
  readonly closesOn: string;
  /** Why the first book of a year does not begin with 1. */
  readonly reason: string;
}

export interface EditBook {
  readonly type: 'EditBook';
  readonly register: RegisterKey;
  readonly bookId: string;
  readonly name?: string | undefined;
  readonly firstNumber?: number | undefined;
  readonly openedOn?: string | undefined;
  readonly closesOn?: string | undefined;
  readonly reason: string;
}

export interface DiscardBook {
  readonly type: 'DiscardBook';
  readonly bookId: string;
  readonly reason: string;
}

export interface CloseBook {
  readonly type: 'CloseBook';
  readonly bookId: string;
  readonly confirmedByFullName: string;
  readonly confirmedByTitle: string;
  readonly confirmedByAuthority: Authority | null;
  /** At the version in use; none where left out. */
  readonly seal?: SealUse | null | undefined;
  readonly today: CalendarDate;
}

export interface AssignEntryNumber {
  readonly type: 'AssignEntryNumber';
  readonly register: RegisterKey;
  readonly bookId: string;
  readonly dossier: string;
  /** Which document of the dossier, from 1. */
  readonly document: number;
  /** By default today. */
  readonly certifiedOn?: string | undefined;
  readonly requester: string;
  readonly documentTitle: string;
  readonly certifierFullName: string;
  readonly certifierTitle: string;
  readonly authority: Authority | null;
  readonly copies: number;
  /** Đồng. */
  readonly fee: number;
  /** Of the original. */
  readonly pages?: number | null | undefined;
  readonly note: string;
  readonly signature: SignatureUse | null;
  readonly seal: ImageUse | null;
  /** Drawn at random for this number alone; a document that has a number keeps the code it has. */
  readonly verificationCode: string;
  /** The agency's, where who signs may need one. */
  readonly mandates?: KnownMandates | undefined;
  readonly today: CalendarDate;
  /** The day it may already be by another process's clock; by default `today`. */
  readonly latestToday?: CalendarDate;
}

export interface CorrectEntry {
  readonly type: 'CorrectEntry';
  readonly register: RegisterKey;
  readonly bookId: string;
  readonly number: number;
  readonly certifiedOn?: string | undefined;
  readonly requester?: string | undefined;
  readonly documentTitle?: string | undefined;
  readonly certifierFullName?: string | undefined;
  readonly certifierTitle?: string | undefined;
  readonly authority?: Authority | null | undefined;
  readonly copies?: number | undefined;
  readonly fee?: number | undefined;
  readonly pages?: number | undefined;
  readonly note?: string | undefined;
  readonly reason: string;
  /** The agency's: who signs, and when, may be what is corrected. */
  readonly mandates?: KnownMandates | undefined;
  readonly today: CalendarDate;
}

export interface VoidEntryNumber {
  readonly type: 'VoidEntryNumber';
  readonly bookId: string;
  readonly number: number;
  readonly reason: string;
}

/**
 * Withdraws the legal value of a copy already issued (TT 01/2020 Điều 7). Said again of the same
 * decision, with where and when it was made public, it records that.
 */
export interface RevokeCertification {
  readonly type: 'RevokeCertification';
  readonly bookId: string;
  readonly number: number;
  readonly decisionNumber: string;
  readonly decisionDate: string;
  readonly decisionIssuer?: string | undefined;
  readonly publishedAt?: string | undefined;
  readonly publishedOn?: string | undefined;
  readonly reason: string;
  readonly today: CalendarDate;
}

/** Records the stamp that was put on the scan of a number's electronic copy. */
export interface StampCopy {
  readonly type: 'StampCopy';
  readonly register: RegisterKey;
  readonly bookId: string;
  readonly number: number;
  /** What the stamp says. */
  readonly facts: StampFacts;
  readonly file: StampedFile;
}

/** Records that the stamped copy came back signed. */
export interface SignCopy {
  readonly type: 'SignCopy';
  readonly bookId: string;
  readonly number: number;
  readonly file: SignedFile;
  /** SHA-256 of the files known before that this one begins with, byte for byte. */
  readonly beginsWith: readonly string[];
}

/** The log has lost numbers, or may have: none is given until an operator says which was the last. */
export interface PauseNumbering {
  readonly type: 'PauseNumbering';
  readonly reason: string;
  /** The last number something other than this log knows of. */
  readonly knownLast: number | null;
}

/** An operator confirms the last number given; what lies between it and the log's last is lost. */
export interface ResumeNumbering {
  readonly type: 'ResumeNumbering';
  /** 0 when none was given. */
  readonly lastGiven: number;
  readonly reason: string;
}

/** Asks for a closing that another account confirms. */
export interface ProposeClosing extends Omit<CloseBook, 'type'> {
  readonly type: 'ProposeClosing';
  readonly proposalId: string;
  readonly by: Proposer;
}

/** Asks for a correction that another account confirms. */
export interface ProposeCorrection extends Omit<CorrectEntry, 'type'> {
  readonly type: 'ProposeCorrection';
  readonly proposalId: string;
  readonly by: Proposer;
}

/** Carries out what another account has asked for, as it stands in the proposal and nothing else. */
export interface ConfirmProposal {
  readonly type: 'ConfirmProposal';
  readonly register: RegisterKey;
  readonly proposalId: string;
  readonly bookId: string;
  /** Of the entry to be corrected; null of a closing. */
  readonly number: number | null;
  readonly by: Proposer;
  /** Of a closing: its seal, as it is now. */
  readonly seal?: SealUse | null | undefined;
  /** The agency's, as of a correction. */
  readonly mandates?: KnownMandates | undefined;
  readonly today: CalendarDate;
}

/** Takes one's own proposal back, or declines another's. */
export interface EndProposal {
  readonly type: 'WithdrawProposal' | 'RefuseProposal';
  readonly proposalId: string;
  readonly bookId: string;
  readonly number: number | null;
  readonly by: Proposer;
  readonly reason: string;
}

export type ProposalCommand = ProposeClosing | ProposeCorrection | ConfirmProposal | EndProposal;
export type NumberingCommand = PauseNumbering | ResumeNumbering;
export type BookCommand = OpenBook | EditBook | DiscardBook | CloseBook;
export type EntryCommand = AssignEntryNumber | CorrectEntry | VoidEntryNumber | RevokeCertification;
export type CopyCommand = StampCopy | SignCopy;
export type RegisterCommand =
  BookCommand | EntryCommand | CopyCommand | NumberingCommand | ProposalCommand;
