import { describe, expect, it } from '@jest/globals';
import { InvalidCursor, ReadTooSlow } from '#read-store';
import { filled, stored, type Context } from './context.ts';

const MANY = 3000;
const docs = (text: string) =>
  Array.from({ length: MANY }, (_, n) => stored(`d${n}`, { n, text: `${text} số ${n}` }));
/** Comes to every document, and finds none. */
const slow = { search: 'không có', sort: [{ field: 'text' }], limit: 10 };

export function describePatience(ctx: Context): void {
  describe('a read', () => {
    it('does not read for who has left already', async () => {
      const spec = await filled(ctx, [stored('a', { n: 1 })]);
      const gone = new Error('gone');
      await expect(ctx.store.find(spec, { limit: 1 }, AbortSignal.abort(gone))).rejects.toBe(gone);
    });

    it('ends a read whose caller leaves with the caller’s reason, and goes on with others', async () => {
      const spec = await filled(ctx, docs('Bằng'), { searchable: ['text'] });
      const leaving = new AbortController();
      const gone = new Error('gone');
      const left = Array.from({ length: 20 }, () => ctx.store.find(spec, slow, leaving.signal));
      const stays = ctx.store.find(spec, { search: 'bang so 7', limit: 1 });
      // The first are under way by then, or have come back even.
      await new Promise(setImmediate);
      leaving.abort(gone);
      const outcomes = await Promise.allSettled(left);
      const ended = { status: 'rejected', reason: gone };
      expect(outcomes.slice(10)).toEqual(Array(10).fill(ended));
      expect((await stays).items).toHaveLength(1);
      expect((await ctx.store.find(spec, slow)).total).toBe(0);
    });

    it('is unmoved by a caller who leaves when it has its page', async () => {
      const spec = await filled(ctx, [stored('a', { n: 1 })]);
      const leaving = new AbortController();
      const page = await ctx.store.find(spec, { limit: 1 }, leaving.signal);
      leaving.abort();
      expect(await ctx.store.find(spec, { limit: 1 })).toEqual(page);
    });

    it('gives up a read that takes too long, says so, and goes on with others', async () => {
      const spec = await filled(ctx, docs('Bằng'), { searchable: ['text'] });
      const hurried = await ctx.hurried();
      const error: unknown = await hurried.find(spec, slow).catch((thrown: unknown) => thrown);
      expect(error).toBeInstanceOf(ReadTooSlow);
      expect((await hurried.get(spec, 'd1'))?.doc['n']).toBe(1);
      await hurried.close();
      expect((await ctx.store.find(spec, slow)).total).toBe(0);
    });

    it('tells a query it cannot take as that, however little time there is', async () => {
      const spec = await filled(ctx, [stored('a', { n: 1 })]);
      const hurried = await ctx.hurried();
      await expect(hurried.find(spec, { limit: 0 })).rejects.toThrow(RangeError);
      await expect(hurried.find(spec, { limit: 1, after: 'x' })).rejects.toThrow(InvalidCursor);
      await hurried.close();
    });

    it('shows every reader what is written, from one question to the next', async () => {
      const spec = await filled(ctx, []);
      for (let n = 1; n <= 50; n += 1) {
        await ctx.store.put(spec, [stored(`d${n}`, { n })]);
        const pages = await Promise.all([1, 2, 3].map(() => ctx.store.find(spec, { limit: 1 })));
        expect(pages.map(({ total }) => total)).toEqual([n, n, n]);
      }
    });
  });
}
