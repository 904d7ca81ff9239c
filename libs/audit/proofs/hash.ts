import { hash } from 'node:crypto';

/** A SHA-256 hash, 32 bytes. */
export type Hash = Buffer;

const LEAF = Buffer.of(0);

export const sha256 = (bytes: Uint8Array | string): Hash => hash('sha256', bytes, 'buffer');

/** Hash of a leaf: RFC 6962 section 2.1. */
export const leafHash = (leaf: Uint8Array): Hash => sha256(Buffer.concat([LEAF, leaf]));

/** Hash of a node over its two children: RFC 6962 section 2.1. */
export function nodeHash(left: Hash, right: Hash): Hash {
  left.copy(node, 1);
  right.copy(node, 33);
  return sha256(node);
}

/** What a node is the hash of; written anew for each, which is cheaper than a buffer of its own. */
const node = Buffer.alloc(65, 1);

/** Root of a tree without leaves: RFC 6962 section 2.1. */
export const emptyRoot: Hash = sha256('');

export const toBase64 = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64');

/** @throws BrokenProof it is no hash in standard base64 (RFC 4648 section 4) */
export function hashOf(base64: string): Hash {
  const bytes = Buffer.from(base64, 'base64');
  if (bytes.length !== 32 || toBase64(bytes) !== base64)
    throw new BrokenProof(`no hash in base64: ${base64.slice(0, 60)}`);
  return bytes;
}

/** A proof, or what it rests on, does not hold or cannot be read. */
export class BrokenProof extends Error {
  override readonly name: string = 'BrokenProof';
}
