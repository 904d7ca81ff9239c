import type { EventStore } from '#event-store';
import {
  allProjections,
  projectionStatus,
  readTasks,
  type Projection,
  type ProjectionStatus,
  type Task,
} from '#projections';
import { ReadStoreDamaged, type ReadStore } from '#read-store';
import type { ProjectionList, ProjectionRow } from './projections.dto.ts';
import type { TaskRow } from './tasks.dto.ts';

interface Pace {
  readonly done: number;
  readonly total: number;
  readonly rate: number;
}

/** At the rate so far, in whole seconds; null where there is none. */
const secondsLeft = ({ done, total, rate }: Pace): number | null =>
  rate > 0 ? Math.max(0, Math.ceil((total - done) / rate)) : null;

export const taskRow = ({ requestHash: _hash, way: _way, ...task }: Task): TaskRow => ({
  ...task,
  secondsLeft: task.state === 'running' ? secondsLeft(task) : null,
});

const rebuildRow = (rebuild: ProjectionStatus['rebuild']): ProjectionRow['rebuild'] =>
  rebuild && { ...rebuild, secondsLeft: rebuild.state === 'left' ? null : secondsLeft(rebuild) };

interface Both {
  readonly eventStore: EventStore;
  readonly readStore: ReadStore;
}

async function projectionRow(stores: Both, projection: Projection): Promise<ProjectionRow> {
  const status = await projectionStatus(stores, projection);
  const task = await latestTask(stores.readStore, projection);
  return { ...status, rebuild: rebuildRow(status.rebuild), task: task && taskRow(task) };
}

/** None is known where the file it is kept in is damaged, which the status says. */
async function latestTask(readStore: ReadStore, projection: Projection): Promise<Task | null> {
  try {
    return (await readTasks(readStore, projection)).current;
  } catch (error) {
    if (error instanceof ReadStoreDamaged) return null;
    throw error;
  }
}

/** How every read model stands, and what operators have asked of it. */
export async function projectionList(stores: Both): Promise<ProjectionList> {
  return { items: await Promise.all(allProjections.map((one) => projectionRow(stores, one))) };
}
