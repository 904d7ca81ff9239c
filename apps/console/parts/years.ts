const YEARS = 10;

/** The years to choose from, the next one first. */
export function lastYears(today: string): readonly string[] {
  const year = Number(today.slice(0, 4));
  return Array.from({ length: YEARS }, (_, back) => String(year + 1 - back));
}
