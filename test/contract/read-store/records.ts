import { randomBytes } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import type { Context } from './context.ts';
import { HOSTILE } from './generators.ts';

const newKey = (): string => `checkpoint:${randomBytes(6).toString('hex')}`;

export function describeRecords(ctx: Context): void {
  describe('control records', () => {
    describeWrittenRecords(ctx);
    describeKeysAndWriters(ctx);
  });
}

function describeWrittenRecords(ctx: Context): void {
  it('are there once written, and replaced as a whole', async () => {
    const key = newKey();
    expect(await ctx.store.readRecord(key)).toBeUndefined();
    expect(await ctx.store.writeRecord(key, { position: '1', more: [{ a: 1 }] }, 0)).toBe(true);
    expect(await ctx.other.readRecord(key)).toEqual({
      value: { position: '1', more: [{ a: 1 }] },
      version: 1,
    });
    expect(await ctx.other.writeRecord(key, { position: '2' }, 1)).toBe(true);
    expect(await ctx.store.readRecord(key)).toEqual({ value: { position: '2' }, version: 2 });
  });

  it('are not written over by one who has not seen them', async () => {
    const key = newKey();
    expect(await ctx.store.writeRecord(key, { n: 1 }, 1)).toBe(false);
    expect(await ctx.store.readRecord(key)).toBeUndefined();
    await ctx.store.writeRecord(key, { n: 1 }, 0);
    expect(await ctx.store.writeRecord(key, { n: 2 }, 0)).toBe(false);
    expect(await ctx.store.writeRecord(key, { n: 2 }, 2)).toBe(false);
    await ctx.store.writeRecord(key, { n: 3 }, 1);
    expect(await ctx.store.writeRecord(key, { n: 4 }, 1)).toBe(false);
    expect(await ctx.store.readRecord(key)).toEqual({ value: { n: 3 }, version: 2 });
  });
}

function describeKeysAndWriters(ctx: Context): void {
  it('take one of many writers at once', async () => {
    const key = newKey();
    for (let version = 0; version < 20; version += 1) {
      const outcomes = await Promise.all(
        Array.from({ length: 8 }, (_, n) =>
          (n % 2 ? ctx.store : ctx.other).writeRecord(key, { version, by: n }, version),
        ),
      );
      expect(outcomes.filter(Boolean)).toHaveLength(1);
      expect(await ctx.store.readRecord(key)).toEqual({
        value: { version, by: outcomes.indexOf(true) },
        version: version + 1,
      });
    }
  });

  it('have keys that mean only themselves', async () => {
    const keys = HOSTILE.map((hostile) => `${newKey()}${hostile}`);
    for (const key of keys) expect(await ctx.store.writeRecord(key, { key }, 0)).toBe(true);
    for (const key of keys) expect((await ctx.store.readRecord(key))?.value).toEqual({ key });
  });
}
