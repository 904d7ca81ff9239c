import { CompactRange } from '../compact-range.ts';
import { hashOf, toBase64, type Hash } from '../hash.ts';
import {
  bucketHash,
  bucketOf,
  headAfter,
  headByProof,
  HeadsTree,
  type BucketProof,
  type HeadsStatement,
  type StreamHead,
} from '../heads.ts';
import { leafHashOf, type SealedEvent } from '../leaf.ts';
import type { Finding } from './findings.ts';

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

  see(event: SealedEvent, stated: { readonly index: number; readonly leaf: string }): void {
    const { stream, revision } = event;
    const index = this.range.size;
    const leaf = leafHashOf(event);
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
    const buckets = new Map<number, StreamHead[]>();
    for (const head of this.streams.values()) {
      const bucket = bucketOf(head.stream);
      buckets.set(bucket, [...(buckets.get(bucket) ?? []), head]);
    }
    const tree = new HeadsTree();
    for (const [bucket, inIt] of buckets) tree.set(bucket, bucketHash(inIt));
    if (!tree.root().equals(heads))
      this.found({ code: 'HEADS', details: { detail: 'the root over all streams is another' } });
  }

  /** Where a part is here, all streams that are its must be, and come as far as was signed. */
  requireHeads(
    proofs: readonly BucketProof[],
    { heads }: Pick<HeadsStatement, 'heads'>,
    isAsked: (stream: string) => boolean,
  ): void {
    const sealed = new Map<string, StreamHead>();
    for (const proof of proofs) {
      const [first] = proof.heads;
      if (first === undefined) continue;
      try {
        headByProof(first.stream, proof, { heads });
      } catch (error) {
        this.found({
          code: 'HEADS',
          details: { detail: (error as Error).message },
          stream: first.stream,
        });
      }
      for (const head of proof.heads) if (isAsked(head.stream)) sealed.set(head.stream, head);
    }
    for (const stream of new Set([...this.streams.keys(), ...sealed.keys()]))
      this.requireHead(stream, sealed.get(stream));
  }

  private requireHead(stream: string, sealed: StreamHead | undefined): void {
    const here = this.streams.get(stream);
    const isSame = here?.revision === sealed?.revision && here?.lastNumber === sealed?.lastNumber;
    if (isSame) return;
    const details = { found: here?.revision ?? null, sealed: sealed?.revision ?? null };
    this.found({ code: 'INCOMPLETE', details, stream });
  }
}
