import { randomUUID } from 'node:crypto';
import { getEventListeners } from 'node:events';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { EventStoreUnavailable, RevisionConflict, StreamDamaged } from '#event-store';
import type {
  Appended,
  EventStore,
  ExpectedRevision,
  JsonObject,
  NewEvent,
  Position,
  RecordedEvent,
  StreamAppend,
  SubscriptionMessage,
} from '#event-store';

export interface OpenedEventStore {
  readonly store: EventStore;
  /** Another store on the same log, as another process would open it; closed by the suite. */
  reopen(): Promise<EventStore>;
  dispose(): Promise<void>;
}

export interface DroppableEventStore extends OpenedEventStore {
  /** Cuts the store's connections; it may connect again at once. */
  dropConnections(): void;
}

/** Longest time one sentence may take on a shared server. */
const TIMEOUT_MS = 30_000;

/** A log may be shared with others: each sentence keeps to streams of its own. */
function ownPrefix(): string {
  return `contract-${randomUUID()}-`;
}

function newEvent(data: JsonObject = { n: 1 }, metadata: JsonObject = { actor: 'a' }): NewEvent {
  return { id: randomUUID(), type: 'EntryNumberAssigned', data, metadata };
}

function newEvents(count: number): NewEvent[] {
  return Array.from({ length: count }, (_, n) => newEvent({ n }));
}

async function collect<T>(items: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = [];
  for await (const item of items) all.push(item);
  return all;
}

const ids = (events: readonly { id: string }[]) => events.map(({ id }) => id);

/** Asks again while the store is unavailable, as the port says. */
async function surely<T>(ask: () => Promise<T>): Promise<T> {
  for (;;) {
    try {
      return await ask();
    } catch (error) {
      if (!(error instanceof EventStoreUnavailable)) throw error;
    }
  }
}

/** Repeats an append whose outcome is unknown, with the same ids. */
const appendSurely = (
  store: EventStore,
  ...request: Parameters<EventStore['append']>
): Promise<Appended> => surely(() => store.append(...request));

/** A subscription in hand, read message by message. */
function follow(
  store: EventStore,
  { after, prefix }: { after?: Position | undefined; prefix: string },
) {
  const controller = new AbortController();
  const { signal } = controller;
  const messages = store.subscribe({ after, prefixes: [prefix], signal })[Symbol.asyncIterator]();
  const next = () => messages.next() as Promise<IteratorResult<SubscriptionMessage, undefined>>;
  const nextEvents = async (count: number): Promise<RecordedEvent[]> => {
    const events: RecordedEvent[] = [];
    while (events.length < count) {
      const { value } = await next();
      if (value === undefined) throw new Error('the subscription ended');
      if (value.kind === 'event') events.push(value.event);
    }
    return events;
  };
  const untilCaughtUp = async (): Promise<RecordedEvent[]> => {
    const events: RecordedEvent[] = [];
    for (;;) {
      const { value } = await next();
      if (value === undefined) throw new Error('the subscription ended');
      if (value.kind === 'caught-up') return events;
      events.push(value.event);
    }
  };
  const stop = async (): Promise<void> => {
    controller.abort();
    while (!(await next()).done);
  };
  return { signal, controller, messages, next, nextEvents, untilCaughtUp, stop };
}

/** The promises of the port that every adapter keeps, whatever is behind it. */
export function describeEventStoreContract(
  name: string,
  open: () => Promise<OpenedEventStore>,
): void {
  describe(`event store: ${name}`, () => {
    let opened: OpenedEventStore;
    let store: EventStore;
    beforeAll(async () => {
      opened = await open();
      store = opened.store;
    }, TIMEOUT_MS);
    afterAll(async () => {
      await store.close();
      await opened.dispose();
    }, TIMEOUT_MS);

    const sentence = (text: string, run: () => Promise<void>) => it(text, run, TIMEOUT_MS);
    const readAll = (prefix: string, options: { after?: Position; limit?: number } = {}) =>
      collect(store.readAll({ prefixes: [prefix], ...options }));

    describe('appending', () => {
      sentence('starts a stream at revision 0 and goes on without a gap', async () => {
        const stream = `${ownPrefix()}a`;
        const first = await store.append(stream, 'no-stream', newEvents(1));
        const second = await store.append(stream, 0, newEvents(3));
        expect(first.revision).toBe(0);
        expect(second.revision).toBe(3);
        const events = await collect(store.readStream(stream));
        expect(events.map(({ revision }) => revision)).toEqual([0, 1, 2, 3]);
      });

      sentence('answers with the position of the last event as reading shows it', async () => {
        const prefix = ownPrefix();
        const { position } = await store.append(`${prefix}a`, 'no-stream', newEvents(3));
        expect((await readAll(prefix)).at(-1)?.position).toBe(position);
        expect((await collect(store.readStream(`${prefix}a`))).at(-1)?.position).toBe(position);
        expect(await store.head([prefix])).toBe(position);
      });

      sentence('refuses to start a stream that is there, and writes nothing', async () => {
        const stream = `${ownPrefix()}a`;
        await store.append(stream, 'no-stream', newEvents(2));
        const refused = store.append(stream, 'no-stream', newEvents(1));
        await expect(refused).rejects.toBeInstanceOf(RevisionConflict);
        await expect(refused).rejects.toMatchObject({ stream, expected: 'no-stream', actual: 1 });
        expect(await collect(store.readStream(stream))).toHaveLength(2);
      });

      sentence('refuses a revision that was overtaken, and writes nothing', async () => {
        const stream = `${ownPrefix()}a`;
        await store.append(stream, 'no-stream', newEvents(2));
        const refused = store.append(stream, 0, newEvents(1));
        await expect(refused).rejects.toMatchObject({ expected: 0, actual: 1 });
        await expect(refused).rejects.toBeInstanceOf(RevisionConflict);
        expect(await collect(store.readStream(stream))).toHaveLength(2);
      });

      sentence('refuses a revision that is not there yet', async () => {
        const stream = `${ownPrefix()}a`;
        await store.append(stream, 'no-stream', newEvents(1));
        const ahead = store.append(stream, 5, newEvents(1));
        await expect(ahead).rejects.toMatchObject({ name: 'RevisionConflict', actual: 0 });
        const absent = store.append(`${stream}b`, 0, newEvents(1));
        await expect(absent).rejects.toMatchObject({
          name: 'RevisionConflict',
          actual: 'no-stream',
        });
        expect(await collect(store.readStream(`${stream}b`))).toEqual([]);
      });

      sentence('answers a repeated append as the first time and writes nothing more', async () => {
        const stream = `${ownPrefix()}a`;
        const [start, more] = [newEvents(2), newEvents(3)];
        const first = await store.append(stream, 'no-stream', start);
        const second = await store.append(stream, 1, more);
        await store.append(stream, 4, newEvents(1));
        expect(await store.append(stream, 1, more)).toEqual(second);
        expect(await store.append(stream, 'no-stream', start)).toEqual(first);
        expect(await collect(store.readStream(stream))).toHaveLength(6);
      });

      sentence('takes an append for repeated only when every id is at its place', async () => {
        const stream = `${ownPrefix()}a`;
        const [one, two] = [newEvent(), newEvent()];
        await store.append(stream, 'no-stream', [one, two]);
        for (const other of [[one, newEvent()], [two, one], [two], [one, two, newEvent()]]) {
          const refused = store.append(stream, 'no-stream', other);
          await expect(refused).rejects.toBeInstanceOf(RevisionConflict);
        }
        expect(ids(await collect(store.readStream(stream)))).toEqual(ids([one, two]));
      });

      sentence('lets exactly one of many writers have each revision', async () => {
        const stream = `${ownPrefix()}a`;
        const other = await opened.reopen();
        let expected: ExpectedRevision = 'no-stream';
        for (let round = 0; round < 5; round += 1) {
          const writers = Array.from({ length: 16 }, (_, index) =>
            (index % 2 ? store : other).append(stream, expected, newEvents(1)),
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
        const events = await collect(store.readStream(stream));
        expect(events.map(({ revision }) => revision)).toEqual([0, 1, 2, 3, 4]);
      });

      sentence('lets a conflict spoil none of the appends made with it', async () => {
        const prefix = ownPrefix();
        await store.append(`${prefix}taken`, 'no-stream', newEvents(1));
        const streams = Array.from({ length: 10 }, (_, n) => `${prefix}${String(n)}`);
        const outcomes = await Promise.allSettled(
          streams.flatMap((stream) => [
            store.append(stream, 'no-stream', newEvents(2)),
            store.append(`${prefix}taken`, 'no-stream', newEvents(2)),
          ]),
        );
        expect(outcomes.map(({ status }) => status)).toEqual(
          streams.flatMap(() => ['fulfilled', 'rejected']),
        );
        expect(await readAll(prefix)).toHaveLength(21);
      });

      sentence('appends to several streams in the order they were given', async () => {
        const prefix = ownPrefix();
        const [first, second, third] = [newEvents(2), newEvents(1), newEvents(3)];
        const appends: StreamAppend[] = [
          { stream: `${prefix}a`, expected: 'no-stream', events: first },
          { stream: `${prefix}b`, expected: 'no-stream', events: second },
          { stream: `${prefix}a`, expected: 1, events: third },
        ];
        await store.appendInOrder(appends);
        expect(ids(await readAll(prefix))).toEqual(ids([...first, ...second, ...third]));
        // Again, as after an answer that was lost.
        await store.appendInOrder(appends);
        await store.appendInOrder([]);
        expect(await readAll(prefix)).toHaveLength(6);
      });

      sentence('leaves nothing behind the first of them that is refused', async () => {
        const prefix = ownPrefix();
        const before = newEvents(2);
        const refused = store.appendInOrder([
          { stream: `${prefix}a`, expected: 'no-stream', events: before },
          { stream: `${prefix}b`, expected: 4, events: newEvents(1) },
          { stream: `${prefix}a`, expected: 1, events: newEvents(1) },
          { stream: `${prefix}c`, expected: 'no-stream', events: newEvents(1) },
        ]);
        const conflict = { name: 'RevisionConflict', stream: `${prefix}b`, expected: 4 };
        await expect(refused).rejects.toMatchObject(conflict);
        expect(ids(await readAll(prefix))).toEqual(ids(before));
      });

      sentence('refuses an append of nothing and the names of system streams', async () => {
        await expect(store.append(`${ownPrefix()}a`, 'no-stream', [])).rejects.toThrow(RangeError);
        await expect(store.append('$x', 'no-stream', newEvents(1))).rejects.toThrow(RangeError);
        await expect(store.append('', 'no-stream', newEvents(1))).rejects.toThrow(RangeError);
      });
    });

    describe('reading a stream', () => {
      sentence('gives back what was written, with its place and time', async () => {
        const stream = `${ownPrefix()}a`;
        const before = Date.now();
        const event = newEvent({ number: 1, text: '001/ĐT' }, { actor: { name: 'Nguyễn Văn A' } });
        const { position } = await store.append(stream, 'no-stream', [event]);
        const [read] = await collect(store.readStream(stream));
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

      sentence('yields nothing where the stream does not exist', async () => {
        const stream = `${ownPrefix()}a`;
        expect(await collect(store.readStream(stream))).toEqual([]);
        expect(await collect(store.readStream(stream, { direction: 'backward' }))).toEqual([]);
      });

      sentence('tells the end of a stream from one that ends too early', async () => {
        const stream = `${ownPrefix()}a`;
        await store.append(stream, 'no-stream', newEvents(3));
        expect(await collect(store.readStream(stream, { from: 3 }))).toEqual([]);
        expect(await collect(store.readStream(`${stream}-absent`, { from: 0 }))).toEqual([]);
        for (const [name, from] of [
          [stream, 4],
          [stream, 4000],
          [`${stream}-absent`, 1],
        ] as const) {
          const behind = collect(store.readStream(name, { from }));
          await expect(behind).rejects.toBeInstanceOf(StreamDamaged);
          await expect(behind).rejects.toMatchObject({ stream: name });
        }
      });

      sentence('goes forward and backward, from a revision, up to a limit', async () => {
        const stream = `${ownPrefix()}a`;
        await store.append(stream, 'no-stream', newEvents(10));
        const read = async (options: Parameters<EventStore['readStream']>[1]) =>
          (await collect(store.readStream(stream, options))).map(({ revision }) => revision);
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
          await store.append(stream, at === 0 ? 'no-stream' : at * 250 - 1, newEvents(250));
        }
        expect((await collect(store.readStream(stream))).map((event) => event.revision)).toEqual(
          Array.from({ length: 1250 }, (_, revision) => revision),
        );
        const backward = await collect(store.readStream(stream, { direction: 'backward' }));
        expect(backward.at(-1)?.revision).toBe(0);
        for await (const event of store.readStream(stream)) if (event.revision === 600) break;
        expect((await store.append(stream, 1249, newEvents(1))).revision).toBe(1250);
      });

      sentence('keeps Vietnamese text and large payloads to the letter', async () => {
        const stream = `${ownPrefix()}sổ-chứng-thực`;
        const text =
          'Số chứng thực: 001/ĐT; quyển số: 01/2024-SCTĐT/BS “Ủy ban nhân dân” 🖋 \u0000 \\';
        const data = { text, decomposed: text.normalize('NFD'), large: 'ữ'.repeat(40_000) };
        const event = newEvent(data, { 'lý do': null, nested: [{ a: [1.5, -0.25, 1e21, true] }] });
        await store.append(stream, 'no-stream', [event]);
        const [read] = await collect(store.readStream(stream));
        expect(read?.data).toEqual(data);
        expect(read?.data['decomposed']).not.toBe(read?.data['text']);
        expect(read?.metadata).toEqual(event.metadata);
        expect(read?.stream).toBe(stream);
      });
    });

    describe('reading the whole log', () => {
      sentence('shows the streams asked for by prefix, in the order of appending', async () => {
        const prefix = ownPrefix();
        const written: NewEvent[] = [];
        for (let at = 0; at < 6; at += 1) {
          const events = newEvents(2);
          await store.append(`${prefix}${String(at)}`, 'no-stream', events);
          await store.append(`other-${prefix}${String(at)}`, 'no-stream', newEvents(1));
          written.push(...events);
        }
        expect(ids(await readAll(prefix))).toEqual(ids(written));
        const two = store.readAll({ prefixes: [`${prefix}0`, `${prefix}3`] });
        expect(ids(await collect(two))).toEqual(
          ids([...written.slice(0, 2), ...written.slice(6, 8)]),
        );
        expect(await readAll(`${prefix}none`)).toEqual([]);
      });

      sentence('goes on behind a position, and up to a limit', async () => {
        const prefix = ownPrefix();
        await store.append(`${prefix}a`, 'no-stream', newEvents(40));
        await store.append(`${prefix}b`, 'no-stream', newEvents(40));
        const all = await readAll(prefix);
        for (const at of [0, 1, 39, 40, 78, 79]) {
          const after = all[at]?.position as Position;
          expect(ids(await readAll(prefix, { after }))).toEqual(ids(all.slice(at + 1)));
          expect(ids(await readAll(prefix, { after, limit: 7 }))).toEqual(
            ids(all.slice(at + 1, at + 8)),
          );
        }
        expect(await readAll(prefix, { limit: 0 })).toEqual([]);
      });

      sentence('shows the same by pages, none of them empty', async () => {
        const prefix = ownPrefix();
        for (let at = 0; at < 3; at += 1) {
          await store.append(`${prefix}${String(at)}`, 'no-stream', newEvents(400));
          await store.append(`other-${prefix}${String(at)}`, 'no-stream', newEvents(3));
        }
        const all = await readAll(prefix);
        const pages = await collect(store.readPages({ prefixes: [prefix] }));
        expect(pages.flat()).toEqual(all);
        expect(pages.length).toBeLessThan(50);
        expect(pages.every((page) => page.length > 0)).toBe(true);
        const after = all[700]?.position as Position;
        const part = await collect(store.readPages({ prefixes: [prefix], after, limit: 7 }));
        expect(ids(part.flat())).toEqual(ids(all.slice(701, 708)));
        expect(await collect(store.readPages({ prefixes: [`${prefix}none`] }))).toEqual([]);
      });

      sentence('orders events by position, as text, each its own', async () => {
        const prefix = ownPrefix();
        for (let at = 0; at < 12; at += 1) {
          await store.append(`${prefix}${String(at)}`, 'no-stream', newEvents(9));
        }
        const positions = (await readAll(prefix)).map(({ position }) => position);
        expect(positions).toEqual([...positions].sort());
        expect(new Set(positions).size).toBe(108);
        expect(positions.every((position) => typeof position === 'string')).toBe(true);
      });

      sentence('gives an event the same position however it is read', async () => {
        const prefix = ownPrefix();
        await store.append(`${prefix}a`, 'no-stream', newEvents(5));
        await store.append(`${prefix}a`, 4, newEvents(5));
        expect(await readAll(prefix)).toEqual(await collect(store.readStream(`${prefix}a`)));
      });

      sentence('ends at the head of when it was called', async () => {
        const prefix = ownPrefix();
        await store.append(`${prefix}a`, 'no-stream', newEvents(3));
        // The end of the log is now an event that is not asked for.
        await store.append(`other-${prefix}`, 'no-stream', newEvents(1));
        const called = store.readAll({ prefixes: [prefix] });
        // By the time this is answered, so is whatever the call itself asked.
        await store.head();
        await store.append(`${prefix}a`, 2, newEvents(3));
        expect(await collect(called)).toHaveLength(3);
      });

      sentence('shows every stream when no prefix is given, but no system stream', async () => {
        const after = await store.head();
        const prefix = ownPrefix();
        const written: string[] = [];
        for (let at = 0; at < 30; at += 1) {
          const events = newEvents(1);
          await store.append(`${prefix}${String(at)}`, 'no-stream', events);
          written.push(...ids(events));
        }
        const all = await collect(store.readAll({ after }));
        expect(all.filter(({ stream }) => stream.startsWith('$'))).toEqual([]);
        const own = all.filter(({ stream }) => stream.startsWith(prefix));
        expect(ids(own)).toEqual(written);
      });

      sentence('refuses an empty list of prefixes and a position not its own', async () => {
        const { signal } = new AbortController();
        await expect((async () => collect(store.readAll({ prefixes: [] })))()).rejects.toThrow(
          RangeError,
        );
        await expect((async () => store.head([]))()).rejects.toThrow(RangeError);
        const after = 'not-a-position' as Position;
        await expect((async () => collect(store.readAll({ after })))()).rejects.toThrow(RangeError);
        await expect((async () => collect(store.subscribe({ after, signal })))()).rejects.toThrow(
          RangeError,
        );
      });
    });

    describe('head and count', () => {
      sentence('tell the last position, and which event stands at one', async () => {
        const prefix = ownPrefix();
        expect(await store.head([prefix])).toBeUndefined();
        await store.append(`${prefix}a`, 'no-stream', newEvents(4));
        const middle = await store.head([prefix]);
        const last = await store.append(`${prefix}b`, 'no-stream', newEvents(3));
        await store.append(`other-${prefix}`, 'no-stream', newEvents(1));
        expect(await store.head([prefix])).toBe(last.position);
        expect(await store.head([`${prefix}a`])).toBe(middle);
        for (const { position, id, stream } of await collect(
          store.readAll({ prefixes: [prefix] }),
        )) {
          expect(await store.eventAt(position)).toEqual({ id, stream });
        }
        const beyond = last.position.replace(/^0/, '9') as Position;
        expect(await store.eventAt(beyond)).toBeUndefined();
      });

      sentence('tell about how many events lie between two positions, reading none', async () => {
        const prefix = ownPrefix();
        await store.append(`${prefix}a`, 'no-stream', newEvents(40));
        const all = await collect(store.readAll({ prefixes: [prefix] }));
        const [first, , third, last] = [all[0], all[1], all[2], all[39]] as RecordedEvent[];
        if (!first || !third || !last) throw new Error('no events');
        const near = store.between(first.position, third.position);
        const far = store.between(first.position, last.position);
        expect(near).toBeGreaterThan(0);
        expect(far).toBeGreaterThan(near);
        expect(far).toBeLessThanOrEqual(store.between(undefined, last.position));
        expect(store.between(last.position, last.position)).toBe(0);
        expect(store.between(last.position, first.position)).toBe(0);
      });
    });

    describe('subscribing', () => {
      sentence('delivers history, says it has caught up, then delivers live', async () => {
        const prefix = ownPrefix();
        const history = newEvents(70);
        await store.append(`${prefix}a`, 'no-stream', history);
        const following = follow(store, { prefix });
        expect(ids(await following.untilCaughtUp())).toEqual(ids(history));
        const live = newEvents(3);
        await store.append(`${prefix}b`, 'no-stream', live);
        expect(ids(await following.nextEvents(3))).toEqual(ids(live));
        await following.stop();
      });

      sentence('says it has caught up where there is nothing to deliver', async () => {
        const prefix = ownPrefix();
        await store.append(`other-${prefix}`, 'no-stream', newEvents(1));
        const following = follow(store, { prefix });
        expect(await following.untilCaughtUp()).toEqual([]);
        await following.stop();
      });

      sentence('starts behind a position', async () => {
        const prefix = ownPrefix();
        await store.append(`${prefix}a`, 'no-stream', newEvents(40));
        const all = await readAll(prefix);
        for (const at of [0, 20, 39]) {
          const following = follow(store, { prefix, after: all[at]?.position });
          expect(ids(await following.untilCaughtUp())).toEqual(ids(all.slice(at + 1)));
          await following.stop();
        }
      });

      sentence('delivers each event once and in order while others append', async () => {
        const prefix = ownPrefix();
        const following = follow(store, { prefix });
        const writing = Promise.all(
          Array.from({ length: 8 }, async (_, writer) => {
            for (let at = 0; at < 25; at += 1) {
              const expected = at === 0 ? 'no-stream' : at - 1;
              await store.append(`${prefix}${String(writer)}`, expected, newEvents(1));
            }
          }),
        );
        const delivered = await following.nextEvents(200);
        await writing;
        expect(ids(delivered)).toEqual(ids(await readAll(prefix)));
        await following.stop();
      });

      sentence('waits for a slow consumer and loses nothing', async () => {
        const prefix = ownPrefix();
        await store.append(`${prefix}a`, 'no-stream', newEvents(1));
        const following = follow(store, { prefix });
        await following.untilCaughtUp();
        // Far more, and larger, than any buffer on the way: most of it must wait at the store.
        const large = 'x'.repeat(20_000);
        for (let at = 0; at < 40; at += 1) {
          const events = newEvents(10).map((event) => ({ ...event, data: { at, large } }));
          await store.append(`${prefix}a`, at * 10, events);
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

      sentence('catches up again after falling behind', async () => {
        const prefix = ownPrefix();
        await store.append(`${prefix}a`, 'no-stream', newEvents(5));
        const following = follow(store, { prefix });
        expect(await following.untilCaughtUp()).toHaveLength(5);
        // Nobody asks for the next message meanwhile.
        const padding = 'x'.repeat(30_000);
        for (let at = 0; at < 40; at += 1) {
          const events = newEvents(8).map((event) => ({ ...event, data: { padding } }));
          await store.append(`${prefix}a`, 4 + at * 8, events);
        }
        expect(await following.untilCaughtUp()).toHaveLength(320);
        await following.stop();
      });

      sentence('serves several subscribers, each at its own pace', async () => {
        const prefix = ownPrefix();
        await store.append(`${prefix}a`, 'no-stream', newEvents(10));
        const fast = follow(store, { prefix });
        const slow = follow(store, { prefix });
        const [narrow] = [follow(store, { prefix: `${prefix}b` })];
        await fast.untilCaughtUp();
        await slow.nextEvents(1);
        await store.append(`${prefix}b`, 'no-stream', newEvents(5));
        const all = await readAll(prefix);
        expect(ids(await fast.nextEvents(5))).toEqual(ids(all.slice(10)));
        expect(ids(await narrow.nextEvents(5))).toEqual(ids(all.slice(10)));
        expect(ids(await slow.nextEvents(14))).toEqual(ids(all.slice(1)));
        await Promise.all([fast.stop(), slow.stop(), narrow.stop()]);
      });

      sentence('sees what another process appends', async () => {
        const prefix = ownPrefix();
        const other = await opened.reopen();
        const following = follow(store, { prefix });
        await following.untilCaughtUp();
        const events = newEvents(2);
        const waiting = following.nextEvents(2);
        await other.append(`${prefix}a`, 'no-stream', events);
        expect(ids(await waiting)).toEqual(ids(events));
        await following.stop();
        await other.close();
      });

      sentence('ends the iteration on abort, whatever it is doing', async () => {
        const prefix = ownPrefix();
        await store.append(`${prefix}a`, 'no-stream', newEvents(100));

        const waiting = follow(store, { prefix });
        await waiting.untilCaughtUp();
        const pending = waiting.next();
        await nextTurn();
        waiting.controller.abort();
        expect(await pending).toEqual({ done: true, value: undefined });

        const busy = follow(store, { prefix });
        await busy.nextEvents(3);
        busy.controller.abort();
        expect((await busy.next()).done).toBe(true);

        const early = follow(store, { prefix });
        early.controller.abort();
        expect((await early.next()).done).toBe(true);
        for (const { signal } of [waiting, busy, early]) {
          expect(getEventListeners(signal, 'abort')).toEqual([]);
        }
      });

      sentence('ends with the loop that reads it', async () => {
        const prefix = ownPrefix();
        await store.append(`${prefix}a`, 'no-stream', newEvents(3));
        const { signal } = new AbortController();
        for await (const message of store.subscribe({ prefixes: [prefix], signal })) {
          if (message.kind === 'event' && message.event.revision === 1) break;
        }
        expect(getEventListeners(signal, 'abort')).toEqual([]);
      });
    });

    describe('closing', () => {
      sentence('leaves the events for whoever opens it next', async () => {
        const prefix = ownPrefix();
        const first = await opened.reopen();
        const events = newEvents(3);
        await first.append(`${prefix}a`, 'no-stream', events);
        await first.close();
        const second = await opened.reopen();
        expect(ids(await collect(second.readStream(`${prefix}a`)))).toEqual(ids(events));
        await expect(second.append(`${prefix}a`, 'no-stream', newEvents(1))).rejects.toBeInstanceOf(
          RevisionConflict,
        );
        await second.close();
      });

      sentence('ends subscriptions and makes everything else unavailable', async () => {
        const prefix = ownPrefix();
        const other = await opened.reopen();
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

    describe('any order of appends', () => {
      sentence('reads as a simple model of the log says', async () => {
        const step = fc.record({
          stream: fc.integer({ min: 0, max: 2 }),
          count: fc.integer({ min: 1, max: 3 }),
          expect: fc.constantFrom('right', 'right', 'right', 'behind', 'ahead', 'repeat'),
        });
        const property = fc.asyncProperty(fc.array(step, { maxLength: 20 }), async (steps) => {
          const prefix = ownPrefix();
          const model = new LogModel();
          for (const { stream, count, expect: kind } of steps) {
            await model.play(store, `${prefix}${String(stream)}`, newEvents(count), kind);
          }
          expect(ids(await readAll(prefix))).toEqual(model.log);
          for (const [stream, own] of model.streams) {
            expect(ids(await collect(store.readStream(stream)))).toEqual(own);
            const backward = collect(store.readStream(stream, { direction: 'backward' }));
            expect(ids(await backward)).toEqual([...own].reverse());
          }
        });
        await fc.assert(property, { numRuns: 15 });
      });
    });
  });
}

/** What the log must hold after each step. */
class LogModel {
  readonly log: string[] = [];
  readonly streams = new Map<string, string[]>();
  #last: { stream: string; expected: ExpectedRevision; events: NewEvent[] } | undefined;

  async play(
    store: EventStore,
    stream: string,
    events: NewEvent[],
    kind: 'right' | 'behind' | 'ahead' | 'repeat',
  ): Promise<void> {
    const own = this.streams.get(stream) ?? [];
    const revision = own.length - 1;
    const right: ExpectedRevision = revision < 0 ? 'no-stream' : revision;
    if (kind === 'repeat') {
      if (this.#last === undefined) return;
      const { stream: before, expected, events: same } = this.#last;
      const first = expected === 'no-stream' ? 0 : expected + 1;
      const answer = await store.append(before, expected, same);
      expect(answer.revision).toBe(first + same.length - 1);
    } else if (kind === 'right') {
      const answer = await store.append(stream, right, events);
      expect(answer.revision).toBe(revision + events.length);
      this.#last = { stream, expected: right, events };
      this.streams.set(stream, [...own, ...ids(events)]);
      this.log.push(...ids(events));
    } else {
      const wrong = kind === 'ahead' ? revision + 1 : revision > 0 ? revision - 1 : 7;
      const refused = store.append(stream, wrong, events);
      await expect(refused).rejects.toMatchObject({ name: 'RevisionConflict', actual: right });
    }
  }
}

/** What more is promised by adapters that reach their log over a connection. */
export function describeReconnectionContract(
  name: string,
  open: () => Promise<DroppableEventStore>,
): void {
  describe(`event store over a connection that drops: ${name}`, () => {
    let opened: DroppableEventStore;
    let store: EventStore;
    beforeAll(async () => {
      opened = await open();
      store = opened.store;
    }, TIMEOUT_MS);
    afterAll(async () => {
      await store.close();
      await opened.dispose();
    }, TIMEOUT_MS);

    it(
      'delivers every event once and in order over many dropped connections',
      async () => {
        const prefix = ownPrefix();
        const following = follow(store, { prefix });
        await following.untilCaughtUp();
        const delivered: RecordedEvent[] = [];
        for (let round = 0; round < 4; round += 1) {
          const expected = round === 0 ? 'no-stream' : round * 50 - 1;
          await appendSurely(store, `${prefix}a`, expected, newEvents(50));
          delivered.push(...(await following.nextEvents(20)));
          opened.dropConnections();
          delivered.push(...(await following.nextEvents(30)));
        }
        expect(delivered.map(({ revision }) => revision)).toEqual(
          Array.from({ length: 200 }, (_, revision) => revision),
        );
        await following.stop();
      },
      TIMEOUT_MS,
    );

    it(
      'is told apart from the end of a read, and reading again succeeds',
      async () => {
        const prefix = ownPrefix();
        const padding = 'x'.repeat(20_000);
        for (let at = 0; at < 40; at += 1) {
          const events = newEvents(10).map((event) => ({ ...event, data: { padding } }));
          const expected = at === 0 ? 'no-stream' : at * 10 - 1;
          await appendSurely(store, `${prefix}a`, expected, events);
        }
        for (const read of [
          () => store.readAll({ prefixes: [prefix] }),
          () => store.readStream(`${prefix}a`),
        ]) {
          const broken = (async () => {
            let count = 0;
            for await (const _ of read()) {
              count += 1;
              if (count === 3) opened.dropConnections();
            }
          })();
          await expect(broken).rejects.toBeInstanceOf(EventStoreUnavailable);
          expect(await surely(() => collect(read()))).toHaveLength(400);
        }
      },
      TIMEOUT_MS,
    );

    it(
      'leaves no append in doubt that is repeated until it is answered',
      async () => {
        const prefix = ownPrefix();
        const writers = Array.from({ length: 20 }, async (_, writer) => {
          const stream = `${prefix}${String(writer)}`;
          for (let at = 0; at < 10; at += 1) {
            const expected = at === 0 ? 'no-stream' : at - 1;
            const { revision } = await appendSurely(store, stream, expected, newEvents(1));
            expect(revision).toBe(at);
            if (writer === 0 && at % 3 === 0) opened.dropConnections();
          }
        });
        await Promise.all(writers);
        const events = await surely(() => collect(store.readAll({ prefixes: [prefix] })));
        expect(events).toHaveLength(200);
        expect(new Set(ids(events)).size).toBe(200);
      },
      TIMEOUT_MS,
    );
  });
}
