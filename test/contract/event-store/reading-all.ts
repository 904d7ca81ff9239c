import { describe, expect } from '@jest/globals';
import type { NewEvent, Position } from '#event-store';
import { collect, ids, newEvents, ownPrefix, readAll, sentence, type Context } from './context.ts';

export function describeReadingAll(ctx: Context): void {
  describe('reading the whole log', () => {
    describePrefixes(ctx);
    describePages(ctx);
    describePositions(ctx);
    describeRefusedReadings(ctx);
  });
}

function describePrefixes(ctx: Context): void {
  sentence('shows the streams asked for by prefix, in the order of appending', async () => {
    const prefix = ownPrefix();
    const written: NewEvent[] = [];
    for (let at = 0; at < 6; at += 1) {
      const events = newEvents(2);
      await ctx.store.append(`${prefix}${String(at)}`, 'no-stream', events);
      await ctx.store.append(`other-${prefix}${String(at)}`, 'no-stream', newEvents(1));
      written.push(...events);
    }
    expect(ids(await readAll(ctx.store, prefix))).toEqual(ids(written));
    const two = ctx.store.readAll({ prefixes: [`${prefix}0`, `${prefix}3`] });
    expect(ids(await collect(two))).toEqual(ids([...written.slice(0, 2), ...written.slice(6, 8)]));
    expect(await readAll(ctx.store, `${prefix}none`)).toEqual([]);
  });

  sentence('shows every stream when no prefix is given, but no system stream', async () => {
    const after = await ctx.store.head();
    const prefix = ownPrefix();
    const written: string[] = [];
    for (let at = 0; at < 30; at += 1) {
      const events = newEvents(1);
      await ctx.store.append(`${prefix}${String(at)}`, 'no-stream', events);
      written.push(...ids(events));
    }
    const all = await collect(ctx.store.readAll({ after }));
    expect(all.filter(({ stream }) => stream.startsWith('$'))).toEqual([]);
    const own = all.filter(({ stream }) => stream.startsWith(prefix));
    expect(ids(own)).toEqual(written);
  });
}

function describePages(ctx: Context): void {
  sentence('goes on behind a position, and up to a limit', async () => {
    const prefix = ownPrefix();
    await ctx.store.append(`${prefix}a`, 'no-stream', newEvents(40));
    await ctx.store.append(`${prefix}b`, 'no-stream', newEvents(40));
    const all = await readAll(ctx.store, prefix);
    for (const at of [0, 1, 39, 40, 78, 79]) {
      const after = all[at]?.position as Position;
      expect(ids(await readAll(ctx.store, prefix, { after }))).toEqual(ids(all.slice(at + 1)));
      expect(ids(await readAll(ctx.store, prefix, { after, limit: 7 }))).toEqual(
        ids(all.slice(at + 1, at + 8)),
      );
    }
    expect(await readAll(ctx.store, prefix, { limit: 0 })).toEqual([]);
  });

  sentence('shows the same by pages, none of them empty', async () => {
    const prefix = ownPrefix();
    for (let at = 0; at < 3; at += 1) {
      await ctx.store.append(`${prefix}${String(at)}`, 'no-stream', newEvents(400));
      await ctx.store.append(`other-${prefix}${String(at)}`, 'no-stream', newEvents(3));
    }
    const all = await readAll(ctx.store, prefix);
    const pages = await collect(ctx.store.readPages({ prefixes: [prefix] }));
    expect(pages.flat()).toEqual(all);
    expect(pages.length).toBeLessThan(50);
    expect(pages.every((page) => page.length > 0)).toBe(true);
    const after = all[700]?.position as Position;
    const part = await collect(ctx.store.readPages({ prefixes: [prefix], after, limit: 7 }));
    expect(ids(part.flat())).toEqual(ids(all.slice(701, 708)));
    expect(await collect(ctx.store.readPages({ prefixes: [`${prefix}none`] }))).toEqual([]);
  });
}

function describePositions(ctx: Context): void {
  sentence('orders events by position, as text, each its own', async () => {
    const prefix = ownPrefix();
    for (let at = 0; at < 12; at += 1) {
      await ctx.store.append(`${prefix}${String(at)}`, 'no-stream', newEvents(9));
    }
    const positions = (await readAll(ctx.store, prefix)).map(({ position }) => position);
    expect(positions).toEqual([...positions].sort());
    expect(new Set(positions).size).toBe(108);
    expect(positions.every((position) => typeof position === 'string')).toBe(true);
  });

  sentence('gives an event the same position however it is read', async () => {
    const prefix = ownPrefix();
    await ctx.store.append(`${prefix}a`, 'no-stream', newEvents(5));
    await ctx.store.append(`${prefix}a`, 4, newEvents(5));
    expect(await readAll(ctx.store, prefix)).toEqual(
      await collect(ctx.store.readStream(`${prefix}a`)),
    );
  });

  sentence('ends at the head of when it was called', async () => {
    const prefix = ownPrefix();
    await ctx.store.append(`${prefix}a`, 'no-stream', newEvents(3));
    // The end of the log is now an event that is not asked for.
    await ctx.store.append(`other-${prefix}`, 'no-stream', newEvents(1));
    const called = ctx.store.readAll({ prefixes: [prefix] });
    // By the time this is answered, so is whatever the call itself asked.
    await ctx.store.head();
    await ctx.store.append(`${prefix}a`, 2, newEvents(3));
    expect(await collect(called)).toHaveLength(3);
  });
}

function describeRefusedReadings(ctx: Context): void {
  sentence('refuses an empty list of prefixes and a position not its own', async () => {
    const { signal } = new AbortController();
    await expect((async () => collect(ctx.store.readAll({ prefixes: [] })))()).rejects.toThrow(
      RangeError,
    );
    await expect((async () => ctx.store.head([]))()).rejects.toThrow(RangeError);
    const after = 'not-a-position' as Position;
    await expect((async () => collect(ctx.store.readAll({ after })))()).rejects.toThrow(RangeError);
    await expect((async () => collect(ctx.store.subscribe({ after, signal })))()).rejects.toThrow(
      RangeError,
    );
  });
}
