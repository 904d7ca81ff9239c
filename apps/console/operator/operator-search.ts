import { oneOf, said, text } from '../parts/address.ts';

const windows = ['yeu-cau', 'da-yeu-cau', 'thu-lai', 'bo-qua'] as const;

/** The window before the read models: which, of what (every one where none is named), and of which event. */
export interface OperatorSearch {
  readonly mo?: (typeof windows)[number];
  readonly bang?: string;
  readonly vitri?: string;
}

/** Reads an address that anybody may have written. */
export function operatorSearch(raw: Readonly<Record<string, unknown>>): OperatorSearch {
  return said({
    mo: oneOf(windows, raw['mo']),
    bang: text(raw['bang']),
    vitri: text(raw['vitri']),
  });
}
