import { setTimeout as delay } from 'node:timers/promises';
import { LRUCache } from 'lru-cache';
import type { DomainEvent } from '#domain';
import { EventStoreUnavailable, type EventStore, type Position, type Revision } from '#event-store';
import type { Aggregate } from './aggregate.ts';
import { appendOrConflict } from './append-or-conflict.ts';
import { decideInTurn, type DecidedBatch, type Decision, type Request } from './batch.ts';
import type { CommandContext } from './context.ts';
import { catchUp, emptyHead, type Head } from './head.ts';
import { spentAt } from './idempotency.ts';
import type { Outcome } from './outcome.ts';
import { firstOutcome, type Spent } from './replay.ts';

/** Runs every command of one aggregate: read → evolve → decide → append. */
export interface CommandRunner<S, C, E> {
  /**
   * Durable when it settles.
   * @throws Refusal nothing was written. @throws StaleRevision `ifRevision` no longer holds.
   * @throws IdempotencyKeyReused the request's key was spent on another request; nothing was written.
   * @throws EventStoreUnavailable it is unknown whether the command was carried out; commands may be repeated.
   */
  execute(stream: string, request: Request<C>): Promise<Outcome<S, E>>;
  /**
   * The first answer to a request whose idempotency key is spent; undefined for a fresh key or none.
   * For handlers that look things up before they execute: a repeated request must not fail on them.
   * @throws IdempotencyKeyReused
   */
  answered(stream: string, context: CommandContext): Promise<Outcome<S, E> | undefined>;
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
/** Commands whose state is kept for a caller that asks again at once; later it is folded from the log. */
const RECENT = 2048;

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
  private readonly recent = new LRUCache<string, { readonly state: S }>({ max: RECENT });
  /** Long folds for late repetitions, one after another. */
  private folding: Promise<unknown> = Promise.resolve();

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
    const head = await catchUp(this.store, this.aggregate, { stream }, known);
    if (head.revision !== known.revision) this.heads.set(stream, head);
    return head;
  }

  async answered(stream: string, context: CommandContext): Promise<Outcome<S, E> | undefined> {
    if (context.idempotencyKey === undefined) return undefined;
    const { keyed } = await this.load(stream);
    const first = spentAt(keyed, stream, context);
    return first === undefined ? undefined : this.repeat({ stream, first, context });
  }

  private repeat(spent: Spent): Promise<Outcome<S, E>> {
    const recent = this.recent.get(commandAt(spent.stream, spent.first));
    const answer = (): Promise<Outcome<S, E>> =>
      firstOutcome(this.store, this.aggregate, spent, () => recent?.state);
    if (recent) return answer();
    const turn = this.folding.then(answer, answer);
    this.folding = turn.catch(() => undefined);
    return turn;
  }

  private async drain(stream: string, queue: Waiting<S, C, E>[]): Promise<void> {
    while (queue.length > 0) {
      const waiting = queue.splice(0, BATCH);
      const requests = waiting.map(({ request }) => request);
      try {
        this.settle(stream, waiting, await this.commit(stream, requests));
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
      const batch = decideInTurn(this.aggregate, stream, head, requests);
      if (batch.events.length === 0) return { batch, position: head.position };
      const appended = await appendOrConflict(this.store, stream, head, batch.events);
      if (appended) {
        for (const [id, revision] of batch.keyed) head.keyed.set(id, revision);
        this.heads.set(stream, { state: batch.state, keyed: head.keyed, ...appended });
        return { batch, position: appended.position };
      }
      await delay(Math.random() * Math.min(conflicts, 10));
    }
    throw new EventStoreUnavailable(`too many conflicts on ${stream}`);
  }

  private settle(
    stream: string,
    waiting: readonly Waiting<S, C, E>[],
    { batch, position }: Settled<S, E>,
  ): void {
    batch.decisions.forEach((decision, index) => {
      const one = waiting[index];
      if (one) this.settleOne(stream, one, decision, position);
    });
  }

  private settleOne(
    stream: string,
    { request, resolve, reject }: Waiting<S, C, E>,
    decision: Decision<S, E>,
    position: Position | undefined,
  ): void {
    if (decision.kind === 'refused') {
      reject(decision.error);
      return;
    }
    const { context } = request;
    if (decision.kind === 'repeated') {
      this.repeat({ stream, first: decision.first, context }).then(resolve, reject);
      return;
    }
    const { events, revision, after } = decision;
    if (context.idempotencyKey !== undefined && events.length > 0) {
      this.recent.set(commandAt(stream, revision - events.length + 1), { state: after });
    }
    resolve({ events, revision, state: after, position });
  }
}

/** Names a command by where its first event stands. */
const commandAt = (stream: string, first: Revision): string => `${stream} ${first}`;

export const createRunner = <S, C, E extends DomainEvent>(
  store: EventStore,
  aggregate: Aggregate<S, C, E>,
): CommandRunner<S, C, E> => new StreamRunner(store, aggregate);

interface Settled<S, E> {
  readonly batch: DecidedBatch<S, E>;
  readonly position: Position | undefined;
}
