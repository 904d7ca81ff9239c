import type { mandateKindLabels } from '../labels.ts';

/** Names and fields below are a storage format for ever; `golden/` holds one JSON per event and version. */

/** Ủy quyền (`delegation`): for a time and in writing. Phân công (`assignment`): until it is taken back. */
export type MandateKind = keyof typeof mandateKindLabels;

/** What the document says by which somebody certifies for an agency without being its chairman. */
export interface MandateFields {
  readonly mandateKind: MandateKind;
  readonly holderFullName: string;
  readonly holderTitle: string;
  /** The holder's account, where it is known: a signature of another account is then not the holder's. */
  readonly holderAccount: string | null;
  readonly mandateIssuer: string;
  readonly mandateNumber: string;
  readonly issuedOn: string;
  /** Codes of the register types it covers; null: every type there is. */
  readonly scope: readonly string[] | null;
  readonly validFrom: string;
  /** The last day; null: until it is ended. */
  readonly validTo: string | null;
}

export type MandateRecorded = {
  readonly type: 'MandateRecorded';
  readonly data: MandateFields & { readonly id: string };
};
/** Taken back, or recorded by mistake: from `endedOn` on, that day included, nobody certifies by it. */
export type MandateEnded = {
  readonly type: 'MandateEnded';
  readonly data: { readonly id: string; readonly endedOn: string; readonly reason: string };
};
export type MandateEvent = MandateRecorded | MandateEnded;
