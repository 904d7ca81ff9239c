import { decimal, type Figure } from './report.ts';
import { inProcess } from './tasks.ts';

export interface ListsOptions {
  /** Numbers in the one large book. */
  readonly entries: number;
  /** How often each list is asked. */
  readonly turns: number;
}

const BY_HAND = ' by hand';
const HALF = ' half';

/** Lists of a large book and of many books: 99 of 100 answers within, against the same page read by hand. */
export async function benchLists(
  folder: string,
  { entries, turns }: ListsOptions,
): Promise<Figure[]> {
  await inProcess('make-lists', folder, String(entries));
  const { more } = await inProcess('ask-lists', folder, String(entries), String(turns));
  const names = Object.keys(more).filter((name) => !name.endsWith(BY_HAND) && !name.endsWith(HALF));
  return names.map((name) => {
    const ms = (side: string): number => more[`${name}${side}`] ?? Number.NaN;
    const [ours, bare] = [ms(''), ms(BY_HAND)];
    const half = `${decimal(ms(HALF), 2)} ms against ${decimal(ms(BY_HAND + HALF), 2)} ms`;
    return {
      name: `p99 of a list, ${name} / by hand`,
      ratio: ours / bare,
      goal: '≤ 3.00',
      detail: `${decimal(ours, 2)} ms against ${decimal(bare, 2)} ms, half within ${half}; ${decimal(entries)} numbers`,
    };
  });
}
