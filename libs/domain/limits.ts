import { LARGEST_NUMBER } from './register/naming.ts';

/** Characters a text may have, by field: what a form states is what is checked. */
export const longest = {
  reason: 500,
  requester: 500,
  documentTitle: 1000,
  certifierFullName: 200,
  certifierTitle: 200,
  dossier: 100,
  decisionNumber: 100,
  decisionIssuer: 200,
  publishedAt: 500,
  confirmedByFullName: 200,
  confirmedByTitle: 200,
  holderFullName: 200,
  holderTitle: 200,
  holderAccount: 128,
  mandateIssuer: 200,
  mandateNumber: 100,
  signatureName: 200,
  signerFullName: 200,
  signerTitle: 200,
  sealName: 200,
  agencyName: 200,
  webhookName: 200,
  webhookUrl: 1000,
} as const;

/** The same of a text that may be left out: a note, a reason nobody has to give. */
export const LONGEST_OPTIONAL = 1000;

export interface Range {
  readonly least: number;
  readonly most: number;
}

/** Far above what any office writes, and small enough that a register's sums stay exact. */
export const ranges = {
  documents: { least: 1, most: 10_000 },
  document: { least: 1, most: 10_000 },
  copies: { least: 1, most: 100_000 },
  /** Of an original. */
  pages: { least: 1, most: 10_000 },
  /** Đồng. */
  fee: { least: 0, most: 1_000_000_000 },
  lastGiven: { least: 0, most: LARGEST_NUMBER },
} as const satisfies Readonly<Record<string, Range>>;
