import { describe, expect, it } from '@jest/globals';
import { atMostEvery } from './at-most-every.ts';

describe('work that many ask for', () => {
  function counted(): { ask: () => Promise<number>; time: { now: number }; end: () => void } {
    const time = { now: 0 };
    let runs = 0;
    const waiting: (() => void)[] = [];
    const work = () => {
      runs += 1;
      const run = runs;
      return new Promise<number>((resolve) => waiting.push(() => resolve(run)));
    };
    const end = (): void => waiting.splice(0).forEach((done) => done());
    return { ask: atMostEvery(1000, work, () => time.now), time, end };
  }

  it('runs once for all who ask at once', async () => {
    const { ask, end } = counted();
    const asked = Promise.all(Array.from({ length: 100 }, ask));
    end();
    expect(new Set(await asked)).toEqual(new Set([1]));
  });

  it('is not begun again while it runs, however long that takes', async () => {
    const { ask, time, end } = counted();
    const first = ask();
    time.now = 60_000;
    const second = ask();
    end();
    expect([await first, await second]).toEqual([1, 1]);
  });

  it('runs again when its time is up, and not before', async () => {
    const { ask, time, end } = counted();
    const first = ask();
    end();
    await first;
    time.now = 999;
    expect(await ask()).toBe(1);
    time.now = 1000;
    const next = ask();
    end();
    expect(await next).toBe(2);
  });

  it('fails for all who asked, and is tried again', async () => {
    const time = { now: 0 };
    let runs = 0;
    const ask = atMostEvery(
      1000,
      () => Promise.reject(new Error(String((runs += 1)))),
      () => time.now,
    );
    await expect(ask()).rejects.toThrow('1');
    await expect(ask()).rejects.toThrow('1');
    time.now = 1000;
    await expect(ask()).rejects.toThrow('2');
  });
});
