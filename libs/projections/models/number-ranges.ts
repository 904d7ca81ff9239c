import type { NumberRange } from '#domain';

/** Numbers as ranges, so that a thousand that follow one another take no more room than one. */
export function withNumber(ranges: readonly NumberRange[], number: number): readonly NumberRange[] {
  if (ranges.some(({ from, to }) => from <= number && number <= to)) return ranges;
  const below = ranges.find(({ to }) => to === number - 1);
  const above = ranges.find(({ from }) => from === number + 1);
  const others = ranges.filter((range) => range !== below && range !== above);
  const joined = { from: below?.from ?? number, to: above?.to ?? number };
  return [...others, joined].sort((one, other) => one.from - other.from);
}

export const howMany = (ranges: readonly NumberRange[]): number =>
  ranges.reduce((sum, { from, to }) => sum + to - from + 1, 0);
