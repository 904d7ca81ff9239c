import { counted, noFigures, registerTypes, sumOfBoth, type Figures, type Period } from '#domain';
import { certifiedIn, type FindPage } from '#exports';
import type { FeeStatement } from './fees.dto.ts';

interface Asked {
  readonly agency: string;
  /** Of one year, as the registers are. */
  readonly days: Period;
}

/** What was taken in some days: each type of register with something in them, and the sum. */
export async function feesOf(
  find: FindPage,
  asked: Asked,
): Promise<Pick<FeeStatement, 'items' | 'total'>> {
  const sums = new Map<string, Figures>();
  for await (const { register, rows } of certifiedIn(find, asked))
    sums.set(register.type, rows.reduce(counted, sums.get(register.type) ?? noFigures));
  const items = registerTypes.flatMap(({ code, label }) => {
    const sum = sums.get(code);
    return sum ? [{ type: code, label, ...sum }] : [];
  });
  return { items, total: [...sums.values()].reduce(sumOfBoth, noFigures) };
}
