import { describe, expect, it } from '@jest/globals';
import { Registry } from 'prom-client';
import { createMetrics, type Metrics } from './metrics.ts';
import { sealGauges, type SealFigures } from './seal-gauges.ts';
import { webhookGauges, type WebhookFigures } from './webhook-gauges.ts';

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

describe('the figures about what is sealed and sent', () => {
  const at = '2026-05-10T01:00:00.000Z';
  const sealed: SealFigures = { size: 7, at, isAlarmed: true, stopped: undefined };
  const lines = { sending: 1, failing: 0, standing: 0, paused: 0 };
  const sent: WebhookFigures = { at, ...lines, letters: 3, failingSeconds: 0 };

  it.each([
    [
      'seal',
      (asked: () => boolean) => {
        const registry = new Registry();
        sealGauges(registry, () =>
          asked() ? Promise.resolve(sealed) : Promise.reject(new Error()),
        );
        return registry;
      },
    ],
    [
      'webhook',
      (asked: () => boolean) => {
        const registry = new Registry();
        webhookGauges(registry, () =>
          asked() ? Promise.resolve(sent) : Promise.reject(new Error()),
        );
        return registry;
      },
    ],
  ])('are silent where they cannot be read, and say nothing is well: %s', async (_what, made) => {
    let isThere = false;
    const registry = made(() => isThere);
    const told = async () =>
      (await registry.metrics()).split('\n').filter((line) => line.startsWith('register_'));
    expect(await told()).toEqual([]);
    isThere = true;
    const before = await told();
    expect(before.length).toBeGreaterThan(2);
    isThere = false;
    expect(await told()).toEqual([]);
    isThere = true;
    expect(await told()).toEqual(before);
  });
});
