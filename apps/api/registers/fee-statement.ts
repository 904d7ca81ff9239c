import {
  counted,
  isWithin,
  noFigures,
  registerTypes,
  sumOfBoth,
  type Counted,
  type Figures,
  type Period,
  type RegisterKey,
} from '#domain';
import { countedIn, figures } from '#projections';
import type { Desk } from '../desk.ts';
import type { ApiRequest } from '../http/request.ts';
import type { FeeStatement } from './fees.dto.ts';
import { documentsOf } from './figure-docs.ts';

interface Asked {
  readonly agency: string;
  /** Of one year, as the registers are. */
  readonly days: Period;
}

/** What was taken in some days: each type of register with something in them, and the sum. */
export async function feesOf(
  desk: Desk,
  request: ApiRequest,
  { agency, days }: Asked,
): Promise<Pick<FeeStatement, 'items' | 'total'>> {
  const sums = new Map<string, Figures>();
  const year = Number(days.from.slice(0, 4));
  for await (const doc of documentsOf(desk, request, { projection: figures, agency, year })) {
    const { type } = doc as unknown as RegisterKey;
    const within = countedIn(doc).filter(({ certifiedOn }: Counted) => isWithin(days, certifiedOn));
    if (within.length > 0) sums.set(type, within.reduce(counted, sums.get(type) ?? noFigures));
  }
  const items = registerTypes.flatMap(({ code, label }) => {
    const sum = sums.get(code);
    return sum ? [{ type: code, label, ...sum }] : [];
  });
  return { items, total: [...sums.values()].reduce(sumOfBoth, noFigures) };
}
