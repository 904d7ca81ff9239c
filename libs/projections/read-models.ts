import { setTimeout as delay } from 'node:timers/promises';
import type { Position } from '#event-store';
import type { Page, Query, ReadStore, StoredDoc } from '#read-store';
import { collectionOf, findLive } from './engine/generations.ts';
import { readCheckpoint } from './engine/target.ts';
import type { Projection } from './projection.ts';

const FIRST_LOOK_MS = 2;
const LONGEST_LOOK_MS = 50;

/** The reading side of the projections. Nest knows it by this class. */
export class ReadModels {
  constructor(readonly readStore: ReadStore) {}

  private async spec(projection: Projection) {
    return (await findLive(this.readStore, projection))?.spec ?? collectionOf(projection, 1);
  }

  async get(projection: Projection, id: string): Promise<StoredDoc | undefined> {
    return this.readStore.get(await this.spec(projection), id);
  }

  async find(projection: Projection, query: Query): Promise<Page> {
    return this.readStore.find(await this.spec(projection), query);
  }

  /** True once the read model has passed the position; false when it has not within the time. */
  async waitFor(projection: Projection, position: Position, withinMs: number): Promise<boolean> {
    const end = performance.now() + withinMs;
    for (let pause = FIRST_LOOK_MS; ; pause = Math.min(LONGEST_LOOK_MS, pause * 2)) {
      const reached = (await readCheckpoint(this.readStore, await this.spec(projection))).position;
      if (reached !== undefined && reached >= position) return true;
      if (performance.now() + pause > end) return false;
      await delay(pause);
    }
  }
}
