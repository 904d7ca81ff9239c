import { Fenced } from '#read-store';
import type { Holder } from '../ledger/holder.ts';
import { RebuildAborted, RebuildRunning, wayBack } from '../ledger/rebuilding.ts';
import { requireLedger } from '../ledger/record.ts';
import { every } from '../following/every.ts';
import type { Follower } from '../following/follower.ts';
import type { Projection } from '../projection.ts';
import { abortRebuild } from '../rebuilding/claim.ts';
import { does, isDoneTogether, type Taken } from './do-task.ts';
import {
  begun,
  ended,
  isOpen,
  progressed,
  released,
  TaskCalledOff,
  TaskLost,
  type Findings,
} from './task.ts';
import { changeTasks, readTasks } from './task-record.ts';

/** How soon what is asked for is begun; and how often it is told how far it is, and heard that it is called off. */
const LOOK_MS = 1000;
/** What another process is still at is waited for so often. */
const MOST_ATTEMPTS = 5;

interface Doer {
  readonly follower: Follower;
  readonly holder: Holder;
  /** What this process runs at the moment. */
  readonly held: () => readonly Projection[];
  /** Called when read models may have changed under whoever follows. */
  readonly onDone: () => void;
}

/** Does what operators ask of the projections this process runs: one kind of task at a time. */
export function keepDoing(doer: Doer): () => Promise<void> {
  const stopping = new AbortController();
  let under: Promise<void> = Promise.resolve();
  const stopLooking = every(LOOK_MS, () => {
    under = look(doer, stopping.signal).catch((error: unknown) => {
      doer.follower.log('error', 'projector: a task could not be looked after', {
        error: String(error),
      });
    });
    return under;
  });
  return async () => {
    stopLooking();
    stopping.abort();
    await under;
  };
}

async function look(doer: Doer, signal: AbortSignal): Promise<void> {
  const open: Taken[] = [];
  for (const projection of doer.held()) {
    const { current } = await readTasks(doer.follower.readStore, projection);
    if (isOpen(current)) open.push({ projection, task: current });
  }
  const [first] = open;
  if (!first) return;
  const same = open.filter(({ task }) => task.kind === first.task.kind);
  const turns = isDoneTogether(first.task.kind) ? [same] : same.map((one) => [one]);
  for (const turn of turns) {
    if (signal.aborted) return;
    const taken = await takeUp(doer, turn);
    const wanted = taken.filter(({ task }) => task.state !== 'calling-off');
    for (const one of taken.filter((other) => !wanted.includes(other))) await giveUp(doer, one);
    if (wanted.length > 0) await doAll(doer, wanted, signal);
  }
}

/** Those that are still open, of what this process still runs. */
async function takeUp(doer: Doer, open: readonly Taken[]): Promise<readonly Taken[]> {
  const { readStore } = doer.follower;
  const taken: Taken[] = [];
  for (const { projection, task } of open) {
    if (!doer.held().includes(projection)) continue;
    const ledger = task.kind === 'rollback' && (await requireLedger(readStore, projection));
    const way = ledger ? wayBack(ledger) : null;
    const taking = { id: task.id, holder: doer.holder.name, at: new Date().toISOString(), way };
    const { current } = await changeTasks(readStore, projection, (now) => begun(now, taking));
    if (isOpen(current) && current.id === task.id) taken.push({ projection, task: current });
  }
  return taken;
}

async function doAll(doer: Doer, taken: readonly Taken[], signal: AbortSignal): Promise<void> {
  const { follower } = doer;
  const kind = taken[0]?.task.kind ?? 'verify';
  const names = taken.map(({ projection }) => projection.name);
  follower.log('info', 'projector: doing what an operator has asked for', { kind, names });
  const telling = keepTelling(doer, taken, signal);
  try {
    const findings = await does[kind]({ follower, ...telling }, taken);
    await telling.stop();
    for (const [index, one] of taken.entries()) await finish(doer, one, findings[index] ?? null);
  } catch (error) {
    await telling.stop();
    const reason: unknown = telling.signal.aborted ? telling.signal.reason : error;
    for (const one of taken) await settle(doer, one, reason);
  } finally {
    doer.onDone();
  }
}

const finish = (doer: Doer, { projection, task }: Taken, findings: Findings | null) => {
  const at = new Date().toISOString();
  return unlessLost(
    changeTasks(doer.follower.readStore, projection, (now) =>
      ended(now, task, { state: 'done', error: null, findings, at }),
    ),
  );
};

const unlessLost = (changing: Promise<unknown>): Promise<unknown> =>
  changing.catch((error: unknown) => {
    if (!(error instanceof TaskLost)) throw error;
  });

/** What becomes of a task that did not come to its end. */
async function settle(doer: Doer, taken: Taken, reason: unknown): Promise<void> {
  const { readStore, log } = doer.follower;
  const { projection, task } = taken;
  const { name } = projection;
  const { current } = await readTasks(readStore, projection);
  if (current?.state === 'calling-off') return giveUp(doer, taken);
  const isOthers = reason instanceof RebuildAborted && reason.projection !== name;
  // Fenced: another process has begun it, too, and the next attempt finds what became of that.
  const isMet = reason instanceof RebuildRunning || reason instanceof Fenced;
  const isBusy = isMet && task.attempts < MOST_ATTEMPTS;
  const isStopped = reason instanceof Stopped || reason instanceof TaskCalledOff;
  if (isOthers || isBusy || isStopped) {
    await unlessLost(changeTasks(readStore, projection, (now) => released(now, task)));
    return;
  }
  const isOff = reason instanceof RebuildAborted;
  const error = isOff ? null : String(reason);
  if (!isOff) log('error', 'projector: a task failed', { name, kind: task.kind, error });
  const outcome = { state: isOff ? 'called-off' : 'failed', error, findings: null } as const;
  const at = new Date().toISOString();
  await unlessLost(
    changeTasks(readStore, projection, (now) => ended(now, task, { ...outcome, at })),
  );
}

/** It was called off: nothing of it is left. */
async function giveUp(doer: Doer, { projection, task }: Taken): Promise<void> {
  const { readStore } = doer.follower;
  if (task.kind === 'rebuild') await abortRebuild(readStore, projection);
  const outcome = { state: 'called-off', error: null, findings: null } as const;
  const at = new Date().toISOString();
  await unlessLost(
    changeTasks(readStore, projection, (now) => ended(now, task, { ...outcome, at })),
  );
}

/** The process ends, or no longer runs the projection. */
class Stopped extends Error {
  override readonly name = 'Stopped';
}

/** Tells how far it is once a second, and hears when it is to stop. */
function keepTelling(doer: Doer, taken: readonly Taken[], stopped: AbortSignal) {
  const { follower, held } = doer;
  const ending = new AbortController();
  const began = performance.now();
  let latest = { done: 0, total: 0 };
  let first: number | undefined;
  const onStopped = (): void => ending.abort(new Stopped('the process ends'));
  stopped.addEventListener('abort', onStopped, { once: true });
  // What was told before is not told again.
  if (stopped.aborted) onStopped();

  const tell = async ({ projection, task }: Taken): Promise<void> => {
    if (!held().includes(projection)) ending.abort(new Stopped('another process runs it'));
    const seconds = (performance.now() - began) / 1000;
    const rate = Math.round((latest.done - (first ?? 0)) / seconds);
    await changeTasks(follower.readStore, projection, (now) =>
      progressed(now, task, { ...latest, rate }),
    ).catch((error: unknown) => {
      // A store that is away for a moment takes the next telling.
      if (error instanceof TaskCalledOff || error instanceof TaskLost) ending.abort(error);
    });
  };
  let telling: Promise<unknown> = Promise.resolve();
  const stopTelling = every(LOOK_MS, async () => {
    telling = Promise.all(taken.map(tell));
    await telling;
  });
  return {
    signal: ending.signal,
    onProgress: (done: number, total: number): void => {
      first ??= done;
      latest = { done, total };
    },
    stop: async (): Promise<void> => {
      stopTelling();
      stopped.removeEventListener('abort', onStopped);
      await telling;
    },
  };
}
