import { said, whole } from '../parts/address.ts';

/** Which year and month of it stand on the screen. */
export interface OverviewSearch {
  readonly nam?: number;
  readonly thang?: number;
}

/** Reads an address that anybody may have written. */
export function overviewSearch(raw: Readonly<Record<string, unknown>>): OverviewSearch {
  return said({
    nam: whole(raw['nam'], 1900, 2099),
    thang: whole(raw['thang'], 1, 12),
  });
}
