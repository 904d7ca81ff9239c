/** What sums are made of: one number, as it stands. */
export interface Counted {
  readonly number: number;
  readonly bookId: string;
  /** Null of a number whose data is lost. */
  readonly certifiedOn: string | null;
  readonly certifierFullName: string;
  readonly certifierTitle: string;
  readonly copies: number;
  readonly fee: number;
  readonly proposedFee: number | null;
  readonly state: 'assigned' | 'voided' | 'revoked';
}

/** Sums of numbers. Copies and fees leave voided numbers out, as a book's totals do. */
export interface Figures {
  /** Việc: numbers that were certified. */
  readonly matters: number;
  readonly voided: number;
  readonly revoked: number;
  /** Bản. */
  readonly copies: number;
  /** Đồng, as the officers took it. */
  readonly fee: number;
  /** Đồng by the tariff, of those that have a proposal. */
  readonly proposedFee: number;
  /** Of how many matters the fee differs from the tariff's. */
  readonly feesThatDiffer: number;
  /** Of how many matters nobody said what the tariff goes by. */
  readonly withoutProposal: number;
}

export const noFigures: Figures = {
  matters: 0,
  voided: 0,
  revoked: 0,
  copies: 0,
  fee: 0,
  proposedFee: 0,
  feesThatDiffer: 0,
  withoutProposal: 0,
};

/** The sums with one number more: what screens, exports and reports sum by. */
export function counted(sums: Figures, entry: Counted): Figures {
  const { state, copies, fee, proposedFee } = entry;
  if (state === 'voided') return { ...sums, voided: sums.voided + 1 };
  const isKnown = proposedFee !== null;
  return {
    matters: sums.matters + 1,
    voided: sums.voided,
    revoked: sums.revoked + (state === 'revoked' ? 1 : 0),
    copies: sums.copies + copies,
    fee: sums.fee + fee,
    proposedFee: sums.proposedFee + (proposedFee ?? 0),
    feesThatDiffer: sums.feesThatDiffer + (isKnown && proposedFee !== fee ? 1 : 0),
    withoutProposal: sums.withoutProposal + (isKnown ? 0 : 1),
  };
}

/** Two sums as one. */
export const sumOfBoth = (one: Figures, other: Figures): Figures =>
  Object.fromEntries(
    Object.entries(one).map(([name, value]: [string, number]) => [
      name,
      value + other[name as keyof Figures],
    ]),
  ) as unknown as Figures;

/** First and last day, both included. */
export interface Period {
  readonly from: string;
  readonly to: string;
}

export const isWithin = ({ from, to }: Period, day: string | null): boolean =>
  day !== null && day >= from && day <= to;
