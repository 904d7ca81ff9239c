import { describe, expect, it } from '@jest/globals';
import { growing } from './judge.ts';
import { largest, type Sample } from './samples.ts';

const EVEN: Sample = {
  ...{ at: 0, rssMib: 300, heapMib: 90, handles: 60, lag: 12, walMib: 6 },
  ...{ numberMs: 4, listMs: 2, liveMs: 1 },
};
const over = (change: (at: number) => Partial<Sample>): Sample[] =>
  Array.from({ length: 80 }, (_, at) => ({ ...EVEN, at, ...change(at) }));

describe('an hour of even load', () => {
  it('is even where nothing grows, whatever one moment shows', () => {
    expect(growing(over((at) => (at === 70 ? { rssMib: 900, numberMs: 500 } : {})))).toEqual([]);
  });

  it.each([
    ['memory', (at: number) => ({ rssMib: 300 + at * 2 })],
    ['handles', (at: number) => ({ handles: 60 + at })],
    ['numberMs', (at: number) => ({ numberMs: 4 + at })],
    ['listMs', (at: number) => ({ listMs: 2 + at / 2 })],
    ['lag', (at: number) => ({ lag: at * 500 })],
    ['a write-ahead log', (at: number) => ({ walMib: at * 10 })],
  ])('tells of what grows: %s', (what, change) => {
    const [fault = '', ...others] = growing(over(change));
    expect([fault.startsWith(what), others]).toEqual([true, []]);
  });

  it('reads the largest of a metric’s values from a scrape, and of no other’s', () => {
    const text = '# TYPE lag gauge\nlag{p="a"} 3\nlag{p="b"} 17\nlag_seconds{p="a"} 99\nup 1\n';
    expect([largest(text, 'lag'), largest(text, 'up'), largest(text, 'none')]).toEqual([
      17,
      1,
      undefined,
    ]);
  });
});
