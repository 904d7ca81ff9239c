import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { LoadAnswer, LoadOrder } from './load.ts';

const LOAD = fileURLToPath(new URL('./load.js', import.meta.url));

/** Runs the load in a process of its own, whatever it is answered. */
export async function runLoad(order: LoadOrder): Promise<LoadAnswer> {
  const child = fork(LOAD, [JSON.stringify(order)]);
  const exited = once(child, 'exit');
  const message = await Promise.race([once(child, 'message'), exited.then(() => undefined)]);
  if (message === undefined) throw new Error('the load ended without a result');
  await exited;
  return message[0] as LoadAnswer;
}
