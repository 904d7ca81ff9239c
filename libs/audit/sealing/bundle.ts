import { isOfAgency, olderSignatureStream, picturesIn, readMetadata, registerKeyOf } from '#domain';
import type { EventStore, RecordedEvent } from '#event-store';
import {
  BUNDLE_FORMAT,
  isIn,
  eventLine,
  leafHash,
  leafOf,
  statedCheckpoint,
  toBase64,
  type BundleLine,
  type BundleScope,
  type ReadSubtree,
} from '../proofs/index.ts';
import {
  eventAt,
  NotSealed,
  type LogProofs,
  type NamedBucket,
  type ProofSources,
} from './log-proofs.ts';
import { LogContradicts } from './resume.ts';

export interface Bundling extends ProofSources {
  readonly proofs: LogProofs;
  readonly scope: BundleScope;
  /** Answers a picture's bytes; undefined: the bundle goes without pictures. */
  readonly images?: ((sha256: string) => Promise<Uint8Array | undefined>) | undefined;
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: ((events: number, size: number) => void) | undefined;
}

/**
 * The lines of a bundle (`proofs/bundle/lines.ts`), as the log goes by, up to the latest checkpoint.
 * @throws NotSealed nothing is sealed yet
 * @throws LogContradicts the log ends before its checkpoint
 */
export async function* bundle(bundling: Bundling): AsyncGenerator<string> {
  let lines = 0;
  for await (const line of bundleLines(bundling)) {
    bundling.signal?.throwIfAborted();
    lines += 1;
    yield `${typeof line === 'string' ? line : JSON.stringify(line)}\n`;
  }
  yield `${JSON.stringify({ end: lines } satisfies BundleLine)}\n`;
}

interface Written {
  readonly size: number;
  /** Streams whose events are written. */
  readonly own: ReadonlySet<string>;
  /** Hashes of the pictures they name; added to. */
  readonly pictures: Set<string>;
}

/** Those of events as they are written. */
async function* bundleLines(bundling: Bundling): AsyncGenerator<BundleLine | string> {
  const { proofs, scope, images } = bundling;
  const { latest, buckets } = await proofs.headsOf((stream) => isIn(scope, stream));
  const { origin, size } = statedCheckpoint(latest.note);
  const own = await ownStreams(bundling, buckets);
  const isThere = scope.kind === 'register' ? own.has(scope.register) : own.size > 0;
  if (!isThere) throw new NotSealed('nothing of it is under the latest checkpoint');
  const { note, timestamps } = await proofs.checkpoint(size);
  const tokens = [...new Set(timestamps.map(({ token }) => token))].sort();
  const version = tokens.length > 0 ? 2 : 1;
  const has = { images: images !== undefined };
  yield { header: { format: BUNDLE_FORMAT, version, origin, size, scope, ...has } };
  yield { checkpoint: note };
  for (const timestamp of tokens) yield { timestamp };
  yield { heads: latest.heads };
  // Where all of the log is there, how far its streams come follows from it.
  if (scope.kind !== 'everything') yield* bucketLines(buckets, own);
  const pictures = new Set<string>();
  yield* eventLines(bundling, { size, own, pictures });
  if (images) yield* imageLines(images, pictures);
}

/** Streams that are in the bundle: those whose older name could be another agency's by who wrote them. */
async function ownStreams(
  { eventStore, scope }: Bundling,
  buckets: readonly NamedBucket[],
): Promise<ReadonlySet<string>> {
  const own = new Set<string>();
  const agency = agencyOf(scope);
  for (const stream of buckets.flatMap((named) => named.streams)) {
    if (agency !== undefined && stream.startsWith(olderSignatureStream(agency, ''))) {
      const first = await eventAt(eventStore, stream, 0);
      if (!first || !isOfAgency(stream, readMetadata(first.metadata).actor.agency, agency))
        continue;
    }
    own.add(stream);
  }
  return own;
}

function agencyOf(scope: BundleScope): string | undefined {
  if (scope.kind === 'agency') return scope.agency;
  return scope.kind === 'register' ? registerKeyOf(scope.register)?.agency : undefined;
}

function* bucketLines(
  buckets: readonly NamedBucket[],
  own: ReadonlySet<string>,
): Generator<BundleLine> {
  for (const { bucket, streams } of buckets) {
    const named = streams.filter((stream) => own.has(stream));
    if (named.length > 0) yield { bucket, streams: named };
  }
}

async function* eventLines(
  { eventStore, sealed, prefixes, onProgress }: Bundling,
  { size, own, pictures }: Written,
): AsyncGenerator<BundleLine | string> {
  const read = sealed.reader(size);
  let [index, written] = [0, 0];
  for await (const event of eventsUpTo(eventStore, prefixes, size)) {
    if (own.has(event.stream)) {
      yield* skipped(read, written, index);
      const leaf = leafOf(event);
      yield eventLine(leaf, index, toBase64(leafHash(leaf)));
      written = index + 1;
      for (const hash of picturesIn(event.data)) pictures.add(hash);
    }
    index += 1;
    if (index % PROGRESS === 0) onProgress?.(index, size);
  }
  if (index < size) throw new LogContradicts(`the log ends behind event ${index - 1} of ${size}`);
  yield* skipped(read, written, size);
}

/** Events between two reports of progress. */
const PROGRESS = 1000;

async function* eventsUpTo(
  eventStore: EventStore,
  prefixes: readonly string[],
  size: number,
): AsyncGenerator<RecordedEvent> {
  let left = size;
  for await (const page of eventStore.readPages({ prefixes })) {
    for (const event of page.slice(0, left)) yield event;
    left -= page.length;
    if (left <= 0) return;
  }
}

/** The perfect subtrees over the leaves from one to another, left to right. */
async function* skipped(read: ReadSubtree, from: number, to: number): AsyncGenerator<BundleLine> {
  for (let start = from; start < to;) {
    let level = 0;
    while (start % 2 ** (level + 1) === 0 && start + 2 ** (level + 1) <= to) level += 1;
    const leaves = 2 ** level;
    const hash = await read({ level, index: start / leaves });
    yield { skip: { leaves, hash: toBase64(hash) } };
    start += leaves;
  }
}

async function* imageLines(
  images: (sha256: string) => Promise<Uint8Array | undefined>,
  pictures: ReadonlySet<string>,
): AsyncGenerator<BundleLine> {
  for (const sha256 of [...pictures].sort()) {
    const bytes = await images(sha256);
    // One that is lost is missing in the bundle, too: whoever verifies is told.
    if (bytes) yield { image: { sha256, base64: toBase64(bytes) } };
  }
}
