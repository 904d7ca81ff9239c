import { LRUCache } from 'lru-cache';
import type { Position } from '#event-store';
import type { CollectionSpec, Doc, ReadStore, StoredDoc } from '#read-store';
import {
  perfectRoot,
  tileOf,
  tileWidth,
  type Hash,
  type ReadSubtree,
  type StreamHead,
  type TilePlace,
} from '../proofs/index.ts';
import { Attestations } from './attestations.ts';
import { collection, padded, raise } from './kept.ts';
import type { Tile } from './tile-builder.ts';
import { Turn } from './turn.ts';

const tiles = collection('tlog_tiles');
const pages = collection('tlog_pages');
const buckets = collection('tlog_heads');
const checkpoints = collection('tlog_checkpoints', ['size']);
const all = [tiles, pages, buckets, checkpoints];

/** A tree that was signed. */
export interface Sealed {
  readonly size: number;
  /** When, ISO 8601 UTC, by the clock of the machine: no proof rests on it. */
  readonly at: string;
  /** The checkpoint, a signed note of C2SP tlog-checkpoint. */
  readonly note: string;
  /** The statement about streams, a signed note. */
  readonly heads: string;
}

/** Where in its log the last of `PAGE_WIDTH` events stands. */
export interface PageEnd {
  readonly position: Position;
  readonly id: string;
}

/** Answers where a page ends; undefined where that is not kept. */
export type ReadPage = (index: number) => Promise<PageEnd | undefined>;

const tileId = ({ level, index }: TilePlace): string => `${level}/${padded(index)}`;
const PLACE = 'tlog:place';
const ALARM = 'tlog:alarm';
const STOPPED = 'tlog:stopped';
const LATEST = 'tlog:latest';

/** Roots that are kept in memory, of subtrees of so many levels or more: nearly every proof asks for them. */
const KEPT_ROOTS = 4096;
const KEPT_LEVEL = 8;

/** Why nothing is sealed any more. */
export interface Alarm {
  readonly detail: string;
  readonly at: string;
}

/**
 * What is kept of a sealed log: tiles, checkpoints, how far each stream has come. All of it follows
 * from the log, so that whoever writes the same tree writes the same; what was written for a larger
 * tree is never replaced by a smaller one's.
 */
export class SealedLog {
  private ready = false;
  /** Of perfect subtrees: all their leaves are there, and they never change. */
  private readonly roots = new LRUCache<string, Hash>({ max: KEPT_ROOTS });
  /** What others have signed of it. */
  readonly attestations: Attestations;

  constructor(private readonly store: ReadStore) {
    this.attestations = new Attestations(store);
  }

  /** A turn at sealing; waits while another has it. */
  turn(): Promise<Turn> {
    return Turn.take(this.store);
  }

  private async put(spec: CollectionSpec, docs: readonly StoredDoc[]): Promise<void> {
    if (!this.ready) for (const one of all) await this.store.ensure(one);
    this.ready = true;
    if (docs.length > 0) await this.store.put(spec, docs);
  }

  /** @param size of the tree they are of */
  putTiles(made: readonly Tile[], size: number): Promise<void> {
    const docs = made.map((tile) => ({
      id: tileId(tile),
      position: padded(size),
      doc: { hashes: Buffer.concat(tile.hashes).toString('base64') },
    }));
    return this.put(tiles, docs);
  }

  /** The hashes of a tile in a tree of so many leaves. @throws Error they are not there */
  async tile(place: TilePlace, size: number): Promise<readonly Hash[]> {
    const width = tileWidth(place, size);
    if (width === 0) return [];
    const stored = await this.store.get(tiles, tileId(place));
    const { hashes = '' } = (stored?.doc ?? {}) as { readonly hashes?: string };
    const bytes = Buffer.from(hashes, 'base64');
    if (bytes.length < width * 32) throw new Error(`tile ${tileId(place)} is not there`);
    return Array.from({ length: width }, (_, i) => bytes.subarray(i * 32, (i + 1) * 32));
  }

  /** Reads the tree of so many leaves; each tile once, and what is over many leaves from memory. */
  reader(size: number): ReadSubtree {
    const read = new Map<string, Promise<readonly Hash[]>>();
    return async (subtree) => {
      const { from, to, ...place } = tileOf(subtree);
      const name = `${subtree.level}/${subtree.index}`;
      const known = this.roots.get(name);
      if (known) return known;
      const id = tileId(place);
      const hashes = read.get(id) ?? this.tile(place, size);
      read.set(id, hashes);
      const root = perfectRoot((await hashes).slice(from, to));
      if (subtree.level >= KEPT_LEVEL) this.roots.set(name, root);
      return root;
    };
  }

  /** Where pages of leaves end in the log. Another log than before is another place. */
  async putPages(ends: ReadonlyMap<number, PageEnd>, size: number): Promise<void> {
    const place = await this.place();
    const docs = [...ends].map(([index, { position, id }]) => ({
      id: `${place}/${padded(index)}`,
      position: padded(size),
      doc: { position, id },
    }));
    await this.put(pages, docs);
  }

  /** Reads where pages end in the log as it lies now. */
  async pages(): Promise<ReadPage> {
    const place = await this.place();
    return async (index) => {
      const stored = await this.store.get(pages, `${place}/${padded(index)}`);
      return stored?.doc as PageEnd | undefined;
    };
  }

  private async place(): Promise<number> {
    const record = await this.store.readRecord(PLACE);
    return Number(record?.value['place'] ?? 0);
  }

  /** From now on pages are those of another log, which holds the same events. */
  async moveOn(): Promise<void> {
    const record = await this.store.readRecord(PLACE);
    const place = Number(record?.value['place'] ?? 0) + 1;
    await this.store.writeRecord(PLACE, { place }, record?.version ?? 0, 'durable');
  }

  async bucketsOf(numbers: readonly number[]): Promise<ReadonlyMap<number, readonly StreamHead[]>> {
    const stored = await this.store.getMany(buckets, numbers.map(bucketId));
    return new Map(stored.map((one) => [Number.parseInt(one.id, 16), headsIn(one.doc)]));
  }

  async *allBuckets(): AsyncGenerator<readonly [number, readonly StreamHead[]]> {
    for await (const { id, doc } of this.store.scan(buckets))
      yield [Number.parseInt(id, 16), headsIn(doc)];
  }

  putBuckets(changed: ReadonlyMap<number, readonly StreamHead[]>, size: number): Promise<void> {
    const docs = [...changed].map(([number, heads]) => ({
      id: bucketId(number),
      position: padded(size),
      doc: { heads: heads.map((head) => ({ ...head })) },
    }));
    return this.put(buckets, docs);
  }

  /** Answers the checkpoint that is kept of this size: the first one that was signed. */
  async putCheckpoint(sealed: Sealed): Promise<Sealed> {
    const id = padded(sealed.size);
    await this.put(checkpoints, [{ id, position: id, doc: { ...sealed } }]);
    await raise(this.store, LATEST, { size: sealed.size });
    return (await this.store.get(checkpoints, id))?.doc as unknown as Sealed;
  }

  /** The largest there is, or was a moment ago. */
  async latest(): Promise<Sealed | undefined> {
    const record = await this.store.readRecord(LATEST);
    const known = record && (await this.checkpoint(Number(record.value['size'])));
    return known ?? this.largest();
  }

  private async largest(): Promise<Sealed | undefined> {
    const sort = [{ field: 'size', descending: true }];
    const { items } = await this.store.find(checkpoints, { sort, limit: 1 });
    return items[0]?.doc as unknown as Sealed | undefined;
  }

  async checkpoint(size: number): Promise<Sealed | undefined> {
    return (await this.store.get(checkpoints, padded(size)))?.doc as unknown as Sealed | undefined;
  }

  /** Those there are, newest first, from one on. */
  async checkpoints(limit: number, below?: number): Promise<readonly Sealed[]> {
    const sort = [{ field: 'size', descending: true }];
    const filter = below === undefined ? {} : { size: { lt: below } };
    const { items } = await this.store.find(checkpoints, { sort, limit, filter });
    return items.map(({ doc }) => doc as unknown as Sealed);
  }

  /** Those of more events, oldest first. */
  async checkpointsBehind(size: number, limit: number): Promise<readonly Sealed[]> {
    const sort = [{ field: 'size' }];
    const query = { sort, limit, filter: { size: { gt: size } } };
    const { items } = await this.store.find(checkpoints, query);
    return items.map(({ doc }) => doc as unknown as Sealed);
  }

  /** For health and metrics. */
  async figures() {
    const [latest, alarm, stopped] = await Promise.all([
      this.latest(),
      this.alarm(),
      this.stopped(),
    ]);
    const { size = 0, at } = latest ?? {};
    return { size, at, isAlarmed: alarm !== undefined, alarm, stopped };
  }

  /** Why nothing is sealed at the moment, whatever it is; undefined while all goes on. */
  async stopped(): Promise<string | undefined> {
    const record = await this.store.readRecord(STOPPED);
    return record?.value['detail'] as string | undefined;
  }

  async setStopped(detail: string | undefined): Promise<void> {
    const record = await this.store.readRecord(STOPPED);
    if (record?.value['detail'] === detail) return;
    const value = detail === undefined ? {} : { detail };
    await this.store.writeRecord(STOPPED, value, record?.version ?? 0);
  }

  async alarm(): Promise<Alarm | undefined> {
    const record = await this.store.readRecord(ALARM);
    return record?.value['detail'] === undefined ? undefined : (record.value as unknown as Alarm);
  }

  /** @param alarm undefined: an operator has found all to be right */
  async setAlarm(alarm: Alarm | undefined): Promise<void> {
    const record = await this.store.readRecord(ALARM);
    await this.store.writeRecord(ALARM, { ...alarm }, record?.version ?? 0, 'durable');
  }
}

const bucketId = (number: number): string => number.toString(16).padStart(4, '0');

const headsIn = (doc: Doc): readonly StreamHead[] => doc['heads'] as unknown as StreamHead[];
