import { oneOf, said, text, whole } from '../parts/address.ts';

const acts = ['tu-choi', 'rut'] as const;
export type ProposalAct = (typeof acts)[number];

/** What of the proposals stands in the address. */
export interface ProposalSearch {
  readonly trangthai?: string;
  /** Only of this book. */
  readonly quyen?: string;
  readonly trang?: number;
  /** The one whose window is open, of which book it is, and what is done to it there. */
  readonly denghi?: string;
  readonly cua?: string;
  readonly viec?: ProposalAct;
}

/** Reads an address that anybody may have written. */
export function proposalSearch(raw: Readonly<Record<string, unknown>>): ProposalSearch {
  return said({
    trangthai: text(raw['trangthai']),
    quyen: text(raw['quyen']),
    trang: whole(raw['trang']),
    denghi: text(raw['denghi']),
    cua: text(raw['cua']),
    viec: oneOf(acts, raw['viec']),
  });
}
