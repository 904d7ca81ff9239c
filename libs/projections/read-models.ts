import { setTimeout as delay } from 'node:timers/promises';
import type { EventStore, Position } from '#event-store';
import type { CollectionSpec, Page, Query, ReadStore, StoredDoc } from '#read-store';
import { astrayFrom, ReadModelAstray } from './checking/astray.ts';
import { readCheckpoint, type Reached } from './folding/checkpoint.ts';
import { collectionName, specOf } from './ledger/collections.ts';
import type { Parked } from './ledger/ledger.ts';
import { findLedger } from './ledger/record.ts';
import { partitionOf, type Projection } from './projection.ts';

const FIRST_LOOK_MS = 2;
const LONGEST_LOOK_MS = 50;
/** How long a collection that was of this log is taken to be still: a log is put back by hand, not in between. */
const TRUSTED_MS = 5000;

/** The reading side of the projections. Nest knows it by this class. */
export class ReadModels {
  private readonly trusted = new Map<string, number>();

  constructor(
    readonly readStore: ReadStore,
    /** Where it is known, no read model is read that another log has filled. */
    private readonly log?: Pick<EventStore, 'eventAt' | 'readAll'>,
  ) {}

  /** @throws ReadModelAstray */
  private async live(projection: Projection): Promise<Readable> {
    const live = (await findLedger(this.readStore, projection))?.live;
    if (!live) return { spec: specOf(projection, collectionName(projection, 1)), parked: [] };
    const { collection, astray, faults } = live;
    if (astray) throw new ReadModelAstray(`${projection.name}: ${collection} ${astray.reason}`);
    if ((this.trusted.get(collection) ?? 0) < performance.now()) {
      const reached = await readCheckpoint(this.readStore, { name: collection });
      await this.requireOfLog(projection, collection, reached).catch(unlessAway);
    }
    return { spec: specOf(projection, collection), parked: faults.parked };
  }

  /** @throws ReadModelAstray @throws EventStoreUnavailable */
  private async requireOfLog(
    { name }: Projection,
    collection: string,
    reached: Reached,
  ): Promise<void> {
    const reason = this.log && (await astrayFrom(this.log, reached));
    if (reason !== undefined) throw new ReadModelAstray(`${name}: ${collection} ${reason}`);
    this.trusted.set(collection, performance.now() + TRUSTED_MS);
  }

  async get(projection: Projection, id: string): Promise<StoredDoc | undefined> {
    return this.readStore.get((await this.live(projection)).spec, id);
  }

  /** @throws ReadTooSlow @throws the signal's reason */
  async find(projection: Projection, query: Query, signal?: AbortSignal): Promise<ReadPage> {
    const { spec, parked } = await this.live(projection);
    return { ...(await this.readStore.find(spec, query, signal)), parked };
  }

  /**
   * True once the read model has passed the position, in this very log, and has taken the event
   * there; false when it has not within the time, or has set the event's stream aside.
   * @throws ReadModelAstray
   */
  async waitFor(projection: Projection, position: Position, withinMs: number): Promise<boolean> {
    const end = performance.now() + withinMs;
    for (let pause = FIRST_LOOK_MS; ; pause = Math.min(LONGEST_LOOK_MS, pause * 2)) {
      const { spec, parked } = await this.live(projection);
      const reached = await readCheckpoint(this.readStore, spec);
      if (reached.position !== undefined && reached.position >= position) {
        await this.requireOfLog(projection, spec.name, reached);
        if (!(await this.isSetAside(projection, parked, position))) return true;
      }
      if (performance.now() + pause > end) return false;
      await delay(pause);
    }
  }

  private async isSetAside(
    projection: Projection,
    parked: readonly Parked[],
    position: Position,
  ): Promise<boolean> {
    const behind = parked.filter(({ event }) => event.position <= position);
    if (behind.length === 0) return false;
    const stream = (await this.log?.eventAt(position))?.stream;
    return behind.some(
      ({ partition }) => stream !== undefined && partition === partitionOf(projection, stream),
    );
  }
}

interface Readable {
  readonly spec: CollectionSpec;
  readonly parked: readonly Parked[];
}

/** A page, and the streams whose documents stand still. */
export interface ReadPage extends Page {
  readonly parked: readonly Parked[];
}

/** Reading goes on while the log is away. */
function unlessAway(error: unknown): void {
  if (error instanceof ReadModelAstray) throw error;
}
