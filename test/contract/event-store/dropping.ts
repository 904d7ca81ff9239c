import { expect } from '@jest/globals';
import {
  EventStoreUnavailable,
  type Appended,
  type EventStore,
  type RecordedEvent,
} from '#event-store';
import {
  collect,
  ids,
  newEvents,
  ownPrefix,
  sentence,
  type Context,
  type DroppableEventStore,
} from './context.ts';
import { follow } from './follow.ts';

export function describeDroppedSubscriptions(ctx: Context<DroppableEventStore>): void {
  sentence('delivers every event once and in order over many dropped connections', async () => {
    const prefix = ownPrefix();
    const following = follow(ctx.store, { prefix });
    await following.untilCaughtUp();
    const delivered: RecordedEvent[] = [];
    for (let round = 0; round < 4; round += 1) {
      const expected = round === 0 ? 'no-stream' : round * 50 - 1;
      await appendSurely(ctx.store, `${prefix}a`, expected, newEvents(50));
      delivered.push(...(await following.nextEvents(20)));
      ctx.opened.dropConnections();
      delivered.push(...(await following.nextEvents(30)));
    }
    expect(delivered.map(({ revision }) => revision)).toEqual(
      Array.from({ length: 200 }, (_, revision) => revision),
    );
    await following.stop();
  });
}

export function describeDroppedReads(ctx: Context<DroppableEventStore>): void {
  sentence('is told apart from the end of a read, and reading again succeeds', async () => {
    const prefix = ownPrefix();
    const padding = 'x'.repeat(20_000);
    for (let at = 0; at < 40; at += 1) {
      const events = newEvents(10).map((event) => ({ ...event, data: { padding } }));
      const expected = at === 0 ? 'no-stream' : at * 10 - 1;
      await appendSurely(ctx.store, `${prefix}a`, expected, events);
    }
    for (const read of [
      () => ctx.store.readAll({ prefixes: [prefix] }),
      () => ctx.store.readStream(`${prefix}a`),
    ]) {
      const broken = (async () => {
        let count = 0;
        for await (const _ of read()) {
          count += 1;
          if (count === 3) ctx.opened.dropConnections();
        }
      })();
      await expect(broken).rejects.toBeInstanceOf(EventStoreUnavailable);
      expect(await surely(() => collect(read()))).toHaveLength(400);
    }
  });
}

export function describeDroppedAppends(ctx: Context<DroppableEventStore>): void {
  sentence('leaves no append in doubt that is repeated until it is answered', async () => {
    const prefix = ownPrefix();
    const writers = Array.from({ length: 20 }, async (_, writer) => {
      const stream = `${prefix}${String(writer)}`;
      for (let at = 0; at < 10; at += 1) {
        const expected = at === 0 ? 'no-stream' : at - 1;
        const { revision } = await appendSurely(ctx.store, stream, expected, newEvents(1));
        expect(revision).toBe(at);
        if (writer === 0 && at % 3 === 0) ctx.opened.dropConnections();
      }
    });
    await Promise.all(writers);
    const events = await surely(() => collect(ctx.store.readAll({ prefixes: [prefix] })));
    expect(events).toHaveLength(200);
    expect(new Set(ids(events)).size).toBe(200);
  });
}

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
