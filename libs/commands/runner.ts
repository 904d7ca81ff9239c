import { setTimeout as delay } from 'node:timers/promises';
import { LRUCache } from 'lru-cache';
import type { DomainEvent } from '#domain';
import { EventStoreUnavailable, Heads, type EventStore, type Revision } from '#event-store';
import type { Aggregate } from './aggregate.ts';
import { appendOrConflict } from './append-or-conflict.ts';
import {
  decideInTurn,
  StaleRevision,
  type Basis,
  type DecidedBatch,
  type Decision,
  type Request,
} from './batch.ts';
import type { CommandContext } from './context.ts';
import { Folds } from './folds.ts';
import { gathered } from './gathered.ts';
import type { Head } from './head.ts';
import { isDamage } from './damage.ts';
import { keepFirst, type Keeping } from './keep-first.ts';
import type { Outcome, StreamEnd } from './outcome.ts';
import { lookedUp } from './look.ts';
import { firstOutcome, type Spent } from './replay.ts';

/** Runs every command of one aggregate: read → evolve → decide → append. */
export interface CommandRunner<S, C, E> {
  /**
   * Durable when it settles.
   * @throws Refusal nothing was written. @throws StaleRevision `ifRevision` no longer holds.
   * @throws IdempotencyKeyReused the request's key was spent on another request; nothing was written.
   * @throws CommandTooLarge nothing was written, and never will be.
   * @throws what the request's `keep` throws; nothing was written.
   * @throws FoldBehind, StreamDamaged, ForeignEvent, UnreadableEvent the stream is not whole; see `isDamage`.
   * @throws EventStoreUnavailable it is unknown whether the command was carried out; commands may be repeated.
   */
  execute(stream: string, request: Request<C>): Promise<Outcome<S, E>>;
  /**
   * The first answer to a request whose idempotency key is spent; undefined for a fresh key or none.
   * For handlers that look things up before they execute: a repeated request must not fail on them.
   * Of a request of many commands with a key each, that of the first whose key is spent.
   * @throws IdempotencyKeyReused
   */
  answered(stream: string, ...asked: CommandContext[]): Promise<Outcome<S, E> | undefined>;
  /**
   * The state this command would be decided on now, for handlers that make what it records of it. By
   * then it may be another: what was made is held against it again.
   * @throws FoldBehind
   */
  look(stream: string, request: Request<C>): Promise<S>;
  /** What is kept of the stream's fold, up to now. @throws FoldBehind */
  load(stream: string): Promise<Head<S>>;
}

export interface RunnerOptions {
  /** The service's clock. Default the machine's. */
  readonly now?: () => Date;
  /** Where folds are kept; by default for as long as the process lives. */
  readonly heads?: Heads;
  /** Memory that heads at hand may take, in bytes. Default 32 MiB. */
  readonly cacheBytes?: number;
  /** Told of each stream that is found damaged, once in a while. */
  readonly onDamaged?: (stream: string, error: Error) => void;
}

interface Waiting<S, C, E> {
  readonly request: Request<C>;
  readonly resolve: (outcome: Outcome<S, E>) => void;
  readonly reject: (error: unknown) => void;
}

/** Most requests decided and appended together. */
const BATCH = 512;
/** Every conflict means that another process went on, so this is reached only under abuse. */
const MOST_CONFLICTS = 100;
/** Commands whose state is kept for a caller that asks again at once; later it is read from the log. */
const RECENT = 1024;
const CACHE_BYTES = 32 * 1024 * 1024;
/** How long a stream that was found damaged is not looked at again, in milliseconds. */
const DAMAGED_MS = 5000;

/**
 * Commands that wait for the same stream while an append is under way are decided in turn and
 * appended together: one durable write for many numbers, so throughput does not fall with
 * contention. They are decided on the head as it was last known, which is nearly always the newest;
 * the expected revision says when it was not. Where nothing is to be appended, and so nothing
 * would say it, the log is asked before anyone is answered.
 */
class StreamRunner<S, C, E extends DomainEvent> implements CommandRunner<S, C, E> {
  private readonly queues = new Map<string, Waiting<S, C, E>[]>();
  private readonly recent = new LRUCache<string, { readonly state: S }>({ max: RECENT });
  private readonly damaged = new LRUCache<string, Error>({ max: 1000, ttl: DAMAGED_MS });
  private readonly folds: Folds<S, C, E>;
  private readonly now: () => Date;
  private readonly onDamaged: NonNullable<RunnerOptions['onDamaged']>;
  /** Long folds for late repetitions, one after another. */
  private folding: Promise<unknown> = Promise.resolve();

  constructor(
    private readonly store: EventStore,
    private readonly aggregate: Aggregate<S, C, E>,
    { now, heads, cacheBytes = CACHE_BYTES, onDamaged }: RunnerOptions,
  ) {
    this.folds = new Folds(store, heads ?? new Heads(), aggregate, { cacheBytes });
    this.now = now ?? (() => new Date());
    this.onDamaged = onDamaged ?? (() => undefined);
  }

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
      void this.drain(stream, started);
    });
  }

  load(stream: string): Promise<Head<S>> {
    return this.watched(stream, () => this.folds.current(stream));
  }

  look(stream: string, request: Request<C>): Promise<S> {
    return this.watched(stream, () => lookedUp(this.folds, stream, request));
  }

  async answered(stream: string, ...asked: CommandContext[]): Promise<Outcome<S, E> | undefined> {
    if (asked.every(({ idempotencyKey }) => idempotencyKey === undefined)) return undefined;
    const spent = this.folds.spent(stream, await this.load(stream), asked);
    return spent && this.repeat(spent);
  }

  private repeat(spent: Spent): Promise<Outcome<S, E>> {
    const recent = this.recent.get(commandAt(spent.stream, spent.first));
    const answer = (): Promise<Outcome<S, E>> =>
      firstOutcome(this.store, this.folds, spent, () => recent?.state);
    if (recent) return answer();
    const turn = this.folding.then(answer, answer);
    this.folding = turn.catch(() => undefined);
    return turn;
  }

  private async drain(stream: string, queue: Waiting<S, C, E>[]): Promise<void> {
    while (queue.length > 0) {
      await gathered(queue, BATCH);
      const waiting = queue.slice(0, BATCH);
      try {
        const settled = await this.watched(stream, () => this.commit(stream, waiting));
        queue.splice(0, settled.batch.decisions.length);
        this.settle(stream, waiting, settled);
      } catch (error) {
        queue.splice(0, waiting.length);
        for (const { reject } of waiting) reject(error);
      }
    }
    this.queues.delete(stream);
  }

  /** Remembers for a moment that a stream is damaged: finding it out takes a fold. */
  private async watched<T>(stream: string, work: () => Promise<T>): Promise<T> {
    const known = this.damaged.get(stream);
    if (known) throw known;
    try {
      return await work();
    } catch (error) {
      if (error instanceof Error && isDamage(error)) {
        this.damaged.set(stream, error);
        // The next one who asks holds what is known against the log as it is by then.
        this.folds.drop(stream);
        this.onDamaged(stream, error);
      }
      throw error;
    }
  }

  /** Decides and appends one batch; where the head was not the newest, catches up and decides again. */
  private async commit(
    stream: string,
    waiting: readonly Waiting<S, C, E>[],
  ): Promise<Settled<S, E>> {
    const requests = waiting.map(({ request }) => request);
    const keeping: Keeping<C> = { kept: new Set(), failed: new Map() };
    // Nothing is kept for a command that the newest head would refuse.
    const isKept = requests.some(({ keep }) => keep !== undefined);
    let head = isKept ? await this.folds.current(stream) : await this.folds.known(stream);
    for (let conflicts = 0; conflicts < MOST_CONFLICTS; conflicts += 1) {
      const basis = await this.folds.basis(stream, head, requests);
      if (!basis) {
        head = await this.folds.again(stream);
        continue;
      }
      const batch = await this.decide(stream, basis, requests, keeping);
      const appended =
        batch.events.length > 0
          ? await appendOrConflict(this.store, stream, head, batch.events)
          : undefined;
      if (appended) {
        this.folds.moved(stream, head, { batch, appended });
        return { batch, position: appended.position, eventId: batch.events.at(-1)?.id };
      }
      const newest = await this.folds.caughtUp(stream, head);
      const stands = newest.revision === head.revision;
      if (stands && batch.events.length === 0) {
        return { batch, position: head.position, eventId: head.eventId };
      }
      // A conflict without anything new: the log ends before the head, or has not shown its end yet.
      head = stands ? await this.folds.again(stream) : newest;
      await delay(Math.random() * Math.min(conflicts, 10));
    }
    throw new EventStoreUnavailable(`too many conflicts on ${stream}`);
  }

  /** Decides them, with everything their events name kept. */
  private async decide(
    stream: string,
    basis: Basis<S>,
    requests: readonly Request<C>[],
    keeping: Keeping<C>,
  ): Promise<DecidedBatch<S, E>> {
    for (;;) {
      const turn = { now: this.now(), stream, failed: keeping.failed };
      const batch = decideInTurn(this.aggregate, basis, requests, turn);
      if (await keepFirst(batch.decisions, requests, keeping)) return batch;
    }
  }

  private settle(
    stream: string,
    waiting: readonly Waiting<S, C, E>[],
    { batch, ...end }: Settled<S, E>,
  ): void {
    batch.decisions.forEach((decision, index) => {
      const one = waiting[index];
      if (one) this.settleOne(stream, one, decision, end);
    });
  }

  private settleOne(
    stream: string,
    { request, resolve, reject }: Waiting<S, C, E>,
    decision: Decision<S, E>,
    end: StreamEnd,
  ): void {
    if (decision.kind === 'refused') {
      const { error } = decision;
      reject(error instanceof StaleRevision ? error.at(end) : error);
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
    resolve({ events, revision, state: after, ...end });
  }
}

/** Names a command by where its first event stands. */
const commandAt = (stream: string, first: Revision): string => `${stream} ${first}`;

export const createRunner = <S, C, E extends DomainEvent>(
  store: EventStore,
  aggregate: Aggregate<S, C, E>,
  options: RunnerOptions = {},
): CommandRunner<S, C, E> => new StreamRunner(store, aggregate, options);

interface Settled<S, E> extends StreamEnd {
  readonly batch: DecidedBatch<S, E>;
}
