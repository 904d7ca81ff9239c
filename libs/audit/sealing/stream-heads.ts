import type { RecordedEvent } from '#event-store';
import {
  bucketHash,
  bucketOf,
  headAfter,
  HeadsTree,
  sealedHeads,
  type Hash,
  type StreamHead,
} from '../proofs/index.ts';
import type { SealedLog } from './sealed-log.ts';

/** Buckets read and written together: each holds a head of every 65,536th stream there is. */
const TOGETHER = 1024;

/** How far each stream has come, as a tree: in memory its hashes, never more than there are buckets. */
export class StreamHeads {
  private touched = new Map<string, StreamHead>();

  private constructor(
    private readonly sealed: SealedLog,
    private readonly tree: HeadsTree,
  ) {}

  static async open(sealed: SealedLog): Promise<StreamHeads> {
    return new StreamHeads(sealed, await headsTreeOf(sealed));
  }

  see(event: RecordedEvent): void {
    this.touched.set(event.stream, headAfter(this.touched.get(event.stream), event));
  }

  /** Writes what was seen since, some buckets at a time, and answers the root over all. */
  async keep(size: number): Promise<Hash> {
    const touched = new Map<number, StreamHead[]>();
    for (const head of this.touched.values()) {
      const number = bucketOf(head.stream);
      touched.set(number, [...(touched.get(number) ?? []), head]);
    }
    this.touched = new Map();
    const all = [...touched];
    while (all.length > 0) await this.keepSome(new Map(all.splice(0, TOGETHER)), size);
    return this.tree.root();
  }

  private async keepSome(
    touched: ReadonlyMap<number, readonly StreamHead[]>,
    size: number,
  ): Promise<void> {
    const kept = await this.sealed.bucketsOf([...touched.keys()]);
    const changed = new Map<number, readonly StreamHead[]>();
    for (const [number, heads] of touched)
      changed.set(number, withHeads(kept.get(number) ?? [], heads));
    await this.sealed.putBuckets(changed, size);
    for (const [number, heads] of changed) this.tree.set(number, bucketHash(sealedHeads(heads)));
  }

  /** Root over what was written before. */
  root(): Hash {
    return this.tree.root();
  }
}

/** The tree over what is written of all streams. */
export async function headsTreeOf(sealed: SealedLog): Promise<HeadsTree> {
  const tree = new HeadsTree();
  for await (const [bucket, heads] of sealed.allBuckets())
    tree.set(bucket, bucketHash(sealedHeads(heads)));
  return tree;
}

function withHeads(kept: readonly StreamHead[], later: readonly StreamHead[]): StreamHead[] {
  const bucket = new Map(kept.map((one) => [one.stream, one]));
  for (const head of later) bucket.set(head.stream, merged(bucket.get(head.stream), head));
  return [...bucket.values()];
}

/** The later of two, as after a seal that was cut off and is done again. */
function merged(before: StreamHead | undefined, after: StreamHead): StreamHead {
  if (before === undefined) return after;
  const { stream, revision } = before.revision > after.revision ? before : after;
  const most = Math.max(before.lastNumber ?? 0, after.lastNumber ?? 0);
  return { stream, revision, lastNumber: most === 0 ? null : most };
}
