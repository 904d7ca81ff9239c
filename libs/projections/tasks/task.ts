import type { Difference } from '../checking/compare.ts';
import type { EventName } from '../ledger/ledger.ts';
import type { WayBack } from '../ledger/rebuilding.ts';

/** What may be asked of whoever runs a projection. */
export const taskKinds = ['rebuild', 'rollback', 'verify', 'repair'] as const;
export type TaskKind = (typeof taskKinds)[number];

/** `calling-off`: whoever is at it has not stopped yet. */
export const taskStates = [
  'waiting',
  'running',
  'calling-off',
  'done',
  'failed',
  'called-off',
] as const;
export type TaskState = (typeof taskStates)[number];

/** Who asks, and why. */
export interface Asker {
  readonly account: string;
  readonly name: string;
  readonly reason: string;
}

/** What a verification or a repair has found. */
export interface Findings {
  /** Documents compared. */
  readonly documents: number;
  /** Documents that differed; `differences` names the first of them. */
  readonly found: number;
  /** Null: nothing was to be put right. */
  readonly repaired: number | null;
  /** Documents that still differ. */
  readonly left: number;
  readonly differences: readonly Difference[];
  /** Events that were skipped or set aside: nothing is said of them. */
  readonly notJudged: readonly EventName[];
}

/** What an operator has asked for, by whatever process, and how far whoever runs the projection is with it. */
export interface Task {
  readonly id: string;
  /** Of what was asked under the key that made the id. Null without one; older records have none. */
  readonly requestHash?: string | null;
  readonly kind: TaskKind;
  readonly by: Asker;
  /** ISO 8601 UTC, as are the others. */
  readonly askedAt: string;
  readonly state: TaskState;
  /** The process that is at it. */
  readonly holder: string | null;
  /** How often it was begun: a process may end meanwhile. */
  readonly attempts: number;
  /** Of a rollback, since it was first begun: begun again it goes the same way, and none that undoes it. */
  readonly way?: WayBack | null;
  /** Events read, of about how many, and how many a second. */
  readonly done: number;
  readonly total: number;
  readonly rate: number;
  readonly startedAt: string | null;
  readonly endedAt: string | null;
  readonly calledOffBy: string | null;
  readonly error: string | null;
  readonly findings: Findings | null;
}

/** The tasks of one projection: the latest, and those before it, latest first. */
export interface Tasks {
  readonly current: Task | null;
  readonly past: readonly Task[];
}

export const NO_TASKS: Tasks = { current: null, past: [] };

/** Those before the latest that are remembered. */
const MOST_PAST = 50;

/** Something asked of this projection is not done yet; nothing was changed. */
export class TaskUnderWay extends Error {
  override readonly name = 'TaskUnderWay';
}

/** The key was spent on another request; nothing was changed. */
export class TaskKeyReused extends Error {
  override readonly name = 'TaskKeyReused';
}

/** There is nothing to be called off; nothing was changed. */
export class NothingToCallOff extends Error {
  override readonly name = 'NothingToCallOff';
}

/** An operator has called it off. */
export class TaskCalledOff extends Error {
  override readonly name = 'TaskCalledOff';
}

/** Another process is at it by now. */
export class TaskLost extends Error {
  override readonly name = 'TaskLost';
}

/** One that has not come to its end. */
type Open = Task & { readonly state: 'waiting' | 'running' | 'calling-off' };

export const isOpen = (task: Task | null): task is Open =>
  task !== null && ['waiting', 'running', 'calling-off'].includes(task.state);

/**
 * The task of that id, which is also known when others have been asked for since. One of an older
 * version, without a hash, is whatever is asked for again.
 * @throws TaskKeyReused
 */
export function askedBefore(
  { current, past }: Tasks,
  { id, requestHash }: Pick<Task, 'id' | 'requestHash'>,
): Task | undefined {
  const found = current?.id === id ? current : past.find((one) => one.id === id);
  if (found?.requestHash && found.requestHash !== requestHash) {
    throw new TaskKeyReused(`${found.kind} was asked for under this key`);
  }
  return found;
}

/** @throws TaskUnderWay @throws TaskKeyReused */
export function asked(
  tasks: Tasks,
  { at, ...asking }: Pick<Task, 'id' | 'requestHash' | 'kind' | 'by'> & { readonly at: string },
): Tasks {
  const { current, past } = tasks;
  if (askedBefore(tasks, asking)) return tasks;
  if (isOpen(current)) throw new TaskUnderWay(`${current.kind} is ${current.state}`);
  const nothing = { holder: null, startedAt: null, endedAt: null, calledOffBy: null };
  const figures = { attempts: 0, done: 0, total: 0, rate: 0, error: null, findings: null };
  const task: Task = { ...asking, askedAt: at, state: 'waiting', ...nothing, ...figures };
  return { current: task, past: current ? [brief(current), ...past].slice(0, MOST_PAST) : past };
}

/** Of what is past the figures are kept, and not each finding. */
const brief = (task: Task): Task =>
  task.findings
    ? { ...task, findings: { ...task.findings, differences: [], notJudged: [] } }
    : task;

/** Which task is taken up, by which process; and for a rollback, the way back there is. */
export interface Taking extends Pick<Task, 'id' | 'holder' | 'way'> {
  readonly at: string;
}

/** The process takes it up: what waits, and what another was at that no longer runs the projection. */
export function begun(tasks: Tasks, { id, holder, at, way = null }: Taking): Tasks {
  const { current } = tasks;
  if (!isOpen(current) || current.id !== id || current.holder === holder) return tasks;
  if (current.state === 'calling-off') return { ...tasks, current: { ...current, holder } };
  const startedAt = current.startedAt ?? at;
  const attempts = current.attempts + 1;
  // Begun by an older version it may have been done: no way is known then, and none is taken.
  const kept = current.attempts === 0 ? way : (current.way ?? null);
  const running = { state: 'running', holder, startedAt, attempts, way: kept } as const;
  return { ...tasks, current: { ...current, ...running } };
}

/** @throws TaskLost */
function mineOf({ current }: Tasks, { id, holder }: Pick<Task, 'id' | 'holder'>): Task {
  if (!isOpen(current) || current.id !== id || current.holder !== holder) throw new TaskLost(id);
  return current;
}

/** How far it is. @throws TaskLost @throws TaskCalledOff */
export function progressed(
  tasks: Tasks,
  mine: Pick<Task, 'id' | 'holder'>,
  figures: Pick<Task, 'done' | 'total' | 'rate'>,
): Tasks {
  const current = mineOf(tasks, mine);
  if (current.state === 'calling-off') throw new TaskCalledOff(current.id);
  return { ...tasks, current: { ...current, ...figures } };
}

/** It has come to its end, one way or the other. @throws TaskLost */
export function ended(
  tasks: Tasks,
  mine: Pick<Task, 'id' | 'holder'>,
  { at, ...outcome }: Pick<Task, 'state' | 'error' | 'findings'> & { readonly at: string },
): Tasks {
  return { ...tasks, current: { ...mineOf(tasks, mine), ...outcome, rate: 0, endedAt: at } };
}

/** Nobody is at it for now: it waits to be taken up again. @throws TaskLost */
export function released(tasks: Tasks, mine: Pick<Task, 'id' | 'holder'>): Tasks {
  const current = mineOf(tasks, mine);
  if (current.state === 'calling-off') return { ...tasks, current: { ...current, holder: null } };
  return { ...tasks, current: { ...current, state: 'waiting', holder: null, rate: 0 } };
}

/** What was asked of a projection, and what stood there before it. */
export interface Asked {
  readonly id: string;
  readonly before: Tasks;
}

/** As if it had not been asked; where it was begun by now it is called off. */
export function takenBack(
  tasks: Tasks,
  { id, before }: Asked,
  calledOff: { readonly by: string; readonly at: string },
): Tasks {
  const { current } = tasks;
  if (current?.id !== id || !isOpen(current)) return tasks;
  const isUntouched = current.state === 'waiting' && current.attempts === 0;
  return isUntouched ? before : taskCalledOff(tasks, calledOff.by, calledOff.at);
}

/** @throws NothingToCallOff */
export function taskCalledOff(tasks: Tasks, account: string, at: string): Tasks {
  const { current } = tasks;
  if (!isOpen(current)) throw new NothingToCallOff('nothing asked for is under way');
  if (current.state === 'calling-off') return tasks;
  const calledOffBy = account;
  if (current.state === 'running') {
    return { ...tasks, current: { ...current, state: 'calling-off', calledOffBy } };
  }
  return { ...tasks, current: { ...current, state: 'called-off', calledOffBy, endedAt: at } };
}
