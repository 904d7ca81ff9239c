import { describe, expect, it } from '@jest/globals';
import { defaultPolicy, pauseBefore, retryAfterMs } from './retry.ts';

describe('Retry-After', () => {
  const now = Date.parse('2024-05-10T01:00:00Z');
  it.each([
    [null, undefined],
    ['0', 0],
    ['3', 3000],
    ['Fri, 10 May 2024 01:00:05 GMT', 5000],
    ['Fri, 10 May 2024 00:00:00 GMT', 0],
    ['soon', undefined],
    ['-1', 0],
    ['', undefined],
  ])('%j asks for %p ms', (header, expected) => {
    expect(retryAfterMs(header, now)).toBe(expected);
  });
});

describe('the pause before the next attempt', () => {
  const policy = { ...defaultPolicy, pauseMs: 100, longestPauseMs: 1000 };

  it('doubles, spread over its upper half, up to the longest', () => {
    const pauses = [1, 2, 3, 4, 5, 9].map((failed) => [
      pauseBefore(failed, undefined, policy, 0),
      pauseBefore(failed, undefined, policy, 1),
    ]);
    expect(pauses).toEqual([
      [50, 100],
      [100, 200],
      [200, 400],
      [400, 800],
      [500, 1000],
      [500, 1000],
    ]);
  });

  it('is never shorter than asked for, nor longer than allowed', () => {
    for (const asked of [0, 50, 700, 999, 1000]) {
      for (const chance of [0, 0.5, 1]) {
        const pause = pauseBefore(2, asked, policy, chance) ?? Number.NaN;
        expect(pause).toBeGreaterThanOrEqual(asked);
        expect(pause).toBeLessThanOrEqual(1000);
      }
    }
  });

  it('is not taken at all when more is asked for than allowed', () => {
    expect(pauseBefore(1, 1001, policy, 0)).toBeUndefined();
  });
});
