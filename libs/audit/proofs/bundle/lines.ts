import { BrokenProof } from '../hash.ts';
import type { BucketProof } from '../heads.ts';
import type { SealedEvent } from '../leaf.ts';

/**
 * A bundle is JSON Lines: a header, the checkpoint, timestamps on it, the statement about streams, how far each of its
 * streams had come, then the log in order (each event that is in the bundle, and in place of those that
 * are not the hashes of the subtrees they make), the pictures its events name, and an end. Nothing
 * outside it is needed but the log's public key.
 */
export const BUNDLE_FORMAT = 'so-chung-thuc-bundle';
/** The second holds timestamps; a bundle without them is of the first, which older verifiers read. */
export const BUNDLE_VERSIONS = [1, 2] as const;
export type BundleVersion = (typeof BUNDLE_VERSIONS)[number];

/** Which part of the log a bundle holds. */
export type BundleScope =
  | { readonly kind: 'everything' }
  | { readonly kind: 'agency'; readonly agency: string }
  | { readonly kind: 'register'; readonly register: string }
  | { readonly kind: 'year'; readonly year: number };

export interface BundleHeader {
  readonly format: typeof BUNDLE_FORMAT;
  readonly version: BundleVersion;
  readonly origin: string;
  readonly size: number;
  readonly scope: BundleScope;
  /** Whether the pictures are in the bundle. */
  readonly images: boolean;
}

export type BundleLine =
  | { readonly header: BundleHeader }
  | { readonly checkpoint: string }
  /** A TimeStampToken of RFC 3161 over the checkpoint's text, DER in base64. In order of this text. */
  | { readonly timestamp: string }
  | { readonly heads: string }
  /**
   * As canonical JSON (RFC 8785), so that the text is the leaf; with its place in the log and its leaf's
   * hash in base64, so that what was changed can be named.
   */
  | { readonly event: SealedEvent; readonly index: number; readonly leaf: string }
  /** A perfect subtree whose leaves are not in the bundle. */
  | { readonly skip: { readonly leaves: number; readonly hash: string } }
  /** With the names of its streams that are in the bundle. */
  | { readonly bucket: BucketProof; readonly streams: readonly string[] }
  | { readonly image: { readonly sha256: string; readonly base64: string } }
  /** How many lines stand before it. */
  | { readonly end: number };

/** An event's line, from its leaf. */
export const eventLine = (leaf: Buffer, index: number, hash: string): string =>
  `${EVENT_LINE.toString()}${leaf.toString('utf8')}${afterLeaf(index, hash)}`;

/** What an event's line begins with. */
export const EVENT_LINE = Buffer.from('{"event":');
const afterLeaf = (index: number, hash: string): string =>
  `,"index":${index},"leaf":${JSON.stringify(hash)}}`;

/**
 * The leaf as it stands in an event's line. Whether it is canonical its hash says: what was sealed was.
 * @throws UnreadableBundle the line is written in another way
 */
export function leafIn(line: Buffer, index: number, hash: string): Buffer {
  const after = Buffer.from(afterLeaf(index, hash));
  const end = line.length - after.length;
  const isSo =
    EVENT_LINE.equals(line.subarray(0, EVENT_LINE.length)) && after.equals(line.subarray(end));
  if (!isSo)
    throw new UnreadableBundle(`the line of event ${index} is not written as a bundle has it`);
  return line.subarray(EVENT_LINE.length, end);
}

/** What stands in a line beside what it is named for. */
const beside: Readonly<Record<string, string>> = { event: 'index,leaf', bucket: 'streams' };

const kinds = [
  ...['header', 'checkpoint', 'timestamp', 'heads'],
  ...['event', 'skip', 'bucket', 'image', 'end'],
];

/** The file is no bundle, or is cut off: nothing can be said of what it holds. */
export class UnreadableBundle extends BrokenProof {
  override readonly name = 'UnreadableBundle';
}

/**
 * One line. What an event's fields hold is looked at when it is folded.
 * @param number of the line, from 1
 * @throws UnreadableBundle
 */
export function parseLine(text: Buffer, number: number): BundleLine {
  const line = jsonIn(text);
  const [kind = '', ...more] = isObject(line) ? Object.keys(line) : [];
  const isOne = more.join() === (beside[kind] ?? '');
  if (!isObject(line) || !isOne || !kinds.includes(kind))
    throw new UnreadableBundle(`line ${number} is none of a bundle's`);
  if (!isShaped(line)) throw new UnreadableBundle(`line ${number}: a malformed ${kind}`);
  return line as unknown as BundleLine;
}

type Fields = Readonly<Record<string, unknown>>;

const isObject = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** What is no UTF-8 is no JSON: RFC 8259 section 8.1. */
function jsonIn(text: Buffer): unknown {
  try {
    return JSON.parse(utf8.decode(text));
  } catch {
    return undefined;
  }
}

function isShaped(line: Fields): boolean {
  const { header, checkpoint, timestamp, heads, event, skip, bucket, image, end } = line;
  if (header !== undefined) return isHeader(header);
  if (checkpoint !== undefined) return typeof checkpoint === 'string';
  if (timestamp !== undefined) return typeof timestamp === 'string';
  if (heads !== undefined) return typeof heads === 'string';
  if (event !== undefined)
    return isEvent(event) && typeof line['index'] === 'number' && typeof line['leaf'] === 'string';
  if (skip !== undefined) return has(skip, { leaves: 'number', hash: 'string' });
  if (bucket !== undefined) return isBucket(bucket) && isTexts(line['streams']);
  if (image !== undefined) return has(image, { sha256: 'string', base64: 'string' });
  return typeof end === 'number';
}

/** Whether it is an object of exactly these fields, each of its kind. */
const has = (value: unknown, kinds: Readonly<Record<string, string>>): value is Fields =>
  isObject(value) &&
  Object.keys(value).length === Object.keys(kinds).length &&
  Object.entries(kinds).every(([field, kind]) => typeof value[field] === kind);

const isTexts = (value: unknown): boolean =>
  Array.isArray(value) && value.every((one) => typeof one === 'string');

function isBucket(bucket: unknown): boolean {
  if (!has(bucket, { heads: 'object', path: 'object' })) return false;
  const { heads, path } = bucket;
  return isTexts(path) && Array.isArray(heads) && heads.every(isHead);
}

const isHead = (head: unknown): boolean =>
  has(head, { id: 'string', revision: 'number', lastNumber: 'number' }) ||
  (has(head, { id: 'string', revision: 'number', lastNumber: 'object' }) &&
    head['lastNumber'] === null);

const isEvent = (event: unknown): boolean =>
  has(event, {
    stream: 'string',
    revision: 'number',
    id: 'string',
    type: 'string',
    data: 'object',
    metadata: 'object',
  }) &&
  isObject(event['data']) &&
  isObject(event['metadata']);

function isHeader(header: unknown): boolean {
  if (!isObject(header) || header['format'] !== BUNDLE_FORMAT) return false;
  const { version } = header;
  if (!BUNDLE_VERSIONS.some((known) => known === version))
    throw new UnreadableBundle(
      `a bundle of version ${String(version)}; this verifier reads ${BUNDLE_VERSIONS.join(', ')}`,
    );
  const kinds = { format: 'string', version: 'number', origin: 'string', size: 'number' };
  return has(header, { ...kinds, scope: 'object', images: 'boolean' }) && isScope(header['scope']);
}

const isScope = (scope: unknown): boolean =>
  has(scope, { kind: 'string' }) ? scope['kind'] === 'everything' : isPart(scope);

const isPart = (scope: unknown): boolean =>
  (has(scope, { kind: 'string', agency: 'string' }) && scope['kind'] === 'agency') ||
  (has(scope, { kind: 'string', register: 'string' }) && scope['kind'] === 'register') ||
  (has(scope, { kind: 'string', year: 'number' }) && scope['kind'] === 'year');
