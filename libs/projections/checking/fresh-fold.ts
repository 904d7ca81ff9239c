import type { EventStore, Position } from '#event-store';
import type { CollectionSpec, ReadStore } from '#read-store';
import { readCheckpoint, START } from '../folding/checkpoint.ts';
import { exclusionsIn } from '../folding/exclusions.ts';
import { specOf } from '../ledger/collections.ts';
import type { EventName } from '../ledger/ledger.ts';
import { requireLedger } from '../ledger/record.ts';
import type { Projection } from '../projection.ts';
import type { Filling } from '../rebuilding/filling.ts';
import { astrayFrom, ReadModelAstray } from './astray.ts';

/** `scratch` is an empty store for what the log makes of everything; its collections are dropped afterwards. */
export interface VerifyStores {
  readonly eventStore: EventStore;
  readonly readStore: ReadStore;
  readonly scratch: ReadStore;
}

/** What the log makes of a read model, up to where that has come. */
export interface Fold {
  readonly projection: Projection;
  readonly spec: CollectionSpec;
  readonly position: Position | undefined;
  readonly skipped: readonly EventName[];
  readonly setAside: readonly EventName[];
  /** Undefined where no event has been taken yet. */
  readonly filling?: Filling;
}

/** @throws ReadModelAstray */
export async function beginFold(
  { eventStore, readStore, scratch }: VerifyStores,
  projection: Projection,
  {
    isIn,
    parks = true,
  }: {
    readonly isIn?: ((id: string) => boolean) | undefined;
    readonly parks?: boolean | undefined;
  },
): Promise<Fold> {
  const ledger = await requireLedger(readStore, projection);
  const { collection, faults } = ledger.live;
  const spec = specOf(projection, collection);
  const checkpoint = await readCheckpoint(readStore, spec);
  const reason = await astrayFrom(eventStore, checkpoint);
  if (reason !== undefined)
    throw new ReadModelAstray(`${projection.name}: ${collection} ${reason}`);
  const skipped = ledger.decisions.flatMap(({ kind, event }) =>
    kind === 'skip' && event ? [event] : [],
  );
  const setAside = faults.parked.map(({ event }) => event);
  const fold = { projection, spec, position: checkpoint.position, skipped, setAside };
  if (checkpoint.position === undefined) return fold;
  const into = { ...spec, indexes: [], counted: [], searchedWithin: undefined };
  const filling = {
    projection: isIn ? only(projection, isIn) : projection,
    spec: into,
    load: await scratch.load(into),
    reached: START,
    exclusions: exclusionsIn(ledger, collection),
    parked: [],
    parks,
    until: checkpoint.position,
  };
  return { ...fold, filling };
}

/** What it does to these documents. */
const only = (projection: Projection, isIn: (id: string) => boolean): Projection => ({
  ...projection,
  project: (event) => projection.project(event).filter(({ id }) => isIn(id)),
});
