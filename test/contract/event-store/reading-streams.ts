import { describe, expect } from '@jest/globals';
import { StreamDamaged, type EventStore, type ReadStreamOptions } from '#event-store';
import { collect, newEvent, newEvents, ownPrefix, sentence, type Context } from './context.ts';

export function describeReadingStreams(ctx: Context): void {
  describe('reading a stream', () => {
    describeContents(ctx);
    describeEnds(ctx);
    describeDirections(ctx);
  });
}

function describeContents(ctx: Context): void {
  sentence('gives back what was written, with its place and time', async () => {
    const stream = `${ownPrefix()}a`;
    const before = Date.now();
    const event = newEvent({ number: 1, text: '001/ĐT' }, { actor: { name: 'Nguyễn Văn A' } });
    const { position } = await ctx.store.append(stream, 'no-stream', [event]);
    const [read] = await collect(ctx.store.readStream(stream));
    expect(read).toEqual({
      ...event,
      stream,
      revision: 0,
      position,
      recordedAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/),
    });
    // The clocks of two machines may differ a little.
    expect(Math.abs(Date.parse(read?.recordedAt ?? '') - before)).toBeLessThan(60_000);
  });

  sentence('keeps Vietnamese text and large payloads to the letter', async () => {
    const stream = `${ownPrefix()}sổ-chứng-thực`;
    const text = 'Số chứng thực: 001/ĐT; quyển số: 01/2024-SCTĐT/BS “Ủy ban nhân dân” 🖋 \u0000 \\';
    const data = { text, decomposed: text.normalize('NFD'), large: 'ữ'.repeat(40_000) };
    const event = newEvent(data, { 'lý do': null, nested: [{ a: [1.5, -0.25, 1e21, true] }] });
    await ctx.store.append(stream, 'no-stream', [event]);
    const [read] = await collect(ctx.store.readStream(stream));
    expect(read?.data).toEqual(data);
    expect(read?.data['decomposed']).not.toBe(read?.data['text']);
    expect(read?.metadata).toEqual(event.metadata);
    expect(read?.stream).toBe(stream);
  });
}

function describeEnds(ctx: Context): void {
  sentence('yields nothing where the stream does not exist', async () => {
    const stream = `${ownPrefix()}a`;
    expect(await collect(ctx.store.readStream(stream))).toEqual([]);
    expect(await collect(ctx.store.readStream(stream, { direction: 'backward' }))).toEqual([]);
  });

  sentence('tells the end of a stream from one that ends too early', async () => {
    const stream = `${ownPrefix()}a`;
    await ctx.store.append(stream, 'no-stream', newEvents(3));
    expect(await collect(ctx.store.readStream(stream, { from: 3 }))).toEqual([]);
    expect(await collect(ctx.store.readStream(`${stream}-absent`, { from: 0 }))).toEqual([]);
    for (const [name, from] of [
      [stream, 4],
      [stream, 4000],
      [`${stream}-absent`, 1],
    ] as const) {
      const behind = collect(ctx.store.readStream(name, { from }));
      await expect(behind).rejects.toBeInstanceOf(StreamDamaged);
      await expect(behind).rejects.toMatchObject({ stream: name });
    }
  });
}

function describeDirections(ctx: Context): void {
  sentence('gives all of a long stream, from anywhere in it, in either direction', async () => {
    const stream = `${ownPrefix()}a`;
    const events = newEvents(250);
    const ids = events.map(({ id }) => id);
    await ctx.store.append(stream, 'no-stream', events);
    const read = async (options: ReadStreamOptions) =>
      (await collect(ctx.store.readStream(stream, options))).map(({ id }) => id);
    for (const from of [0, 1, 99, 100, 101, 149, 150, 151, 249]) {
      expect(await read({ from })).toEqual(ids.slice(from));
      expect(await read({ from, limit: 101 })).toEqual(ids.slice(from, from + 101));
      const back = ids.slice(0, from + 1).reverse();
      expect(await read({ from, direction: 'backward' })).toEqual(back);
    }
    expect(await read({ direction: 'backward' })).toEqual([...ids].reverse());
  });

  sentence('goes forward and backward, from a revision, up to a limit', async () => {
    const stream = `${ownPrefix()}a`;
    await ctx.store.append(stream, 'no-stream', newEvents(10));
    const read = async (options: Parameters<EventStore['readStream']>[1]) =>
      (await collect(ctx.store.readStream(stream, options))).map(({ revision }) => revision);
    expect(await read({})).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
    expect(await read({ from: 7 })).toEqual([7, 8, 9]);
    expect(await read({ from: 2, limit: 3 })).toEqual([2, 3, 4]);
    expect(await read({ from: 10 })).toEqual([]);
    expect(await read({ limit: 0 })).toEqual([]);
    expect(await read({ direction: 'backward' })).toEqual([9, 8, 7, 6, 5, 4, 3, 2, 1, 0]);
    expect(await read({ direction: 'backward', from: 2 })).toEqual([2, 1, 0]);
    expect(await read({ direction: 'backward', limit: 2 })).toEqual([9, 8]);
    expect(await read({ direction: 'backward', from: 4, limit: 1 })).toEqual([4]);
  });

  sentence('reads on over many pages, and stops where the reader stops', async () => {
    const stream = `${ownPrefix()}a`;
    for (let at = 0; at < 5; at += 1) {
      await ctx.store.append(stream, at === 0 ? 'no-stream' : at * 250 - 1, newEvents(250));
    }
    expect((await collect(ctx.store.readStream(stream))).map((event) => event.revision)).toEqual(
      Array.from({ length: 1250 }, (_, revision) => revision),
    );
    const backward = await collect(ctx.store.readStream(stream, { direction: 'backward' }));
    expect(backward.at(-1)?.revision).toBe(0);
    for await (const event of ctx.store.readStream(stream)) if (event.revision === 600) break;
    expect((await ctx.store.append(stream, 1249, newEvents(1))).revision).toBe(1250);
  });
}
