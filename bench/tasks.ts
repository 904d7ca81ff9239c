import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

/** What one measurement in a process of its own found. */
export interface Measured {
  /** What was timed, without starting the process. */
  readonly seconds: number;
  /** Greatest resident memory of the process, bytes, as the system counts it. */
  readonly rss: number;
  /** Greatest heap seen, bytes; garbage not yet collected counts. */
  readonly heap: number;
  /** Further figures of a task. */
  readonly more: Readonly<Record<string, number>>;
}

/** What a process may have. */
export interface Limits {
  readonly heapMib: number;
}

const TASK = fileURLToPath(new URL('./task.js', import.meta.url));

/** Runs one task of `task.ts` in a fresh process: nothing is warm, no garbage is inherited. @throws Error when it fails */
export async function inProcess(
  task: string,
  ...given: readonly (string | Limits)[]
): Promise<Measured> {
  const args = given.filter((one) => typeof one === 'string');
  const limits = given.find((one) => typeof one === 'object');
  const execArgv = limits ? [`--max-old-space-size=${limits.heapMib}`] : [];
  const child = fork(TASK, [task, ...args], { execArgv });
  const exited = once(child, 'exit');
  const message = await Promise.race([once(child, 'message'), exited.then(() => undefined)]);
  if (message === undefined) throw new Error(`${task} ended without a result`);
  await exited;
  return message[0] as Measured;
}
