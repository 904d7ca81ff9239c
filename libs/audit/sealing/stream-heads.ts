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

  /** Writes what was seen since, and answers the root over all. */
  async keep(size: number): Promise<Hash> {
    const touched = [...this.touched.values()];
    this.touched = new Map();
    const numbers = new Map(touched.map(({ stream }) => [stream, bucketOf(stream)]));
    const kept = await this.sealed.bucketsOf([...new Set(numbers.values())]);
    const changed = new Map<number, Map<string, StreamHead>>();
    for (const head of touched) {
      const number = numbers.get(head.stream) as number;
      const bucket =
        changed.get(number) ?? new Map((kept.get(number) ?? []).map((one) => [one.stream, one]));
      bucket.set(head.stream, merged(bucket.get(head.stream), head));
      changed.set(number, bucket);
    }
    const buckets = new Map([...changed].map(([number, heads]) => [number, [...heads.values()]]));
    await this.sealed.putBuckets(buckets, size);
    for (const [number, heads] of buckets) this.tree.set(number, bucketHash(sealedHeads(heads)));
    return this.tree.root();
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

/** The later of two, as after a seal that was cut off and is done again. */
function merged(before: StreamHead | undefined, after: StreamHead): StreamHead {
  if (before === undefined) return after;
  const { stream, revision } = before.revision > after.revision ? before : after;
  const most = Math.max(before.lastNumber ?? 0, after.lastNumber ?? 0);
  return { stream, revision, lastNumber: most === 0 ? null : most };
}
