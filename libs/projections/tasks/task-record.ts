import type { Doc, ReadStore } from '#read-store';
import type { Projection } from '../projection.ts';
import { NO_TASKS, type Tasks } from './task.ts';

/** A record of the store and of none of its collections, as the ledger is. */
const keyOf = ({ name }: Projection): string => `tasks/${name}`;

const read = async (readStore: ReadStore, projection: Projection) => {
  const record = await readStore.readRecord(keyOf(projection));
  const tasks = record ? (record.value as unknown as Tasks) : NO_TASKS;
  return { tasks, version: record?.version ?? 0 };
};

/** What operators have asked of a projection. */
export const readTasks = async (readStore: ReadStore, projection: Projection): Promise<Tasks> =>
  (await read(readStore, projection)).tasks;

/**
 * Read, transition, compare and set; again where another was first. What the transition throws is
 * thrown, and nothing is written.
 */
export async function changeTasks(
  readStore: ReadStore,
  projection: Projection,
  transition: (before: Tasks) => Tasks,
): Promise<Tasks> {
  for (;;) {
    const { tasks: before, version } = await read(readStore, projection);
    const after = transition(before);
    if (after === before) return after;
    const value = after as unknown as Doc;
    const written = await readStore.writeRecord(keyOf(projection), value, version, 'durable');
    if (written) return after;
  }
}
