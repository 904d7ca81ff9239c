import { setTimeout as delay } from 'node:timers/promises';
import { LRUCache } from 'lru-cache';
import type { DomainEvent } from '#domain';
import {
  EventStoreUnavailable,
  RevisionConflict,
  type Appended,
  type EventStore,
  type NewEvent,
  type Position,
  type Revision,
} from '#event-store';
import type { Aggregate } from './aggregate.ts';
import { decideInTurn, type DecidedBatch, type Request } from './batch.ts';
import { catchUp, emptyHead, type Head } from './head.ts';

export interface Outcome<S, E> {
  /** None when the command had been carried out before. */
  readonly events: readonly E[];
  /** State right after the command. */
  readonly state: S;
  /** Revision of the stream right after the command; -1 for a stream still empty. */
  readonly revision: Revision;
  /** A read model that has passed it shows the command's effect; undefined for a stream still empty. */
  readonly position: Position | undefined;
}

/** Runs every command of one aggregate: read → evolve → decide → append. */
export interface CommandRunner<S, C, E> {
  /**
   * Durable when it settles.
   * @throws Refusal nothing was written. @throws StaleRevision `ifRevision` no longer holds.
   * @throws EventStoreUnavailable it is unknown whether the command was carried out; commands may be repeated.
   */
  execute(stream: string, request: Request<C>): Promise<Outcome<S, E>>;
  /** The stream folded up to now. */
  load(stream: string): Promise<Head<S>>;
}

interface Waiting<S, C, E> {
  readonly request: Request<C>;
  readonly resolve: (outcome: Outcome<S, E>) => void;
  readonly reject: (error: unknown) => void;
}

/** Most requests decided and appended together. */
const BATCH = 512;
/** Folded events kept in memory over all cached streams; about 1 kB each. */
const CACHED_EVENTS = 1_000_000;
/** Every conflict means that another process went on, so this is reached only under abuse. */
const MOST_CONFLICTS = 100;
const APPEND_TRIES = 4;

/**
 * Commands that wait for the same stream while an append is under way are decided in turn and
 * appended together: one durable write for many numbers, so throughput does not fall with
 * contention. Cached state is caught up from the log before each batch, and the expected revision
 * guards what happens in between.
 */
class StreamRunner<S, C, E extends DomainEvent> implements CommandRunner<S, C, E> {
  private readonly queues = new Map<string, Waiting<S, C, E>[]>();
  private readonly heads = new LRUCache<string, Head<S>>({
    maxSize: CACHED_EVENTS,
    sizeCalculation: (head) => (head.revision === 'no-stream' ? 1 : head.revision + 1),
  });

  constructor(
    private readonly store: EventStore,
    private readonly aggregate: Aggregate<S, C, E>,
  ) {}

  execute(stream: string, request: Request<C>): Promise<Outcome<S, E>> {
    return new Promise((resolve, reject) => {
      const waiting = { request, resolve, reject };
      const queue = this.queues.get(stream);
      if (queue) {
        queue.push(waiting);
        return;
      }
      const started = [waiting];
      this.queues.set(stream, started);
      // Requests that arrive in the same turn of the event loop share the first append too.
      setImmediate(() => void this.drain(stream, started));
    });
  }

  async load(stream: string): Promise<Head<S>> {
    const known = this.heads.get(stream) ?? emptyHead(this.aggregate.initial);
    const head = await catchUp(this.store, this.aggregate, stream, known);
    if (head.revision !== known.revision) this.heads.set(stream, head);
    return head;
  }

  private async drain(stream: string, queue: Waiting<S, C, E>[]): Promise<void> {
    while (queue.length > 0) {
      const waiting = queue.splice(0, BATCH);
      const requests = waiting.map(({ request }) => request);
      try {
        settle(waiting, await this.commit(stream, requests));
      } catch (error) {
        this.heads.delete(stream);
        for (const { reject } of waiting) reject(error);
      }
    }
    this.queues.delete(stream);
  }

  /** Decides and appends one batch; after a conflict reads again and decides again. */
  private async commit(stream: string, requests: readonly Request<C>[]): Promise<Settled<S, E>> {
    for (let conflicts = 0; conflicts < MOST_CONFLICTS; conflicts += 1) {
      const head = await this.load(stream);
      const batch = decideInTurn(this.aggregate, head, requests);
      if (batch.events.length === 0) return { batch, position: head.position };
      const appended = await appendOrConflict(this.store, stream, head, batch.events);
      if (appended) {
        this.heads.set(stream, { state: batch.state, ...appended });
        return { batch, position: appended.position };
      }
      await delay(Math.random() * Math.min(conflicts, 10));
    }
    throw new EventStoreUnavailable(`too many conflicts on ${stream}`);
  }
}

export const createRunner = <S, C, E extends DomainEvent>(
  store: EventStore,
  aggregate: Aggregate<S, C, E>,
): CommandRunner<S, C, E> => new StreamRunner(store, aggregate);

interface Settled<S, E> {
  readonly batch: DecidedBatch<S, E>;
  readonly position: Position | undefined;
}

function settle<S, C, E>(waiting: readonly Waiting<S, C, E>[], settled: Settled<S, E>): void {
  settled.batch.decisions.forEach((decision, index) => {
    const request = waiting[index];
    if (!decision.ok) return request?.reject(decision.error);
    const { events, revision, after } = decision;
    return request?.resolve({ events, revision, state: after, position: settled.position });
  });
}

/** Undefined when another writer was first. An append of unknown fate is repeated with the same ids. */
async function appendOrConflict<S>(
  store: EventStore,
  stream: string,
  head: Head<S>,
  events: readonly NewEvent[],
): Promise<Appended | undefined> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await store.append(stream, head.revision, events);
    } catch (error) {
      if (error instanceof RevisionConflict) return undefined;
      if (!(error instanceof EventStoreUnavailable) || tries === APPEND_TRIES) throw error;
      await delay(50 * 2 ** tries);
    }
  }
}
