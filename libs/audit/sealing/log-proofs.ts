import { setTimeout as delay } from 'node:timers/promises';
import type { EventStore, Position, RecordedEvent } from '#event-store';
import {
  bucketHash,
  bucketOf,
  HeadsTree,
  consistencyPath,
  inclusionPath,
  leafHash,
  leafOf,
  sealedHeads,
  statesHeads,
  PAGE_WIDTH,
  toBase64,
  type BucketProof,
  type Hash,
  type ReadSubtree,
  type StreamHead,
} from '../proofs/index.ts';
import { lastRevision } from '../replay.ts';
import type { KeptTimestamp } from './attestations.ts';
import { LogContradicts } from './resume.ts';
import type { ReadPage, Sealed, SealedLog } from './sealed-log.ts';
import { headsTreeOf } from './stream-heads.ts';

/** There is no such event, or none that is sealed yet. */
export class NotSealed extends Error {
  override readonly name = 'NotSealed';
}

const noCheckpoint = (size: number): NotSealed =>
  new NotSealed(`there is no checkpoint of ${size} events`);

/** An event in a checkpointed tree. */
export interface Included {
  readonly index: number;
  readonly path: readonly Hash[];
  readonly leaf: Buffer;
  readonly checkpoint: string;
}

/** A checkpoint, its note with the lines of witnesses, and when authorities saw it. */
export interface Attested extends Sealed {
  readonly timestamps: readonly KeptTimestamp[];
}

export interface ProofSources {
  readonly eventStore: EventStore;
  readonly sealed: SealedLog;
  readonly prefixes: readonly string[];
}

/** A bucket, and which of its streams were asked for. */
export interface NamedBucket {
  readonly bucket: BucketProof;
  readonly streams: readonly string[];
}

/** The latest checkpoint, with the bucket of one stream under it. */
interface HeadAt {
  readonly latest: Sealed;
  readonly bucket: BucketProof;
}

/** The same of many streams. */
interface HeadsAt {
  readonly latest: Sealed;
  readonly buckets: readonly NamedBucket[];
}

/** Proofs about a sealed log, each made of some tiles and of the event it is about. */
export class LogProofs {
  private heads: { readonly latest: Sealed; readonly tree: HeadsTree } | undefined;

  constructor(private readonly sources: ProofSources) {}

  /** The latest checkpoint, with what witnesses and authorities have signed. @throws NotSealed nothing is sealed yet */
  async latest(): Promise<Attested> {
    return this.attested(await this.newest());
  }

  private async newest(): Promise<Sealed> {
    const latest = await this.sources.sealed.latest();
    if (!latest) throw new NotSealed('no checkpoint has been made yet');
    return latest;
  }

  /** @throws NotSealed there is no checkpoint of this size */
  async checkpoint(size: number): Promise<Attested> {
    const found = await this.sources.sealed.checkpoint(size);
    if (!found) throw noCheckpoint(size);
    return this.attested(found);
  }

  /** Those there are, newest first, from one on. */
  async checkpoints(limit: number, below?: number): Promise<readonly Attested[]> {
    const found = await this.sources.sealed.checkpoints(limit, below);
    return Promise.all(found.map((one) => this.attested(one)));
  }

  private async attested(sealed: Sealed): Promise<Attested> {
    const { attestations } = this.sources.sealed;
    const lines = await attestations.cosignatures(sealed.size);
    const timestamps = await attestations.timestamps(sealed.size);
    return { ...sealed, note: `${sealed.note}${lines.join('')}`, timestamps };
  }

  /**
   * @throws NotSealed
   * @throws LogContradicts the event is not the one that was sealed
   */
  async inclusion(stream: string, revision: number): Promise<Included> {
    const { sealed, eventStore } = this.sources;
    const latest = await this.latest();
    const event = await eventAt(eventStore, stream, revision);
    const read = sealed.reader(latest.size);
    const leaf = event && leafOf(event);
    const index = leaf && (await this.indexOf(event, leafHash(leaf), { read, ...latest }));
    if (leaf === undefined || index === undefined)
      throw new NotSealed(`${stream} ${revision} is not under the latest checkpoint`);
    const path = await inclusionPath(read, index, latest.size);
    return { index, path, leaf, checkpoint: latest.note };
  }

  /** Which leaf an event is, found by its hash where it has to be; undefined where it is behind the tree. */
  private async indexOf(
    event: RecordedEvent,
    leaf: Hash,
    { read, size }: { readonly read: ReadSubtree; readonly size: number },
  ): Promise<number | undefined> {
    const pages = await this.sources.sealed.pages();
    const full = Math.floor(size / PAGE_WIDTH);
    const page = await firstPageTo(pages, event, full);
    const end = Math.min(size, (page + 1) * PAGE_WIDTH);
    for (let index = page * PAGE_WIDTH; index < end; index += 1)
      if ((await read({ level: 0, index })).equals(leaf)) return index;
    // Behind the last full page it may be one that came later.
    if (page === full) return undefined;
    const { stream, revision, id } = event;
    throw new LogContradicts(`${stream} ${revision} (${id}) is not the event that was sealed`);
  }

  /**
   * Where in the log the last event under a checkpoint stands.
   * @throws NotSealed there is no checkpoint of this size
   */
  async endOf(size: number): Promise<Position> {
    const { sealed, eventStore, prefixes } = this.sources;
    if (!(await sealed.checkpoint(size))) throw noCheckpoint(size);
    const pages = await sealed.pages();
    const whole = Math.floor(size / PAGE_WIDTH);
    const end = whole === 0 ? undefined : await pages(whole - 1);
    if (whole > 0 && !end) throw new LogContradicts(`where page ${whole - 1} ends is not kept`);
    let position = end?.position;
    const limit = size - whole * PAGE_WIDTH;
    for await (const event of eventStore.readAll({ after: position, prefixes, limit }))
      position = event.position;
    if (position === undefined) throw new LogContradicts('the log holds no event');
    return position;
  }

  /** Of the tree of `older` events in that of `newer`. */
  consistency(older: number, newer: number): Promise<readonly Hash[]> {
    return consistencyPath(this.sources.sealed.reader(newer), older, newer);
  }

  /**
   * How far a stream had come at the latest checkpoint, and that this is what was signed: with it, that
   * a number behind its last one was never given.
   * @throws NotSealed
   * @throws LogContradicts what is kept of the streams is not what was signed
   */
  head(stream: string): Promise<HeadAt> {
    return this.settled(() => this.headNow(stream));
  }

  private async headNow(stream: string): Promise<HeadAt | undefined> {
    const number = bucketOf(stream);
    const { latest, tree } = await this.headsTree();
    const heads = (await this.sources.sealed.bucketsOf([number])).get(number) ?? [];
    if (!bucketHash(sealedHeads(heads)).equals(tree.leaf(number))) return undefined;
    return statesHeads(latest.heads, tree.root())
      ? { latest, bucket: proofOf(tree, number, heads) }
      : undefined;
  }

  /** The latest checkpoint, with the heads of all streams that are asked for under it. @throws as `head` */
  headsOf(isAsked: (stream: string) => boolean): Promise<HeadsAt> {
    return this.settled(() => this.headsNow(isAsked));
  }

  private async headsNow(isAsked: (stream: string) => boolean): Promise<HeadsAt | undefined> {
    const asked: (readonly [number, readonly StreamHead[]])[] = [];
    const tree = new HeadsTree();
    const latest = await this.newest();
    for await (const [number, heads] of this.sources.sealed.allBuckets()) {
      tree.set(number, bucketHash(sealedHeads(heads)));
      if (heads.some(({ stream }) => isAsked(stream))) asked.push([number, heads]);
    }
    if (!statesHeads(latest.heads, tree.root())) return undefined;
    asked.sort(([a], [b]) => a - b);
    const buckets = asked.map(([number, heads]) => ({
      bucket: proofOf(tree, number, heads),
      streams: heads.map(({ stream }) => stream).filter(isAsked),
    }));
    return { latest, buckets };
  }

  /** The tree over all streams, kept until there is a later checkpoint. */
  private async headsTree(): Promise<{ readonly latest: Sealed; readonly tree: HeadsTree }> {
    const latest = await this.newest();
    if (this.heads?.latest.size !== latest.size)
      this.heads = { latest, tree: await headsTreeOf(this.sources.sealed) };
    return this.heads;
  }

  /** What is kept of streams is there before the checkpoint that rests on it, which is waited for. */
  private async settled<T>(look: () => Promise<T | undefined>): Promise<T> {
    const begun = performance.now();
    for (;;) {
      const found = await look();
      if (found !== undefined) return found;
      this.heads = undefined;
      if (performance.now() - begun > PATIENCE_MS)
        throw new LogContradicts('how far streams have come is kept otherwise than it was signed');
      await delay(SOON_MS);
    }
  }
}

/** How long a checkpoint that is being made is waited for, and how often it is looked for, in milliseconds. */
const PATIENCE_MS = 5000;
const SOON_MS = 50;

const proofOf = (tree: HeadsTree, number: number, heads: readonly StreamHead[]): BucketProof => ({
  heads: sealedHeads(heads),
  path: tree.path(number).map(toBase64),
});

/** Undefined where the stream has not come so far. */
export async function eventAt(
  eventStore: EventStore,
  stream: string,
  revision: number,
): Promise<RecordedEvent | undefined> {
  // Behind a stream's end there is nothing, which a store would take for a stream that was cut.
  if ((await lastRevision(eventStore, stream)) < revision) return undefined;
  for await (const event of eventStore.readStream(stream, { from: revision, limit: 1 }))
    return event;
  return undefined;
}

/** The first page that does not end before an event, of so many full ones: found by halving. */
async function firstPageTo(
  pages: ReadPage,
  { position }: RecordedEvent,
  full: number,
): Promise<number> {
  let [low, high] = [0, full];
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    const end = await pages(middle);
    if (end === undefined || end.position >= position) high = middle;
    else low = middle + 1;
  }
  return low;
}
