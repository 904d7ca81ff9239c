import { LRUCache } from 'lru-cache';
import { nameOf, type Ask, type DomainEvent } from '#domain';
import type { Appended, EventStore, Heads, Revision, StoredHead } from '#event-store';
import type { Aggregate } from './aggregate.ts';
import type { Basis, DecidedBatch, Request } from './batch.ts';
import type { CommandContext } from './context.ts';
import { FoldBehind } from './damage.ts';
import { domainEvent, emptyHead, foldedFrom, keysOf, type Found, type Head } from './head.ts';
import { requestKey, requestKeyOf, spenderOf, type Spender } from './idempotency.ts';
import { recordAt } from './record-at.ts';

/** By key, at which revisions the events stand that are found under it. */
type Known = ReadonlyMap<string, readonly Revision[]>;

export interface FoldsOptions {
  /** Memory that heads at hand may take, in bytes. */
  readonly cacheBytes: number;
}

/**
 * What a head takes in memory, from above: measured, 1.1 kB for a register of one book (365 characters
 * of snapshot), 3.4 kB for one of twelve (3,598).
 */
const BYTES_A_CHARACTER = 2;
const OVERHEAD = 1024;

/**
 * The folds of one aggregate's streams: heads in memory for as many as fit, stored ones for the
 * rest, and the log for what is behind them. Memory does not grow with the number of streams.
 */
export class Folds<S, C, E extends DomainEvent> {
  private readonly cached: LRUCache<string, { readonly head: Head<S>; readonly bytes: number }>;

  constructor(
    private readonly store: EventStore,
    private readonly heads: Heads,
    private readonly aggregate: Aggregate<S, C, E>,
    { cacheBytes }: FoldsOptions,
  ) {
    this.cached = new LRUCache({ maxSize: cacheBytes, sizeCalculation: ({ bytes }) => bytes });
  }

  /** The head as it was last known here; behind where another process has gone on. */
  async known(stream: string): Promise<Head<S>> {
    const cached = this.cached.get(stream)?.head;
    return cached && this.covers(stream, cached) ? cached : this.restored(stream);
  }

  /** The head of the stream up to now. @throws FoldBehind */
  async current(stream: string): Promise<Head<S>> {
    const known = await this.known(stream);
    return this.caughtUp(stream, known);
  }

  /** The head with everything the log holds behind it. */
  async caughtUp(stream: string, known: Head<S>): Promise<Head<S>> {
    let head = known;
    for await (const chunk of foldedFrom(this.store, this.aggregate, { stream }, known)) {
      this.keep(stream, head, chunk.head, chunk.found);
      head = chunk.head;
    }
    return head;
  }

  /** Forgets what is in memory of a stream. */
  drop(stream: string): void {
    this.cached.delete(stream);
  }

  /** Whatever was known is held against the log again. @throws FoldBehind */
  again(stream: string): Promise<Head<S>> {
    this.drop(stream);
    return this.restored(stream);
  }

  /** After an append: the head behind it. */
  moved(stream: string, from: Head<S>, { batch, appended }: Moved<S, E>): void {
    const { kept } = this.aggregate;
    const state = kept.fromSnapshot(kept.toSnapshot(batch.state));
    const head = { state, ...appended, eventId: batch.events.at(-1)?.id };
    this.keep(stream, from, head, batch.found);
  }

  /** What requests are decided on; undefined when what is known of the stream must be made again. */
  async basis(
    stream: string,
    head: Head<S>,
    requests: readonly Request<C>[],
  ): Promise<Basis<S> | undefined> {
    const keys = requests.flatMap(({ context }) => requestKey(context) ?? []);
    const beside = requests.flatMap(({ alongside = [] }) =>
      alongside.flatMap((context) => requestKey(context) ?? []),
    );
    const asks = requests.flatMap(
      ({ command }) => this.aggregate.lookUps?.asksOf(command as C, head.state) ?? [],
    );
    const named = [...keys, ...beside].map((key) => ({ key }));
    const known = this.look(stream, head, [...named, ...asks]);
    if (!known) return undefined;
    const spent = new Map<string, Revision>();
    for (const key of keys) {
      const [first] = known.get(key) ?? [];
      if (first !== undefined) spent.set(key, first);
    }
    const state = await this.recalled(stream, { head, known }, asks);
    const spenders = await this.spenders(stream, known, beside);
    return state === undefined || !spenders ? undefined : { head, state, spent, spenders };
  }

  /** Who has spent these keys; undefined where an index was wrong. */
  private async spenders(stream: string, known: Known, keys: readonly string[]) {
    const spenders = new Map<string, Spender>();
    for (const key of new Set(keys)) {
      const [first] = known.get(key) ?? [];
      if (first === undefined) continue;
      const there = await this.foundUnder(stream, key, first);
      if (!there) return undefined;
      spenders.set(key, spenderOf(there.record));
    }
    return spenders;
  }

  /** Where what is asked for stands, up to the head; undefined where not all keys up to there are known. */
  private look(stream: string, { revision: last }: Head<S>, asks: readonly Ask[]) {
    if (last === 'no-stream') return new Map(asks.map(({ key }) => [key, []] as const));
    return this.heads.look(this.nameOf(stream), ({ coveredTo, find }): Known | undefined => {
      if (coveredTo < last) return undefined;
      const upTo = (revision: Revision): boolean => revision <= last;
      return new Map(asks.map(({ key, lastOnly }) => [key, find(key, lastOnly).filter(upTo)]));
    });
  }

  /** The first of these whose key an earlier request has spent, as far as the head goes. */
  spent(stream: string, { revision: last }: Head<S>, asked: readonly CommandContext[]) {
    for (const context of asked) {
      const key = requestKey(context);
      if (key === undefined || last === 'no-stream') continue;
      const found = this.heads.look(this.nameOf(stream), ({ find }) => find(key));
      const first = found.find((revision) => revision <= last);
      if (first !== undefined) return { stream, first, context };
    }
    return undefined;
  }

  /** A state with what is asked for, as it was at the head; undefined where an index was wrong. */
  private async recalled(
    stream: string,
    { head, known }: { readonly head: Head<S>; readonly known: Known },
    asks: readonly Ask[],
  ): Promise<S | undefined> {
    const { lookUps } = this.aggregate;
    if (!lookUps || asks.length === 0) return head.state;
    const events = new Map<Revision, E>();
    const open = [...asks];
    const asked = new Set<string>();
    for (let ask = open.pop(); ask !== undefined; ask = open.pop()) {
      if (asked.has(ask.key)) continue;
      asked.add(ask.key);
      const found = known.get(ask.key) ?? this.look(stream, head, [ask])?.get(ask.key);
      // Forgotten meanwhile.
      if (!found) return undefined;
      for (const revision of found) {
        const event =
          events.get(revision) ?? (await this.foundUnder(stream, ask.key, revision))?.event;
        if (event === undefined) return undefined;
        if (ask.lastOnly) open.push(...lookUps.asksOfEvent(event));
        else events.set(revision, event);
      }
    }
    const inOrder = [...events].sort(([a], [b]) => a - b);
    return inOrder.reduce((state, [, event]) => lookUps.recall(state, event), head.state);
  }

  /**
   * The state right after a command that left these events, with what they are about; the rest of it
   * only where they are about the stream as a whole, which takes a fold up to there.
   */
  async stateAfter(stream: string, revision: Revision, events: readonly E[]): Promise<S> {
    const then = { ...emptyHead<S>(this.aggregate), revision };
    const keys = events.flatMap((event) => this.aggregate.lookUps?.keysOf(event) ?? []);
    const asks = keys.map((key) => ({ key }));
    const known = asks.length > 0 ? this.look(stream, then, asks) : undefined;
    const about = known && (await this.recalled(stream, { head: then, known }, asks));
    return about ?? this.foldedTo(stream, revision);
  }

  private async foldedTo(stream: string, upTo: Revision): Promise<S> {
    let head = emptyHead<S>(this.aggregate);
    for await (const chunk of foldedFrom(this.store, this.aggregate, { stream, upTo }, head)) {
      head = chunk.head;
    }
    return head.state;
  }

  /** Whether all keys up to the head are known. */
  private covers(stream: string, { revision }: Head<S>): boolean {
    return revision === 'no-stream' || this.heads.coveredTo(this.nameOf(stream)) >= revision;
  }

  /** What stands at a revision, which must be found under the key; the index is forgotten where it is not. */
  private async foundUnder(stream: string, key: string, revision: Revision) {
    const record = await recordAt(this.store, stream, revision);
    const event = record && (domainEvent(record) as E);
    if (event && keysOf(this.aggregate, event, requestKeyOf(record)).includes(key))
      return { record, event };
    this.heads.forget(this.nameOf(stream));
    return undefined;
  }

  /** From the stored head, where the log holds it; else from the beginning. @throws FoldBehind */
  private async restored(stream: string): Promise<Head<S>> {
    const stored = this.heads.get(this.nameOf(stream));
    const empty = emptyHead<S>(this.aggregate);
    if (!stored) return this.caughtUp(stream, empty);
    const state = this.aggregate.kept.fromSnapshot(JSON.parse(stored.snapshot));
    const { revision, position, eventId } = stored;
    const record = await recordAt(this.store, stream, revision);
    if (record?.id === eventId) {
      return this.caughtUp(stream, { state, revision, position, eventId });
    }
    await this.requireAsMuch(stream, stored, state);
    this.heads.forget(this.nameOf(stream));
    return this.caughtUp(stream, empty);
  }

  /** @throws FoldBehind when the log as it is now holds less than the head that was stored */
  private async requireAsMuch(stream: string, stored: StoredHead, known: S): Promise<void> {
    let head = emptyHead<S>(this.aggregate);
    for await (const chunk of foldedFrom(this.store, this.aggregate, { stream }, head)) {
      head = chunk.head;
    }
    if (!this.aggregate.kept.isBehind(head.state, known)) return;
    const found = head.revision === 'no-stream' ? -1 : head.revision;
    throw new FoldBehind(stream, stored.revision, found);
  }

  private keep(stream: string, from: Head<S>, head: Head<S>, found: readonly Found[]): void {
    const { revision, position, eventId } = head;
    if (revision === 'no-stream' || position === undefined || eventId === undefined) return;
    if (revision === from.revision && this.cached.has(stream)) return;
    const snapshot = JSON.stringify(this.aggregate.kept.toSnapshot(head.state));
    const bytes = OVERHEAD + BYTES_A_CHARACTER * snapshot.length;
    this.cached.set(stream, { head, bytes });
    if (revision === from.revision) return;
    this.heads.advance({
      name: this.nameOf(stream),
      from: from.revision === 'no-stream' ? undefined : from.revision,
      head: { revision, eventId, position, snapshot },
      found,
    });
  }

  private nameOf(stream: string): string {
    return nameOf(this.aggregate.fold, stream);
  }
}

interface Moved<S, E> {
  readonly batch: DecidedBatch<S, E>;
  readonly appended: Appended;
}
