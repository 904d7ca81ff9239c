import canonicalize from 'canonicalize';
import { BrokenProof, hashOf, leafHash, nodeHash, sha256, toBase64, type Hash } from './hash.ts';
import { parseNote, signersOf, type VerifierKey } from './note.ts';
import { countOf } from './checkpoint.ts';
import type { SealedEvent } from './leaf.ts';
import { rootByPath } from './tree.ts';

/**
 * Beside the tree over all events stands one over how far each stream has come: so that a part of a
 * log can be shown to be all there is of its streams, and a number not to have been given.
 *
 * A stream is known here by the SHA-256 of its name, which names nobody, and lies in one of 2^16 buckets
 * by the first two bytes of it; a bucket's leaf is the canonical JSON (RFC 8785) of its heads in order,
 * and the buckets are the leaves of a tree as of RFC 6962. It follows from the log alone.
 */
export const BUCKETS = 2 ** 16;

/** How far a stream has come. */
export interface StreamHead {
  readonly stream: string;
  /** Of its last event. */
  readonly revision: number;
  /** The last number it has given, or that was lost; null where it has given none. */
  readonly lastNumber: number | null;
}

/** The same as it is sealed. */
export interface SealedHead {
  /** SHA-256 of the stream's name, in hex. */
  readonly id: string;
  readonly revision: number;
  readonly lastNumber: number | null;
}

export const streamId = (stream: string): string => sha256(stream).toString('hex');

/** A stream's head behind one more event. */
export function headAfter(
  before: StreamHead | undefined,
  { stream, revision, type, data }: Pick<SealedEvent, 'stream' | 'revision' | 'type' | 'data'>,
): StreamHead {
  return { stream, revision, lastNumber: numberIn(type, data) ?? before?.lastNumber ?? null };
}

function numberIn(type: string, data: SealedEvent['data']): number | undefined {
  const given = type === 'EntryNumberAssigned' ? data['number'] : undefined;
  const number = type === 'NumbersLost' ? data['to'] : given;
  return typeof number === 'number' ? number : undefined;
}

export const bucketOf = (stream: string): number => bucketOfId(streamId(stream));
export const bucketOfId = (id: string): number => Number.parseInt(id.slice(0, 4), 16);

/** Hash of a bucket's leaf. */
export const bucketHash = (heads: readonly SealedHead[]): Hash =>
  leafHash(Buffer.from(canonicalize(heads) as string, 'utf8'));

/** The heads of a bucket as they are sealed. */
export const sealedHeads = (heads: readonly StreamHead[]): readonly SealedHead[] =>
  heads
    .map(({ stream, revision, lastNumber }) => ({ id: streamId(stream), revision, lastNumber }))
    .sort((a, b) => (a.id < b.id ? -1 : 1));

/** Roots of subtrees of empty buckets, by level. */
const empty: readonly Hash[] = Array.from({ length: 17 }).reduce<Hash[]>((levels) => {
  const below = levels.at(-1);
  return [...levels, below ? nodeHash(below, below) : bucketHash([])];
}, []);

/** A changing tree over the buckets; what was never set is empty. */
export class HeadsTree {
  private readonly nodes = new Map<number, Hash>();

  /** @param key of a node: 1 for the root, its children twice that and one more */
  private at(key: number): Hash {
    return this.nodes.get(key) ?? (empty[16 - Math.floor(Math.log2(key))] as Hash);
  }

  set(bucket: number, hash: Hash): void {
    let key = BUCKETS + bucket;
    this.nodes.set(key, hash);
    while (key > 1) {
      key = Math.floor(key / 2);
      this.nodes.set(key, nodeHash(this.at(key * 2), this.at(key * 2 + 1)));
    }
  }

  root(): Hash {
    return this.at(1);
  }

  /** Hash of a bucket's leaf. */
  leaf(bucket: number): Hash {
    return this.at(BUCKETS + bucket);
  }

  /** Audit path of a bucket: RFC 6962 section 2.1.1. */
  path(bucket: number): readonly Hash[] {
    const path: Hash[] = [];
    for (let key = BUCKETS + bucket; key > 1; key = Math.floor(key / 2))
      path.push(this.at(key ^ 1));
    return path;
  }
}

/** Root over all streams of a log. */
export function headsRoot(heads: Iterable<StreamHead>): Hash {
  const buckets = new Map<number, StreamHead[]>();
  for (const head of heads) {
    const bucket = bucketOf(head.stream);
    const inIt = buckets.get(bucket);
    if (inIt) inIt.push(head);
    else buckets.set(bucket, [head]);
  }
  const tree = new HeadsTree();
  for (const [bucket, inIt] of buckets) tree.set(bucket, bucketHash(sealedHeads(inIt)));
  return tree.root();
}

/** What a log signs of its streams, beside the checkpoint of the same size. */
export interface HeadsStatement {
  readonly origin: string;
  readonly size: number;
  /** Root over all events, as in the checkpoint. */
  readonly root: Hash;
  readonly heads: Hash;
}

/** Its first line tells it from a checkpoint, which the same key signs. */
const SUFFIX = '/heads';

export const headsText = ({ origin, size, root, heads }: HeadsStatement): string =>
  `${origin}${SUFFIX}\n${size}\n${toBase64(root)}\n${toBase64(heads)}\n`;

/** @throws BrokenProof it is none, or none of the keys signed it */
export function openHeads(note: string, keys: readonly VerifierKey[]): HeadsStatement {
  const parsed = parseNote(note);
  const [first = '', size = '', root = '', heads = '', ...rest] = parsed.text.split('\n');
  if (!first.endsWith(SUFFIX) || rest.length !== 1 || rest[0] !== '')
    throw new BrokenProof('no statement about streams');
  const origin = first.slice(0, -SUFFIX.length);
  const signers = signersOf(parsed, keys);
  if (signers.length === 0 || signers.some(({ key }) => key.name !== origin))
    throw new BrokenProof('none of the known keys signed the statement about streams');
  return { origin, size: countOf(size), root: hashOf(root), heads: hashOf(heads) };
}

/** Whether a statement names this root over the streams, whoever signed it. */
export const statesHeads = (note: string, root: Hash): boolean =>
  note.split('\n')[3] === toBase64(root);

/** The heads of a bucket, and that they are what was signed. */
export interface BucketProof {
  readonly heads: readonly SealedHead[];
  readonly path: readonly string[];
}

/**
 * How far a stream had come, or that it had not begun (undefined), by a proof of its bucket.
 * @throws BrokenProof
 */
export function headByProof(
  stream: string,
  { heads, path }: BucketProof,
  statement: Pick<HeadsStatement, 'heads'>,
): SealedHead | undefined {
  const id = streamId(stream);
  const index = bucketOfId(id);
  const root = rootByPath(bucketHash(heads), { index, size: BUCKETS, path: path.map(hashOf) });
  if (!root.equals(statement.heads))
    throw new BrokenProof(`the head of ${stream} is not the signed one`);
  return heads.find((head) => head.id === id);
}
