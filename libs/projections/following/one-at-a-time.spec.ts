import { describe, expect, it } from '@jest/globals';
import { oneAtATime } from './one-at-a-time.ts';

describe('work a timer begins', () => {
  it('is passed over while the one before is under way, and begun again after it', async () => {
    let begun = 0;
    let end = (): void => undefined;
    const look = oneAtATime(() => {
      begun += 1;
      return new Promise((resolve) => (end = resolve));
    });
    for (let tick = 0; tick < 14; tick += 1) look();
    expect(begun).toBe(1);
    end();
    await new Promise(setImmediate);
    look();
    look();
    expect(begun).toBe(2);
  });
});
