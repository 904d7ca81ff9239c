import { createHash } from 'node:crypto';

const HASH = /^[0-9a-f]{64}$/;

/** SHA-256 of the bytes as 64 lower-case hex digits: the name an original is kept under. */
export function sha256Of(bytes: Buffer): string {
  return createHash('sha256').update(bytes).digest('hex');
}

export function isHash(text: string): boolean {
  return HASH.test(text);
}

/** A hash becomes part of a path or a key: whatever is not one is a fault of the calling code. @throws RangeError */
export function checkHash(sha256: string): void {
  if (!isHash(sha256)) throw new RangeError(`not a SHA-256 in hex: ${JSON.stringify(sha256)}`);
}

/** Bytes under another's name would never be read again. @throws RangeError a fault of the calling code */
export function checkBytes(sha256: string, bytes: Buffer): void {
  checkHash(sha256);
  if (sha256Of(bytes) !== sha256) throw new RangeError(`the bytes do not have hash ${sha256}`);
}
