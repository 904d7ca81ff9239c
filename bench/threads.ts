import { readdirSync, readFileSync } from 'node:fs';

/** Of a second; the same on every Linux that Node runs on. */
const TICKS = 100;
const LOOK_MS = 20;

const tasksOf = (pid: number): string => `/proc/${pid}/task`;

/** Processor seconds of one thread so far (proc(5): utime and stime). */
function secondsOf(tasks: string, thread: string): number {
  const fields = readFileSync(`${tasks}/${thread}/stat`, 'utf8').split(') ').at(-1)?.split(' ');
  return (Number(fields?.[11]) + Number(fields?.[12])) / TICKS;
}

function look(pid: number, seconds: Map<string, number>): void {
  const tasks = tasksOf(pid);
  for (const thread of readdirSync(tasks)) {
    try {
      seconds.set(thread, secondsOf(tasks, thread));
    } catch {
      // It has just ended: what it had before is known.
    }
  }
}

/** Processor seconds of a process's threads. NaN where the system does not tell. */
export interface Spent {
  /** Of the thread that JavaScript begins in. */
  readonly main: number;
  readonly busiest: number;
  readonly all: number;
}

/** What the work comes to, and what the threads of a process took of the processor meanwhile. */
export async function spentBy<T>(
  pid: number,
  work: () => Promise<T>,
): Promise<{ readonly result: T; readonly spent: Spent }> {
  if (process.platform !== 'linux') {
    return {
      result: await work(),
      spent: { main: Number.NaN, busiest: Number.NaN, all: Number.NaN },
    };
  }
  const [before, seconds] = [new Map<string, number>(), new Map<string, number>()];
  look(pid, before);
  const looking = setInterval(() => look(pid, seconds), LOOK_MS);
  const result = await work();
  clearInterval(looking);
  look(pid, seconds);
  const each = new Map([...seconds].map(([id, sum]) => [id, sum - (before.get(id) ?? 0)]));
  const spent = {
    main: each.get(String(pid)) ?? Number.NaN,
    busiest: Math.max(...each.values()),
    all: [...each.values()].reduce((sum, one) => sum + one, 0),
  };
  return { result, spent };
}

/**
 * Processor seconds of the busiest thread of this process while the work was done: how long the work
 * would take on a machine with a core for each.
 */
export const busiestThread = async (work: () => Promise<unknown>): Promise<number> =>
  (await spentBy(process.pid, work)).spent.busiest;
