import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { StreamDamaged, type EventStore, type NewEvent } from '#event-store';

/** A way events of a stream are lost, behind the adapter's back. */
export type Harm = (stream: string) => Promise<void>;

export interface HarmableEventStore {
  readonly store: EventStore;
  /** What can be done to a stream of six events, by what it is called. */
  readonly harms: Readonly<Record<string, Harm>>;
  dispose(): Promise<void>;
}

const newEvents = (count: number): NewEvent[] =>
  Array.from({ length: count }, (_, n) => ({
    id: randomUUID(),
    type: 'EntryNumberAssigned',
    data: { n },
    metadata: {},
  }));

async function readAll(store: EventStore, ...read: Parameters<EventStore['readStream']>) {
  const revisions: number[] = [];
  for await (const { revision } of store.readStream(...read)) revisions.push(revision);
  return revisions;
}

/** What the port promises of streams that have lost events: they never go on as if nothing were missing. */
export function describeDamageContract(
  name: string,
  kinds: readonly string[],
  open: () => Promise<HarmableEventStore>,
): void {
  describe(`event store: ${name}, a stream that lost events`, () => {
    let opened: HarmableEventStore;
    let store: EventStore;
    beforeAll(async () => {
      opened = await open();
      store = opened.store;
    });
    afterAll(async () => {
      await store.close();
      await opened.dispose();
    });

    async function harmed(kind: string): Promise<string> {
      const stream = `contract-${randomUUID()}`;
      await store.append(stream, 'no-stream', newEvents(6));
      await opened.harms[kind]?.(stream);
      return stream;
    }

    it('can be harmed in every way that is tried here', () => {
      expect(Object.keys(opened.harms).sort()).toEqual([...kinds].sort());
    });

    it.each(kinds)('is said to be damaged when it is read from its beginning: %s', async (kind) => {
      const stream = await harmed(kind);
      await expect(readAll(store, stream)).rejects.toBeInstanceOf(StreamDamaged);
      await expect(readAll(store, stream)).rejects.toMatchObject({ stream });
    });

    it.each(kinds)('and when it is read backwards to its end: %s', async (kind) => {
      const stream = await harmed(kind);
      const reading = readAll(store, stream, { direction: 'backward' });
      await expect(reading).rejects.toBeInstanceOf(StreamDamaged);
    });

    it.each(kinds)('never begins anew: %s', async (kind) => {
      const stream = await harmed(kind);
      const before = await store.head();
      const beginning = store.append(stream, 'no-stream', newEvents(1));
      await expect(beginning).rejects.toThrow(/StreamDamaged|stream |expected revision/);
      expect(await store.head()).toBe(before);
      await expect(readAll(store, stream)).rejects.toBeInstanceOf(StreamDamaged);
    });

    it.each(kinds)('leaves others as they are: %s', async (kind) => {
      await harmed(kind);
      const other = `contract-${randomUUID()}`;
      await store.append(other, 'no-stream', newEvents(3));
      expect(await readAll(store, other)).toEqual([0, 1, 2]);
      expect(await readAll(store, other, { direction: 'backward', limit: 2 })).toEqual([2, 1]);
      expect(await readAll(store, other, { from: 3 })).toEqual([]);
      expect(await readAll(store, `contract-${randomUUID()}`)).toEqual([]);
    });
  });
}
