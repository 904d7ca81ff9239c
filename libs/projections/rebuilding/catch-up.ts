import { streamPrefixes } from '#domain';
import { advanceOrPark } from '../faults/park.ts';
import { advance } from '../folding/advance.ts';
import { lowest, type Target } from '../folding/checkpoint.ts';
import { parksByDefault } from '../projection.ts';
import type { Job } from './job.ts';

/**
 * Brings targets up to the head of the log, as whoever follows it would: what cannot be taken is set
 * aside where it may be, and stops nobody who waits for the collection.
 * @throws EventFault
 */
export async function catchUp(
  { eventStore, readStore, signal, parks = parksByDefault }: Job,
  targets: readonly Target[],
): Promise<readonly Target[]> {
  let current = targets;
  const after = lowest(current.map(({ position }) => position));
  for await (const batch of eventStore.readPages({ after, prefixes: streamPrefixes })) {
    signal?.throwIfAborted();
    const advanced: Target[] = [];
    for (const target of current) {
      const past = parks(target.projection) ? advanceOrPark : advance;
      advanced.push(await past(readStore, target, batch));
    }
    current = advanced;
  }
  return current;
}
