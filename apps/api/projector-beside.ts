import { once } from 'node:events';
import type { Worker } from 'node:worker_threads';
import type { Config } from '#config';
import type { Follower } from '#projections';
import { startThread } from '#threads';
import type { Order, Told } from './projector-thread.ts';

/** Heap of the thread, in MiB: what it takes to fill a read model anew, and more. */
const HEAP_MIB = 512;
/** Before a thread that ended by itself is started again, in milliseconds. */
const PAUSE_MS = 1000;

/**
 * Runs the projections beside this process's own work, in a thread with connections of its own: what
 * they write no command waits for. One that ends by itself is started again.
 */
export function startProjector(
  config: Config,
  { log, onAstray }: Pick<Follower, 'log'> & Required<Pick<Follower, 'onAstray'>>,
) {
  const order = (to: Worker, given: Order): void => to.postMessage(given);
  const hear = (from: Worker, told: Told): void => {
    if (told.kind === 'log') {
      log(told.level, told.message, told.detail);
      return;
    }
    onAstray(told.known).then(
      () => order(from, { kind: 'seen-to' }),
      (error: unknown) => order(from, { kind: 'seen-to', error: String(error) }),
    );
  };
  let worker: Worker | undefined;
  let again: NodeJS.Timeout | undefined;
  let isStopping = false;
  const start = (): void => {
    const data = structuredClone(config);
    const one = startThread('./projector-thread', import.meta.url, { data, heapMib: HEAP_MIB });
    one.on('message', (told: Told) => hear(one, told));
    one.on('error', (error: Error) => {
      log('error', 'projector: the thread has ended; it is started again', {
        error: String(error),
      });
    });
    one.on('exit', () => {
      worker = undefined;
      if (!isStopping) again = setTimeout(start, PAUSE_MS).unref();
    });
    worker = one;
  };
  start();
  const stop = async (): Promise<void> => {
    isStopping = true;
    clearTimeout(again);
    if (!worker) return;
    const ended = once(worker, 'exit');
    worker.ref();
    order(worker, { kind: 'stop' });
    await ended;
  };
  return { stop };
}
