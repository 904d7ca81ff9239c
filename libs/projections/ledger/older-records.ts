import type { ReadStore } from '#read-store';
import type { Projection } from '../projection.ts';
import { parseCollection } from './collections.ts';
import { NO_FAULTS, type Decision, type Faults, type Generation, type Ledger } from './ledger.ts';

/** Up to version 0.1 a read model had several records; what they say becomes its ledger. */
interface OlderLive {
  readonly collection: string;
  readonly generation: number;
  readonly version: number;
  readonly previous?: string | null;
  readonly movedAt?: string;
  readonly rolledBackFrom?: number | null;
}

/**
 * What an older version has recorded. Its rebuild, where one was left, is begun anew, and what it stopped at is tried again; what operators
 * have skipped stays skipped. Undefined where there is nothing.
 */
export async function ledgerOfOlderRecords(
  readStore: ReadStore,
  projection: Projection,
): Promise<Ledger | undefined> {
  const { name } = projection;
  const record = await readStore.readRecord(`projection:${name}`);
  if (!record) return undefined;
  const { collection, previous = null, ...older } = record.value as unknown as OlderLive;
  const movedAt = older.movedAt ?? new Date(0).toISOString();
  const generationOf = async (one: string): Promise<Generation> => {
    const faults = (await readStore.readRecord(`faults:${one}`))?.value;
    const named = parseCollection(projection, one) ?? older;
    const { version, generation } = named;
    const known = { ...NO_FAULTS, parked: (faults as unknown as Faults | undefined)?.parked ?? [] };
    return { collection: one, version, generation, movedAt, faults: known, astray: null };
  };
  const decisions = await readStore.readRecord(`decisions:${name}`);
  const used = (await readStore.collections()).map(
    (one) => parseCollection(projection, one)?.generation ?? 0,
  );
  return {
    generations: Math.max(older.generation, ...used),
    live: await generationOf(collection),
    previous: previous === null ? null : await generationOf(previous),
    rolledBackFrom: older.rolledBackFrom ?? null,
    next: null,
    decisions: (decisions?.value['decisions'] ?? []) as unknown as readonly Decision[],
  };
}
