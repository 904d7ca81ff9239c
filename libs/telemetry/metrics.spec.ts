import { describe, expect, it } from '@jest/globals';
import { createMetrics, type Metrics } from './metrics.ts';

const linesOf = async ({ registry }: Metrics): Promise<string[]> =>
  (await registry.metrics()).split('\n').filter((line) => line.startsWith('register_projection_'));

describe('the figures about projections', () => {
  it('are what the stores say at that very scrape, and the stores are asked once', async () => {
    let asked = 0;
    const metrics = createMetrics(async (gauges) => {
      asked += 1;
      await Promise.resolve();
      for (const gauge of Object.values(gauges)) gauge.set({ projection: 'book_list' }, asked);
    });
    for (const scrape of [1, 2]) {
      const lines = await linesOf(metrics);
      expect(lines.length).toBeGreaterThan(3);
      expect(lines.every((line) => line.endsWith(`{projection="book_list"} ${scrape}`))).toBe(true);
    }
    expect(asked).toBe(2);
  });

  it('are silent while the stores do not answer', async () => {
    let away = false;
    const metrics = createMetrics(({ up }) => {
      if (away) return Promise.reject(new Error('away'));
      up.set({ projection: 'book_list' }, 1);
      return Promise.resolve();
    });
    expect(await linesOf(metrics)).toHaveLength(1);
    away = true;
    expect(await linesOf(metrics)).toEqual([]);
    away = false;
    expect(await linesOf(metrics)).toHaveLength(1);
  });
});
