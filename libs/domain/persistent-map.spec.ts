import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { emptyMap } from './persistent-map.ts';

describe('a persistent map', () => {
  it('answers as a Map would, for any order of writes and overwrites', () => {
    const writes = fc.array(
      fc.tuple(fc.oneof(fc.string({ maxLength: 3 }), fc.integer()), fc.nat()),
    );
    fc.assert(
      fc.property(writes, (pairs) => {
        const model = new Map<string | number, number>();
        let map = emptyMap<string | number, number>();
        for (const [key, value] of pairs) {
          model.set(key, value);
          map = map.with(key, value);
        }
        expect(map.size).toBe(model.size);
        for (const [key, value] of model) expect(map.get(key)).toBe(value);
      }),
    );
  });

  it('keeps every version as it was, whichever one is gone on from', () => {
    // Each step goes on from any version there is.
    const steps = fc.array(fc.tuple(fc.nat(), fc.integer({ min: 0, max: 5 }), fc.nat()));
    fc.assert(
      fc.property(steps, (all) => {
        const versions = [{ map: emptyMap<number, number>(), model: new Map<number, number>() }];
        for (const [from, key, value] of all) {
          const base = versions[from % versions.length];
          if (!base) throw new Error('no version');
          const model = new Map(base.model).set(key, value);
          versions.push({ map: base.map.with(key, value), model });
        }
        for (const { map, model } of versions) {
          expect(map.size).toBe(model.size);
          for (let key = 0; key <= 6; key += 1) expect(map.get(key)).toBe(model.get(key));
        }
      }),
    );
  });

  it('leaves the map it was made from as it was', () => {
    const before = emptyMap<number, string>().with(1, 'một');
    before.with(1, 'khác').with(2, 'hai');
    expect([before.get(1), before.get(2), before.size]).toEqual(['một', undefined, 1]);
  });

  it('keeps a version that is thousands of changes old whole, read or gone on from', () => {
    const oldest = emptyMap<number, number>().with(1, 1);
    let newest = oldest;
    for (let n = 2; n <= 5000; n += 1) newest = newest.with(n % 7, n);
    const [read, extended] = [oldest.get(2), oldest.with(9, 9)];
    expect([read, oldest.get(1), oldest.size]).toEqual([undefined, 1, 1]);
    expect([extended.get(1), extended.get(9), extended.get(3), extended.size]).toEqual([
      1,
      9,
      undefined,
      2,
    ]);
    expect([newest.get(9), newest.get(5000 % 7), newest.size]).toEqual([undefined, 5000, 7]);
  });

  it('holds 100,000 consecutive numbers', () => {
    let map = emptyMap<number, number>();
    for (let n = 1; n <= 100_000; n += 1) map = map.with(n, -n);
    expect(map.size).toBe(100_000);
    expect([map.get(1), map.get(99_999), map.get(100_001)]).toEqual([-1, -99_999, undefined]);
  });
});
