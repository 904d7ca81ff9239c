import { randomBytes } from 'node:crypto';
import { getEnvironmentData, setEnvironmentData } from 'node:worker_threads';

const KEY = 'so-chung-thuc:process-mark';

/**
 * The same in every thread of this process and in no other process, also where that one has the same
 * id: in a container that is started again it has. Whoever starts a thread has loaded this file
 * before, and a thread begins with what was made there.
 */
export const processMark: string = handedOn() ?? made();

function handedOn(): string | undefined {
  const known = getEnvironmentData(KEY);
  return typeof known === 'string' ? known : undefined;
}

function made(): string {
  const mark = randomBytes(4).toString('hex');
  setEnvironmentData(KEY, mark);
  return mark;
}
