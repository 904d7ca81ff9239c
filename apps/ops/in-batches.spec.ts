import { setImmediate as nextTurn } from 'node:timers/promises';
import { describe, expect, it } from '@jest/globals';
import { inBatches } from './in-batches.ts';

describe('work in batches', () => {
  it('is answered in the order it was given', async () => {
    const all = Array.from({ length: 200 }, (_, n) => n);
    const work = async (n: number): Promise<number> => {
      if (n % 3 === 0) await nextTurn();
      return n;
    };
    expect(await inBatches(all, work)).toEqual(all);
  });

  it('that fails is told when nothing is under way any more, and nothing else begins', async () => {
    let [begun, underWay] = [0, 0];
    const work = async (n: number): Promise<void> => {
      begun += 1;
      if (n === 3) throw new Error('the fourth');
      underWay += 1;
      for (let turns = 0; turns < 5; turns += 1) await nextTurn();
      underWay -= 1;
    };
    const all = Array.from({ length: 200 }, (_, n) => n);
    await expect(inBatches(all, work)).rejects.toThrow('the fourth');
    expect(underWay).toBe(0);
    expect(begun).toBe(64);
  });
});
