import { getEventListeners } from 'node:events';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { describe, expect } from '@jest/globals';
import type { RecordedEvent } from '#event-store';
import { ids, newEvents, ownPrefix, readAll, sentence, type Context } from './context.ts';
import { follow } from './follow.ts';

export function describeSubscribing(ctx: Context): void {
  describe('subscribing', () => {
    describeDelivery(ctx);
    describeWriters(ctx);
    describeSlowConsumers(ctx);
    describePaces(ctx);
    describeStops(ctx);
  });
}

function describeDelivery(ctx: Context): void {
  sentence('delivers history, says it has caught up, then delivers live', async () => {
    const prefix = ownPrefix();
    const history = newEvents(70);
    await ctx.store.append(`${prefix}a`, 'no-stream', history);
    const following = follow(ctx.store, { prefix });
    expect(ids(await following.untilCaughtUp())).toEqual(ids(history));
    const live = newEvents(3);
    await ctx.store.append(`${prefix}b`, 'no-stream', live);
    expect(ids(await following.nextEvents(3))).toEqual(ids(live));
    await following.stop();
  });

  sentence('says it has caught up where there is nothing to deliver', async () => {
    const prefix = ownPrefix();
    await ctx.store.append(`other-${prefix}`, 'no-stream', newEvents(1));
    const following = follow(ctx.store, { prefix });
    expect(await following.untilCaughtUp()).toEqual([]);
    await following.stop();
  });

  sentence('starts behind a position', async () => {
    const prefix = ownPrefix();
    await ctx.store.append(`${prefix}a`, 'no-stream', newEvents(40));
    const all = await readAll(ctx.store, prefix);
    for (const at of [0, 20, 39]) {
      const following = follow(ctx.store, { prefix, after: all[at]?.position });
      expect(ids(await following.untilCaughtUp())).toEqual(ids(all.slice(at + 1)));
      await following.stop();
    }
  });
}

function describeWriters(ctx: Context): void {
  sentence('delivers each event once and in order while others append', async () => {
    const prefix = ownPrefix();
    const following = follow(ctx.store, { prefix });
    const writing = Promise.all(
      Array.from({ length: 8 }, async (_, writer) => {
        for (let at = 0; at < 25; at += 1) {
          const expected = at === 0 ? 'no-stream' : at - 1;
          await ctx.store.append(`${prefix}${String(writer)}`, expected, newEvents(1));
        }
      }),
    );
    const delivered = await following.nextEvents(200);
    await writing;
    expect(ids(delivered)).toEqual(ids(await readAll(ctx.store, prefix)));
    await following.stop();
  });

  sentence('sees what another process appends', async () => {
    const prefix = ownPrefix();
    const other = await ctx.opened.reopen();
    const following = follow(ctx.store, { prefix });
    await following.untilCaughtUp();
    const events = newEvents(2);
    const waiting = following.nextEvents(2);
    await other.append(`${prefix}a`, 'no-stream', events);
    expect(ids(await waiting)).toEqual(ids(events));
    await following.stop();
    await other.close();
  });
}

function describeSlowConsumers(ctx: Context): void {
  sentence('waits for a slow consumer and loses nothing', async () => {
    const prefix = ownPrefix();
    await ctx.store.append(`${prefix}a`, 'no-stream', newEvents(1));
    const following = follow(ctx.store, { prefix });
    await following.untilCaughtUp();
    // Far more, and larger, than any buffer on the way: most of it must wait at the store.
    const large = 'x'.repeat(20_000);
    for (let at = 0; at < 40; at += 1) {
      const events = newEvents(10).map((event) => ({ ...event, data: { at, large } }));
      await ctx.store.append(`${prefix}a`, at * 10, events);
    }
    const delivered: RecordedEvent[] = [];
    let busy = 0;
    while (delivered.length < 400) {
      const [event] = await following.nextEvents(1);
      busy += 1;
      expect(busy).toBe(1);
      for (let turn = 0; turn < 3; turn += 1) await nextTurn();
      busy -= 1;
      if (event) delivered.push(event);
    }
    expect(delivered.map(({ revision }) => revision)).toEqual(
      Array.from({ length: 400 }, (_, index) => index + 1),
    );
    await following.stop();
  });
}

function describePaces(ctx: Context): void {
  sentence('catches up again after falling behind', async () => {
    const prefix = ownPrefix();
    await ctx.store.append(`${prefix}a`, 'no-stream', newEvents(5));
    const following = follow(ctx.store, { prefix });
    expect(await following.untilCaughtUp()).toHaveLength(5);
    // Nobody asks for the next message meanwhile.
    const padding = 'x'.repeat(30_000);
    for (let at = 0; at < 40; at += 1) {
      const events = newEvents(8).map((event) => ({ ...event, data: { padding } }));
      await ctx.store.append(`${prefix}a`, 4 + at * 8, events);
    }
    expect(await following.untilCaughtUp()).toHaveLength(320);
    await following.stop();
  });

  sentence('serves several subscribers, each at its own pace', async () => {
    const prefix = ownPrefix();
    await ctx.store.append(`${prefix}a`, 'no-stream', newEvents(10));
    const fast = follow(ctx.store, { prefix });
    const slow = follow(ctx.store, { prefix });
    const [narrow] = [follow(ctx.store, { prefix: `${prefix}b` })];
    await fast.untilCaughtUp();
    await slow.nextEvents(1);
    await ctx.store.append(`${prefix}b`, 'no-stream', newEvents(5));
    const all = await readAll(ctx.store, prefix);
    expect(ids(await fast.nextEvents(5))).toEqual(ids(all.slice(10)));
    expect(ids(await narrow.nextEvents(5))).toEqual(ids(all.slice(10)));
    expect(ids(await slow.nextEvents(14))).toEqual(ids(all.slice(1)));
    await Promise.all([fast.stop(), slow.stop(), narrow.stop()]);
  });
}

function describeStops(ctx: Context): void {
  sentence('ends the iteration on abort, whatever it is doing', async () => {
    const prefix = ownPrefix();
    await ctx.store.append(`${prefix}a`, 'no-stream', newEvents(100));

    const waiting = follow(ctx.store, { prefix });
    await waiting.untilCaughtUp();
    const pending = waiting.next();
    await nextTurn();
    waiting.controller.abort();
    expect(await pending).toEqual({ done: true, value: undefined });

    const busy = follow(ctx.store, { prefix });
    await busy.nextEvents(3);
    busy.controller.abort();
    expect((await busy.next()).done).toBe(true);

    const early = follow(ctx.store, { prefix });
    early.controller.abort();
    expect((await early.next()).done).toBe(true);
    for (const { signal } of [waiting, busy, early]) {
      expect(getEventListeners(signal, 'abort')).toEqual([]);
    }
  });

  sentence('ends with the loop that reads it', async () => {
    const prefix = ownPrefix();
    await ctx.store.append(`${prefix}a`, 'no-stream', newEvents(3));
    const { signal } = new AbortController();
    for await (const message of ctx.store.subscribe({ prefixes: [prefix], signal })) {
      if (message.kind === 'event' && message.event.revision === 1) break;
    }
    expect(getEventListeners(signal, 'abort')).toEqual([]);
  });
}
