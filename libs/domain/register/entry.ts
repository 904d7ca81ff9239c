import type { CorrectionProposal } from './proposal.ts';
import type { MandateUse } from '../mandate/use.ts';
import type { Copy } from './copy-state.ts';
import type { EntryColumns, EntryNumberAssigned, ImageUse, SignatureUse } from './events.ts';

export type AssignedData = EntryNumberAssigned['data'];

interface EntryFacts extends AssignedData {
  readonly corrections: number;
  /** The columns as they were at first, where they have been corrected. */
  readonly assignedAs?: EntryColumns;
  /** Its correction, as one account has asked for it; left out where none ever has. */
  readonly proposal?: CorrectionProposal;
  /** How many corrections were asked for and not confirmed. */
  readonly unconfirmed?: number;
  /** Its electronic copy; left out until one was stamped. */
  readonly copy?: Copy;
}

export type Entry = EntryFacts &
  (
    | { readonly state: 'assigned' }
    | { readonly state: 'voided'; readonly voidReason: string }
    | {
        readonly state: 'revoked';
        readonly decisionNumber: string;
        readonly decisionDate: string;
        readonly decisionIssuer: string | null;
        readonly revokeReason: string;
        /** Left out until the decision is known to have been made public. */
        readonly publishedAt?: string;
        readonly publishedOn?: string;
      }
  );

/** Where what was asked for is another thing than what stands in the register. */
export interface Difference {
  readonly field: keyof EntryColumns | 'signature' | 'seal';
  readonly there: string | number | null;
  readonly asked: string | number | null;
}

/** Of two equal texts the one that is kept already. */
const same = <T extends string>(known: T | undefined, given: T): T =>
  known === given ? known : given;

const sameImage = (one: ImageUse, other: ImageUse): boolean =>
  one.id === other.id && one.version === other.version && one.sha256 === other.sha256;

function sameSeal(known: ImageUse | null | undefined, given: ImageUse | null): ImageUse | null {
  return known && given && sameImage(known, given) ? known : given;
}

function sameSignature(
  known: SignatureUse | null | undefined,
  given: SignatureUse | null,
): SignatureUse | null {
  const equal = known && given && known.account === given.account && sameImage(known, given);
  return equal ? known : given;
}

function sameMandate(
  known: MandateUse | null | undefined,
  given: MandateUse | null,
): MandateUse | null {
  const fields = ['id', 'mandateNumber', 'revision'] as const;
  return known && given && fields.every((field) => known[field] === given[field]) ? known : given;
}

/**
 * The row of a number just assigned. What it has in common with the row before it, which is most
 * of it, the two share: a register may hold 100,000 rows.
 */
export function assignedEntry(data: AssignedData, before: Entry | undefined): Entry {
  return {
    bookId: same(before?.bookId, data.bookId),
    bookName: same(before?.bookName, data.bookName),
    number: data.number,
    numberText: data.numberText,
    numberFormat: data.numberFormat,
    dossier: same(before?.dossier, data.dossier),
    document: data.document,
    certifiedOn: same(before?.certifiedOn, data.certifiedOn),
    requester: same(before?.requester, data.requester),
    documentTitle: same(before?.documentTitle, data.documentTitle),
    certifierFullName: same(before?.certifierFullName, data.certifierFullName),
    certifierTitle: same(before?.certifierTitle, data.certifierTitle),
    authority: data.authority,
    copies: data.copies,
    fee: data.fee,
    pages: data.pages,
    proposedFee: data.proposedFee,
    note: same(before?.note, data.note),
    signature: sameSignature(before?.signature, data.signature),
    seal: sameSeal(before?.seal, data.seal),
    verificationCode: data.verificationCode,
    mandate: sameMandate(before?.mandate, data.mandate),
    corrections: 0,
    state: 'assigned',
  };
}

/** The columns of the register, out of an entry or whatever else has them. */
export function columnsOf(from: EntryColumns): EntryColumns {
  const { certifiedOn, requester, documentTitle, certifierFullName, certifierTitle } = from;
  const { authority, copies, fee, pages, proposedFee, note } = from;
  return {
    certifiedOn,
    requester,
    documentTitle,
    certifierFullName,
    certifierTitle,
    authority,
    copies,
    fee,
    pages,
    proposedFee,
    note,
  };
}
