import type { Position } from '#event-store';
import type { Doc, ReadStore } from '#read-store';
import type { Projection } from '../projection.ts';
import type { EventName } from './faults.ts';

/** What an operator has decided about an event that a projection could not take. */
export interface Decision {
  readonly kind: 'retry' | 'skip';
  /** Null: whatever was at fault. */
  readonly event: EventName | null;
  readonly reason: string;
  readonly account: string;
  /** ISO 8601 UTC. */
  readonly at: string;
}

/** Retries are kept for reading only. */
const MOST_RETRIES = 100;

/** Of the projection, whatever collection it fills: an event that is skipped stays so in every rebuild. */
const keyOf = ({ name }: Projection): string => `decisions:${name}`;

export async function readDecisions(
  readStore: ReadStore,
  projection: Projection,
): Promise<readonly Decision[]> {
  return (await recorded(readStore, projection)).decisions;
}

async function recorded(readStore: ReadStore, projection: Projection) {
  const record = await readStore.readRecord(keyOf(projection));
  const decisions = (record?.value['decisions'] ?? []) as unknown as readonly Decision[];
  return { decisions, version: record?.version ?? 0 };
}

export async function recordDecision(
  readStore: ReadStore,
  projection: Projection,
  decision: Decision,
): Promise<void> {
  for (;;) {
    const { decisions, version } = await recorded(readStore, projection);
    const value = { decisions: kept([...decisions, decision]) } as unknown as Doc;
    if (await readStore.writeRecord(keyOf(projection), value, version)) return;
  }
}

/** Without the oldest retries; what was skipped must never be forgotten. */
function kept(decisions: readonly Decision[]): readonly Decision[] {
  const surplus = decisions.filter(({ kind }) => kind === 'retry').slice(0, -MOST_RETRIES);
  return decisions.filter((one) => !surplus.includes(one));
}

/** Positions of the events that are passed over for good. */
export const skippedIn = (decisions: readonly Decision[]): ReadonlySet<Position> =>
  new Set(
    decisions.flatMap(({ kind, event }) => (kind === 'skip' && event ? [event.position] : [])),
  );
