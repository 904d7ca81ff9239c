import { describe, expect } from '@jest/globals';
import { EventStoreUnavailable, RevisionConflict } from '#event-store';
import { collect, ids, newEvents, ownPrefix, sentence, type Context } from './context.ts';
import { follow } from './follow.ts';

export function describeClosing(ctx: Context): void {
  describe('closing', () => {
    sentence('leaves the events for whoever opens it next', async () => {
      const prefix = ownPrefix();
      const first = await ctx.opened.reopen();
      const events = newEvents(3);
      await first.append(`${prefix}a`, 'no-stream', events);
      await first.close();
      const second = await ctx.opened.reopen();
      expect(ids(await collect(second.readStream(`${prefix}a`)))).toEqual(ids(events));
      await expect(second.append(`${prefix}a`, 'no-stream', newEvents(1))).rejects.toBeInstanceOf(
        RevisionConflict,
      );
      await second.close();
    });

    sentence('ends subscriptions and makes everything else unavailable', async () => {
      const prefix = ownPrefix();
      const other = await ctx.opened.reopen();
      await other.append(`${prefix}a`, 'no-stream', newEvents(1));
      const following = follow(other, { prefix });
      await following.untilCaughtUp();
      const pending = following.next();
      await other.close();
      expect((await pending).done).toBe(true);
      const appending = other.append(`${prefix}a`, 0, newEvents(1));
      await expect(appending).rejects.toBeInstanceOf(EventStoreUnavailable);
      const reading = (async () => collect(other.readStream(`${prefix}a`)))();
      await expect(reading).rejects.toBeInstanceOf(EventStoreUnavailable);
      await other.close();
    });
  });
}
