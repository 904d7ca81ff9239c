import type { ReadStore } from '#read-store';
import { findLedger } from '../ledger/record.ts';
import { NothingToRollBackTo } from '../ledger/rebuilding.ts';
import type { Projection } from '../projection.ts';
import { abortRebuild } from '../rebuilding/claim.ts';
import {
  asked,
  askedBefore,
  isOpen,
  NO_TASKS,
  NothingToCallOff,
  takenBack,
  taskCalledOff,
  TaskUnderWay,
  type Asked,
  type Asker,
  type Task,
  type TaskKind,
  type Tasks,
} from './task.ts';
import { changeTasks, readTasks } from './task-record.ts';

interface Asking {
  readonly kind: TaskKind;
  readonly by: Asker;
  /** The same id is the same task, asked for once. */
  readonly idOf: (projection: Projection) => string;
  /** Of all that is asked for under the key the ids are made of; null where they are of no key. */
  readonly requestHash?: string | null;
}

/**
 * Asks whoever runs these projections, in whatever process, to do something with each; it begins
 * within a second. Either of all of them or of none. What was asked for before is not done again.
 * @throws TaskUnderWay @throws TaskKeyReused @throws NothingToRollBackTo
 */
export async function askFor(
  readStore: ReadStore,
  projections: readonly Projection[],
  { kind, by, idOf, requestHash = null }: Asking,
): Promise<readonly Task[]> {
  for (const one of projections) {
    await requireFree(readStore, one, { kind, id: idOf(one), requestHash });
  }
  const given: (Asked & { readonly projection: Projection })[] = [];
  const tasks: Task[] = [];
  try {
    for (const projection of projections) {
      const asking = { id: idOf(projection), requestHash, kind, by, at: new Date().toISOString() };
      let before = NO_TASKS;
      const after = await changeTasks(readStore, projection, (now) =>
        asked((before = now), asking),
      );
      if (after !== before) given.push({ projection, id: asking.id, before });
      tasks.push(askedBefore(after, asking) as Task);
    }
  } catch (error) {
    // Another was first with one of them: the key is to be spent on none.
    const calledOff = { by: by.account, at: new Date().toISOString() };
    for (const { projection, ...one } of given) {
      const back = (now: Tasks): Tasks => takenBack(now, one, calledOff);
      await changeTasks(readStore, projection, back).catch(() => undefined);
    }
    throw error;
  }
  return tasks;
}

async function requireFree(
  readStore: ReadStore,
  projection: Projection,
  asking: Pick<Task, 'kind' | 'id' | 'requestHash'>,
): Promise<void> {
  const { name } = projection;
  const ledger = await findLedger(readStore, projection);
  const tasks = await readTasks(readStore, projection);
  if (askedBefore(tasks, asking)) return;
  const { current } = tasks;
  if (isOpen(current)) throw new TaskUnderWay(`${name}: ${current.kind} is ${current.state}`);
  if (ledger?.next && ledger.next.state !== 'left') {
    throw new TaskUnderWay(`${name} is being rebuilt by ${ledger.next.holder}`);
  }
  if (asking.kind === 'rollback' && !ledger?.previous) {
    throw new NothingToRollBackTo(`${name}: the previous collection is gone`);
  }
}

/** False where nothing that was asked for is under way. */
async function callOffTask(
  readStore: ReadStore,
  projection: Projection,
  account: string,
): Promise<boolean> {
  const at = new Date().toISOString();
  return changeTasks(readStore, projection, (now) => taskCalledOff(now, account, at)).then(
    () => true,
    (error: unknown) => {
      if (error instanceof NothingToCallOff) return false;
      throw error;
    },
  );
}

/**
 * Calls off what was asked of a projection, and its rebuild whoever has begun it. What runs stops
 * within seconds; nothing of a rebuild is kept.
 * @throws NothingToCallOff
 */
export async function callOff(
  readStore: ReadStore,
  projection: Projection,
  account: string,
): Promise<void> {
  const wasAsked = await callOffTask(readStore, projection, account);
  const wasRebuilt = await abortRebuild(readStore, projection);
  if (!wasAsked && !wasRebuilt)
    throw new NothingToCallOff(`${projection.name}: nothing is under way`);
}
