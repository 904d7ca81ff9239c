import type { ReadStore } from '#read-store';
import type { Projection } from '../projection.ts';

/** Who runs a projection at the moment, for operators. */
export interface LeaseRecord {
  /** Null: given back. */
  readonly holder: string | null;
  readonly pid: number;
  readonly space: string;
  /** Events a second since the renewal before. */
  readonly rate: number;
  /** When it was written, by its holder's clock: for people; no lease depends on it. */
  readonly at: string;
}

/** What one process runs at a time. */
export type Leased = Pick<Projection, 'name' | 'version'>;

/** By version: a new release fills and follows its own collections while the old still runs its own. */
export const leaseKey = ({ name, version }: Leased): string => `lease:${name}@${version}`;

/** Undefined before the projection has ever run. */
export async function readLease(
  readStore: ReadStore,
  projection: Projection,
): Promise<LeaseRecord | undefined> {
  const record = await readStore.readRecord(leaseKey(projection));
  return record?.value as LeaseRecord | undefined;
}
