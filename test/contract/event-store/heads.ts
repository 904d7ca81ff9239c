import { describe, expect } from '@jest/globals';
import type { Position, RecordedEvent } from '#event-store';
import { collect, newEvents, ownPrefix, sentence, type Context } from './context.ts';

export function describeHeads(ctx: Context): void {
  describe('head and count', () => {
    sentence('tell the last position, and which event stands at one', async () => {
      const prefix = ownPrefix();
      expect(await ctx.store.head([prefix])).toBeUndefined();
      await ctx.store.append(`${prefix}a`, 'no-stream', newEvents(4));
      const middle = await ctx.store.head([prefix]);
      const last = await ctx.store.append(`${prefix}b`, 'no-stream', newEvents(3));
      await ctx.store.append(`other-${prefix}`, 'no-stream', newEvents(1));
      expect(await ctx.store.head([prefix])).toBe(last.position);
      expect(await ctx.store.head([`${prefix}a`])).toBe(middle);
      for (const { position, id, stream } of await collect(
        ctx.store.readAll({ prefixes: [prefix] }),
      )) {
        expect(await ctx.store.eventAt(position)).toEqual({ id, stream });
      }
      const beyond = last.position.replace(/^0/, '9') as Position;
      expect(await ctx.store.eventAt(beyond)).toBeUndefined();
    });

    sentence('tell about how many events lie between two positions, reading none', async () => {
      const prefix = ownPrefix();
      await ctx.store.append(`${prefix}a`, 'no-stream', newEvents(40));
      const all = await collect(ctx.store.readAll({ prefixes: [prefix] }));
      const [first, , third, last] = [all[0], all[1], all[2], all[39]] as RecordedEvent[];
      if (!first || !third || !last) throw new Error('no events');
      const near = ctx.store.between(first.position, third.position);
      const far = ctx.store.between(first.position, last.position);
      expect(near).toBeGreaterThan(0);
      expect(far).toBeGreaterThan(near);
      expect(far).toBeLessThanOrEqual(ctx.store.between(undefined, last.position));
      expect(ctx.store.between(last.position, last.position)).toBe(0);
      expect(ctx.store.between(last.position, first.position)).toBe(0);
    });
  });
}
