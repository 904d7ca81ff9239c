import { CompactRange } from '../compact-range.ts';
import { hashOf, leafHash, toBase64, type Hash } from '../hash.ts';
import {
  headAfter,
  headByProof,
  headsRoot,
  type BucketProof,
  type HeadsStatement,
  type SealedHead,
  type StreamHead,
} from '../heads.ts';
import type { SealedEvent } from '../leaf.ts';
import type { Finding } from './findings.ts';

/** A bucket, with the names of its streams that are in the bundle. */
export interface NamedBucket {
  readonly bucket: BucketProof;
  readonly streams: readonly string[];
}

type Found = (finding: Finding) => void;

/** The tree over what the bundle holds, and how far its streams come in it. */
export class TreeCheck {
  private readonly range = new CompactRange();
  private readonly streams = new Map<string, StreamHead>();

  constructor(private readonly found: Found) {}

  /** Of the event that comes next. */
  get index(): number {
    return this.range.size;
  }

  /** @param bytes of the leaf */
  see(
    event: SealedEvent,
    bytes: Buffer,
    stated: { readonly index: number; readonly leaf: string },
  ): void {
    const { stream, revision } = event;
    const index = this.range.size;
    const leaf = leafHash(bytes);
    const told = { index, stream, revision };
    if (stated.index !== index)
      this.found({ code: 'PLACE', details: { stated: stated.index }, ...told });
    if (toBase64(leaf) !== stated.leaf)
      this.found({
        code: 'LEAF',
        details: { found: toBase64(leaf), stated: stated.leaf },
        ...told,
      });
    const before = this.streams.get(stream);
    if (revision !== (before?.revision ?? -1) + 1)
      this.found({
        code: 'REVISION',
        details: { last: before?.revision ?? null, revision },
        ...told,
      });
    this.range.appendSubtree(1, leaf);
    this.streams.set(stream, headAfter(before, event));
  }

  /** @throws BrokenProof no subtree of this size can stand here */
  skip({ leaves, hash }: { readonly leaves: number; readonly hash: string }): void {
    this.range.appendSubtree(leaves, hashOf(hash));
  }

  requireRoot({ size, root }: { readonly size: number; readonly root: Hash }): void {
    const found = this.range.root();
    if (this.range.size === size && found.equals(root)) return;
    const details = {
      found: `${this.range.size}:${toBase64(found)}`,
      signed: `${size}:${toBase64(root)}`,
    };
    this.found({ code: 'ROOT', details });
  }

  names(): readonly string[] {
    return [...this.streams.keys()];
  }

  /** Where all of the log is here, how far its streams come must make the root that was signed. */
  requireAllHeads({ heads }: Pick<HeadsStatement, 'heads'>): void {
    if (!headsRoot(this.streams.values()).equals(heads))
      this.found({ code: 'HEADS', details: { detail: 'the root over all streams is another' } });
  }

  /** Where a part is here, all streams that are its must be, and come as far as was signed. */
  requireHeads(buckets: readonly NamedBucket[], statement: Pick<HeadsStatement, 'heads'>): void {
    const sealed = new Map<string, SealedHead>();
    for (const { bucket, streams } of buckets) {
      for (const stream of streams) {
        const head = this.sealedHead(stream, bucket, statement);
        if (head) sealed.set(stream, head);
      }
    }
    for (const stream of new Set([...this.streams.keys(), ...sealed.keys()]))
      this.requireHead(stream, sealed.get(stream));
  }

  private sealedHead(
    stream: string,
    bucket: BucketProof,
    statement: Pick<HeadsStatement, 'heads'>,
  ): SealedHead | undefined {
    try {
      return headByProof(stream, bucket, statement);
    } catch (error) {
      this.found({ code: 'HEADS', details: { detail: (error as Error).message }, stream });
      return undefined;
    }
  }

  private requireHead(stream: string, sealed: SealedHead | undefined): void {
    const here = this.streams.get(stream);
    const isSame = here?.revision === sealed?.revision && here?.lastNumber === sealed?.lastNumber;
    if (isSame) return;
    const details = { found: here?.revision ?? null, sealed: sealed?.revision ?? null };
    this.found({ code: 'INCOMPLETE', details, stream });
  }
}
