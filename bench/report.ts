/** One measured ratio, with what it was made of. */
export interface Figure {
  readonly name: string;
  readonly ratio: number;
  /** `≥ 0.30`, `≤ 1.20`; or what the ratio is for, where no goal is set. */
  readonly goal: string;
  /** The figures behind it, in units of their own. */
  readonly detail: string;
}

export const median = (values: readonly number[]): number =>
  [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;

export const percentile = (values: readonly number[], share: number): number =>
  [...values].sort((a, b) => a - b)[Math.floor(values.length * share)] ?? Number.NaN;

/** Half the distance from the least to the greatest, in percent of the median. */
const spread = (values: readonly number[]): number =>
  ((Math.max(...values) - Math.min(...values)) / 2 / median(values)) * 100;

/** What was measured in one sentence: the median and how far the rounds lay apart. */
export const figure = (
  values: readonly number[],
  unit: string,
  fractionDigits: number = 0,
): string => `${decimal(median(values), fractionDigits)} ${unit} (±${decimal(spread(values))} %)`;

export const decimal = (value: number, fractionDigits = 0): string =>
  value.toLocaleString('en', {
    minimumFractionDigits: fractionDigits,
    maximumFractionDigits: fractionDigits,
  });

/** Runs each once per round, in turn, so that what disturbs the machine disturbs all alike. */
export async function alternate<K extends string, T>(
  rounds: number,
  runs: Readonly<Record<K, () => Promise<T>>>,
): Promise<Record<K, T[]>> {
  const names = Object.keys(runs) as K[];
  const measured = Object.fromEntries(names.map((name) => [name, []])) as unknown as Record<K, T[]>;
  for (let round = 0; round < rounds; round += 1) {
    for (const name of names) measured[name].push(await runs[name]());
  }
  return measured;
}

/** Seconds the work takes. */
export async function timed(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await work();
  return (performance.now() - start) / 1000;
}

const WIDTH = 58;

export function print(figures: readonly Figure[]): void {
  for (const { name, ratio, goal, detail } of figures) {
    console.log(
      `${name.padEnd(WIDTH)} ${ratio.toFixed(2).padStart(6)}   ${goal.padEnd(7)}  ${detail}`,
    );
  }
}

export function printHead(): void {
  console.log(`${'what'.padEnd(WIDTH)} ${'ratio'.padStart(6)}   ${'goal'.padEnd(7)}  medians`);
}
