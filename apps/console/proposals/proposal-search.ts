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
  const texts = (['trangthai', 'quyen', 'denghi', 'cua'] as const).filter(
    (name) => typeof raw[name] === 'string',
  );
  const { trang, viec } = raw;
  const act = acts.find((one) => one === viec);
  return {
    ...Object.fromEntries(texts.map((name) => [name, raw[name]])),
    ...(typeof trang === 'number' && Number.isInteger(trang) && trang > 0 && { trang }),
    ...(act !== undefined && { viec: act }),
  };
}
