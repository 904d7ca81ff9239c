import { createHash, randomUUID } from 'node:crypto';
import { nameOf } from '#domain';

/**
 * 256 bits in hexadecimal for the parts that make a thing one of its kind: whose it is, and under
 * which key it was asked for. The same parts make the same id, other parts another; without a key
 * every id is a new one.
 */
export function derivedId(key: string | undefined, ...parts: readonly (string | number)[]): string {
  const name = key === undefined ? randomUUID() : nameOf(...parts, key);
  return createHash('sha256').update(name).digest('hex');
}
