import { describe, expect } from '@jest/globals';
import { RevisionConflict, type ExpectedRevision, type StreamAppend } from '#event-store';
import {
  collect,
  ids,
  newEvent,
  newEvents,
  ownPrefix,
  readAll,
  sentence,
  type Context,
} from './context.ts';

export function describeAppending(ctx: Context): void {
  describe('appending', () => {
    describeRevisions(ctx);
    describeRefusedAppends(ctx);
    describeRepeatedAppends(ctx);
    describeManyWriters(ctx);
    describeAppendsInOrder(ctx);
  });
}

function describeRevisions(ctx: Context): void {
  sentence('starts a stream at revision 0 and goes on without a gap', async () => {
    const stream = `${ownPrefix()}a`;
    const first = await ctx.store.append(stream, 'no-stream', newEvents(1));
    const second = await ctx.store.append(stream, 0, newEvents(3));
    expect(first.revision).toBe(0);
    expect(second.revision).toBe(3);
    const events = await collect(ctx.store.readStream(stream));
    expect(events.map(({ revision }) => revision)).toEqual([0, 1, 2, 3]);
  });

  sentence('answers with the position of the last event as reading shows it', async () => {
    const prefix = ownPrefix();
    const { position } = await ctx.store.append(`${prefix}a`, 'no-stream', newEvents(3));
    expect((await readAll(ctx.store, prefix)).at(-1)?.position).toBe(position);
    expect((await collect(ctx.store.readStream(`${prefix}a`))).at(-1)?.position).toBe(position);
    expect(await ctx.store.head([prefix])).toBe(position);
  });
}

function describeRefusedAppends(ctx: Context): void {
  sentence('refuses to start a stream that is there, and writes nothing', async () => {
    const stream = `${ownPrefix()}a`;
    await ctx.store.append(stream, 'no-stream', newEvents(2));
    const refused = ctx.store.append(stream, 'no-stream', newEvents(1));
    await expect(refused).rejects.toBeInstanceOf(RevisionConflict);
    await expect(refused).rejects.toMatchObject({ stream, expected: 'no-stream', actual: 1 });
    expect(await collect(ctx.store.readStream(stream))).toHaveLength(2);
  });

  sentence('refuses a revision that was overtaken, and writes nothing', async () => {
    const stream = `${ownPrefix()}a`;
    await ctx.store.append(stream, 'no-stream', newEvents(2));
    const refused = ctx.store.append(stream, 0, newEvents(1));
    await expect(refused).rejects.toMatchObject({ expected: 0, actual: 1 });
    await expect(refused).rejects.toBeInstanceOf(RevisionConflict);
    expect(await collect(ctx.store.readStream(stream))).toHaveLength(2);
  });

  sentence('refuses a revision that is not there yet', async () => {
    const stream = `${ownPrefix()}a`;
    await ctx.store.append(stream, 'no-stream', newEvents(1));
    const ahead = ctx.store.append(stream, 5, newEvents(1));
    await expect(ahead).rejects.toMatchObject({ name: 'RevisionConflict', actual: 0 });
    const absent = ctx.store.append(`${stream}b`, 0, newEvents(1));
    await expect(absent).rejects.toMatchObject({
      name: 'RevisionConflict',
      actual: 'no-stream',
    });
    expect(await collect(ctx.store.readStream(`${stream}b`))).toEqual([]);
  });

  sentence('refuses an append of nothing and the names of system streams', async () => {
    await expect(ctx.store.append(`${ownPrefix()}a`, 'no-stream', [])).rejects.toThrow(RangeError);
    await expect(ctx.store.append('$x', 'no-stream', newEvents(1))).rejects.toThrow(RangeError);
    await expect(ctx.store.append('', 'no-stream', newEvents(1))).rejects.toThrow(RangeError);
  });
}

function describeRepeatedAppends(ctx: Context): void {
  sentence('answers a repeated append as the first time and writes nothing more', async () => {
    const stream = `${ownPrefix()}a`;
    const [start, more] = [newEvents(2), newEvents(3)];
    const first = await ctx.store.append(stream, 'no-stream', start);
    const second = await ctx.store.append(stream, 1, more);
    await ctx.store.append(stream, 4, newEvents(1));
    expect(await ctx.store.append(stream, 1, more)).toEqual(second);
    expect(await ctx.store.append(stream, 'no-stream', start)).toEqual(first);
    expect(await collect(ctx.store.readStream(stream))).toHaveLength(6);
  });

  sentence('takes an append for repeated only when every id is at its place', async () => {
    const stream = `${ownPrefix()}a`;
    const [one, two] = [newEvent(), newEvent()];
    await ctx.store.append(stream, 'no-stream', [one, two]);
    for (const other of [[one, newEvent()], [two, one], [two], [one, two, newEvent()]]) {
      const refused = ctx.store.append(stream, 'no-stream', other);
      await expect(refused).rejects.toBeInstanceOf(RevisionConflict);
    }
    expect(ids(await collect(ctx.store.readStream(stream)))).toEqual(ids([one, two]));
  });
}

function describeManyWriters(ctx: Context): void {
  sentence('lets exactly one of many writers have each revision', async () => {
    const stream = `${ownPrefix()}a`;
    const other = await ctx.opened.reopen();
    let expected: ExpectedRevision = 'no-stream';
    for (let round = 0; round < 5; round += 1) {
      const writers = Array.from({ length: 16 }, (_, index) =>
        (index % 2 ? ctx.store : other).append(stream, expected, newEvents(1)),
      );
      const outcomes = await Promise.allSettled(writers);
      const won = outcomes.filter(({ status }) => status === 'fulfilled');
      const lost = outcomes.filter(({ status }) => status === 'rejected');
      expect(won).toHaveLength(1);
      for (const { reason } of lost as PromiseRejectedResult[]) {
        expect(reason).toBeInstanceOf(RevisionConflict);
      }
      expected = round;
    }
    await other.close();
    const events = await collect(ctx.store.readStream(stream));
    expect(events.map(({ revision }) => revision)).toEqual([0, 1, 2, 3, 4]);
  });

  sentence('lets a conflict spoil none of the appends made with it', async () => {
    const prefix = ownPrefix();
    await ctx.store.append(`${prefix}taken`, 'no-stream', newEvents(1));
    const streams = Array.from({ length: 10 }, (_, n) => `${prefix}${String(n)}`);
    const outcomes = await Promise.allSettled(
      streams.flatMap((stream) => [
        ctx.store.append(stream, 'no-stream', newEvents(2)),
        ctx.store.append(`${prefix}taken`, 'no-stream', newEvents(2)),
      ]),
    );
    expect(outcomes.map(({ status }) => status)).toEqual(
      streams.flatMap(() => ['fulfilled', 'rejected']),
    );
    expect(await readAll(ctx.store, prefix)).toHaveLength(21);
  });
}

function describeAppendsInOrder(ctx: Context): void {
  sentence('appends to several streams in the order they were given', async () => {
    const prefix = ownPrefix();
    const [first, second, third] = [newEvents(2), newEvents(1), newEvents(3)];
    const appends: StreamAppend[] = [
      { stream: `${prefix}a`, expected: 'no-stream', events: first },
      { stream: `${prefix}b`, expected: 'no-stream', events: second },
      { stream: `${prefix}a`, expected: 1, events: third },
    ];
    await ctx.store.appendInOrder(appends);
    expect(ids(await readAll(ctx.store, prefix))).toEqual(ids([...first, ...second, ...third]));
    // Again, as after an answer that was lost.
    await ctx.store.appendInOrder(appends);
    await ctx.store.appendInOrder([]);
    expect(await readAll(ctx.store, prefix)).toHaveLength(6);
  });

  sentence('leaves nothing behind the first of them that is refused', async () => {
    const prefix = ownPrefix();
    const before = newEvents(2);
    const refused = ctx.store.appendInOrder([
      { stream: `${prefix}a`, expected: 'no-stream', events: before },
      { stream: `${prefix}b`, expected: 4, events: newEvents(1) },
      { stream: `${prefix}a`, expected: 1, events: newEvents(1) },
      { stream: `${prefix}c`, expected: 'no-stream', events: newEvents(1) },
    ]);
    const conflict = { name: 'RevisionConflict', stream: `${prefix}b`, expected: 4 };
    await expect(refused).rejects.toMatchObject(conflict);
    expect(ids(await readAll(ctx.store, prefix))).toEqual(ids(before));
  });
}
