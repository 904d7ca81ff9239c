import { randomBytes } from 'node:crypto';

/** The system is asked for so many at once: each asking costs some microseconds. */
const AT_ONCE = 256;

/** Bytes nobody can foretell, `length` of them each time, none given out twice. */
export function randomSource(length: number): () => Uint8Array {
  let [pool, used] = [Buffer.alloc(0), 0];
  return () => {
    if (used === pool.length) [pool, used] = [randomBytes(length * AT_ONCE), 0];
    used += length;
    return pool.subarray(used - length, used);
  };
}
