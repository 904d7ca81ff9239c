/** Which year and month of it stand on the screen. */
export interface OverviewSearch {
  readonly nam?: number;
  readonly thang?: number;
}

const within = (value: unknown, least: number, most: number): value is number =>
  typeof value === 'number' && Number.isInteger(value) && value >= least && value <= most;

/** Reads an address that anybody may have written. */
export function overviewSearch(raw: Readonly<Record<string, unknown>>): OverviewSearch {
  const { nam, thang } = raw;
  return {
    ...(within(nam, 1900, 2099) && { nam }),
    ...(within(thang, 1, 12) && { thang }),
  };
}
