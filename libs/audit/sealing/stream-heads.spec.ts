import { expect, it } from '@jest/globals';
import type { Position, RecordedEvent } from '#event-store';
import type { StreamHead } from '../proofs/index.ts';
import type { SealedLog } from './sealed-log.ts';
import { headsTreeOf, StreamHeads } from './stream-heads.ts';

const STREAMS = 5000;

/** Buckets in memory, and how many were asked for or written together at most. */
class KeptBuckets {
  readonly buckets = new Map<number, readonly StreamHead[]>();
  most = 0;

  bucketsOf = (numbers: readonly number[]) => {
    this.most = Math.max(this.most, numbers.length);
    const known = numbers.filter((one) => this.buckets.has(one));
    return Promise.resolve(new Map(known.map((one) => [one, this.buckets.get(one) ?? []])));
  };
  putBuckets = (changed: ReadonlyMap<number, readonly StreamHead[]>) => {
    this.most = Math.max(this.most, changed.size);
    for (const [number, heads] of changed) this.buckets.set(number, heads);
    return Promise.resolve();
  };
  async *allBuckets() {
    yield* await Promise.resolve(this.buckets);
  }
}

const returned = (dossier: number, revision: number): RecordedEvent => ({
  ...{ id: `${dossier}-${revision}`, stream: `dossier-BK-001-${dossier}`, revision },
  ...{ type: 'DossierReturned', data: {}, metadata: {}, recordedAt: '2024-05-10T01:00:00.000Z' },
  position: String(dossier).padStart(16, '0') as Position,
});

it('however many streams have come further, some buckets are held at a time, and the root is that of all', async () => {
  const kept = new KeptBuckets();
  const sealed = kept as unknown as SealedLog;
  const heads = await StreamHeads.open(sealed);
  for (const revision of [0, 1]) {
    for (let dossier = 0; dossier < STREAMS; dossier += 1) heads.see(returned(dossier, revision));
    const root = await heads.keep(STREAMS * (revision + 1));
    expect(root).toEqual((await headsTreeOf(sealed)).root());
  }
  const all = [...kept.buckets.values()].flat();
  expect(all.map(({ revision }) => revision)).toEqual(Array.from({ length: STREAMS }, () => 1));
  expect(kept.most).toBeLessThanOrEqual(1024);
});
