import { readdirSync, readFileSync } from 'node:fs';

const TASKS = '/proc/self/task';
/** Of a second; the same on every Linux that Node runs on. */
const TICKS = 100;
const LOOK_MS = 20;

/** Processor seconds of one thread of this process so far (proc(5): utime and stime). */
function secondsOf(thread: string): number {
  const fields = readFileSync(`${TASKS}/${thread}/stat`, 'utf8').split(') ').at(-1)?.split(' ');
  return (Number(fields?.[11]) + Number(fields?.[12])) / TICKS;
}

function look(seconds: Map<string, number>): void {
  for (const thread of readdirSync(TASKS)) {
    try {
      seconds.set(thread, secondsOf(thread));
    } catch {
      // It has just ended: what it had before is known.
    }
  }
}

/**
 * Processor seconds of the busiest thread of this process while the work was done: how long the work
 * would take on a machine with a core for each. NaN where the system does not tell.
 */
export async function busiestThread(work: () => Promise<unknown>): Promise<number> {
  const [before, seconds] = [new Map<string, number>(), new Map<string, number>()];
  if (process.platform !== 'linux') {
    await work();
    return Number.NaN;
  }
  look(before);
  const looking = setInterval(() => look(seconds), LOOK_MS);
  await work();
  clearInterval(looking);
  look(seconds);
  return Math.max(...[...seconds].map(([id, spent]) => spent - (before.get(id) ?? 0)));
}
