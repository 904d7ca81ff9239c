import type { ReadStore } from '#read-store';
import type { Projection } from '../projection.ts';
import type { Target } from './target.ts';

/** Why a projection stands still, for operators. */
export interface Failure {
  readonly error: string;
  /** The checkpoint it could not get past. */
  readonly after: string | null;
}

const keyOf = (projection: Projection): string => `failure:${projection.name}`;

export async function recordFailure(
  readStore: ReadStore,
  { projection, position }: Target,
  error: unknown,
): Promise<void> {
  const before = await readStore.readRecord(keyOf(projection));
  const value = { error: String(error), after: position ?? null };
  await readStore.writeRecord(keyOf(projection), value, before?.version ?? 0);
}

export async function clearFailure(readStore: ReadStore, projection: Projection): Promise<void> {
  const before = await readStore.readRecord(keyOf(projection));
  if (before) await readStore.writeRecord(keyOf(projection), { error: null }, before.version);
}

export async function readFailure(
  readStore: ReadStore,
  projection: Projection,
): Promise<Failure | undefined> {
  const record = await readStore.readRecord(keyOf(projection));
  const error = record?.value['error'];
  if (typeof error !== 'string') return undefined;
  const after = record?.value['after'];
  return { error, after: typeof after === 'string' ? after : null };
}
