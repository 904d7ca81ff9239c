import type { Worker } from 'node:worker_threads';
import type { Database } from 'better-sqlite3';
import { crossed, startThread } from '#threads';
import { EventStoreUnavailable } from '../port.ts';
import { createGroupWriter, type Call, type Outcome } from './write-group.ts';
import type { Answer, Order, Writing } from './writer-thread.ts';

/** Who writes a group, one after another: durable when it settles. */
export interface Writer {
  /** @throws Error it is unknown whether anything was written */
  write(calls: readonly Call[]): Promise<readonly Outcome[]>;
  /** To be called when nothing is being written. */
  close(): Promise<void>;
}

/** Writes in the calling thread, which waits for the disk: for a process that has nothing else to do. */
export function createWriterHere(db: Database): Writer {
  const write = createGroupWriter(db);
  return {
    // Async, so that what it throws rejects.
    write: async (calls) => Promise.resolve(write(calls)),
    close: () => Promise.resolve(),
  };
}

interface Waiting {
  resolve(outcomes: readonly Outcome[]): void;
  reject(error: Error): void;
}

/** A group is some hundreds of events of a kilobyte or two. */
const HEAP_MIB = 128;

/**
 * Writes in a thread of its own, so that whoever answers requests does not stand still while rows are
 * inserted and the disk is waited for. A thread that ended is replaced with the next group.
 */
export function createWriterBeside(writing: Writing): Writer {
  // Started at once: whoever writes first does not wait for it.
  let hand = startHand(writing);
  return {
    write: (calls) => {
      if (hand.isBroken()) hand = startHand(writing);
      return hand.write(calls);
    },
    close: () => hand.end(),
  };
}

function startHand(writing: Writing) {
  const data = { data: writing, heapMib: HEAP_MIB };
  const worker: Worker = startThread('./writer-thread', import.meta.url, data);
  let waiting: Waiting | undefined;
  let broken = false;
  /** Keeps the process alive while a group is being written, and not longer. */
  const free = () => {
    const one = waiting;
    waiting = undefined;
    worker.unref();
    return one;
  };
  const fail = (cause: unknown): void => {
    broken = true;
    const message = 'event log: the thread that writes has ended';
    free()?.reject(new EventStoreUnavailable(message, { cause }));
  };
  worker.on('message', (answer: Answer) => {
    const one = free();
    if ('outcomes' in answer) one?.resolve(answer.outcomes);
    else one?.reject(crossed(answer.error));
  });
  worker.on('error', fail);
  worker.on('exit', fail);
  return {
    isBroken: () => broken,
    write: (calls: readonly Call[]): Promise<readonly Outcome[]> =>
      new Promise((resolve, reject) => {
        waiting = { resolve, reject };
        worker.ref();
        worker.postMessage(calls satisfies Order);
      }),
    end: async () => {
      await worker.terminate();
    },
  };
}
