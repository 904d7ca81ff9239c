import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, it } from '@jest/globals';
import type { EventStore, JsonObject, NewEvent, Position, RecordedEvent } from '#event-store';

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

/** What every sentence is said about. It is there once the sentences run. */
export interface Context<T extends OpenedEventStore = OpenedEventStore> {
  readonly opened: T;
  readonly store: EventStore;
}

/** Longest time one sentence may take on a shared server. */
const TIMEOUT_MS = 30_000;

/** Opens before the sentences of this describe, and closes behind the last. */
export function contextOf<T extends OpenedEventStore>(open: () => Promise<T>): Context<T> {
  let opened: T;
  beforeAll(async () => {
    opened = await open();
  }, TIMEOUT_MS);
  afterAll(async () => {
    await opened.store.close();
    await opened.dispose();
  }, TIMEOUT_MS);
  return {
    get opened() {
      return opened;
    },
    get store() {
      return opened.store;
    },
  };
}

export const sentence = (text: string, run: () => Promise<void>): void => it(text, run, TIMEOUT_MS);

/** A log may be shared with others: each sentence keeps to streams of its own. */
export function ownPrefix(): string {
  return `contract-${randomUUID()}-`;
}

export function newEvent(
  data: JsonObject = { n: 1 },
  metadata: JsonObject = { actor: 'a' },
): NewEvent {
  return { id: randomUUID(), type: 'EntryNumberAssigned', data, metadata };
}

export function newEvents(count: number): NewEvent[] {
  return Array.from({ length: count }, (_, n) => newEvent({ n }));
}

export async function collect<T>(items: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = [];
  for await (const item of items) all.push(item);
  return all;
}

export const ids = (events: readonly { id: string }[]) => events.map(({ id }) => id);

/** What is in the streams that begin so. */
export const readAll = (
  store: EventStore,
  prefix: string,
  options: { after?: Position; limit?: number } = {},
): Promise<RecordedEvent[]> => collect(store.readAll({ prefixes: [prefix], ...options }));
