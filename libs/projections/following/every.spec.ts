import { describe, expect, it } from '@jest/globals';
import { until } from '../../../test/support/until.ts';
import { every } from './every.ts';

describe('work that is done now and then', () => {
  it('is passed over while the one before is under way, and begun again after it', async () => {
    let begun = 0;
    let end = (): void => undefined;
    const stop = every(1, () => {
      begun += 1;
      return new Promise((resolve) => (end = resolve));
    });
    let ticks = 0;
    const ticking = setInterval(() => (ticks += 1), 1);
    await until(() => ticks >= 20);
    expect(begun).toBe(1);
    end();
    await until(() => begun === 2);
    stop();
    end();
    const seen = ticks;
    await until(() => ticks >= seen + 20);
    clearInterval(ticking);
    expect(begun).toBe(2);
  });
});
