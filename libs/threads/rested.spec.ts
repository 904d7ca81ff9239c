import { describe, expect, it } from '@jest/globals';
import { rested } from './rested.ts';

const HOUR_MS = 3_600_000;

describe('a rest', () => {
  it('comes to its end', async () => {
    expect(await rested(1, new AbortController().signal)).toBe(true);
  });

  it('is over when the signal fires, and does not begin when it has', async () => {
    const stopping = new AbortController();
    const resting = rested(HOUR_MS, stopping.signal, { ref: false });
    stopping.abort();
    expect([await resting, await rested(HOUR_MS, stopping.signal)]).toEqual([false, false]);
  });
});
