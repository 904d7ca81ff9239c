import { createRequire } from 'node:module';
import { Worker } from 'node:worker_threads';
import { crossed } from '#threads';
import { loadThread, type Answer, type Order, type Work } from './load-thread.ts';

/** A thread that fills a file. */
export interface Loader {
  /** Answers in the order of asking. @throws what went wrong, and again with every later call */
  readonly ask: (order: Order) => Promise<readonly string[]>;
  readonly end: () => Promise<void>;
}

/** Resolved here: the thread's text has no place of its own to look from. */
const DRIVER = createRequire(import.meta.url).resolve('better-sqlite3');

const SCRIPT = `
  const { closeSync, existsSync, fsyncSync, openSync } = require('node:fs');
  const { parentPort, workerData } = require('node:worker_threads');
  const Database = require(workerData.driver);
  const flush = (path) => {
    // Gone where another has dropped the collection, which is then told by giving it its name.
    if (!existsSync(path)) return;
    const handle = openSync(path, 'r+');
    fsyncSync(handle);
    closeSync(handle);
  };
  const open = (path) => new Database(path, { fileMustExist: true });
  (${loadThread.toString()})({ port: parentPort, open, flush }, workerData.work);
`;

interface Asked {
  resolve(found: readonly string[]): void;
  reject(error: unknown): void;
}

export function startLoader(work: Work): Loader {
  // None of the options of this process: the script needs none, and some cannot be given to a thread.
  const worker = new Worker(SCRIPT, {
    eval: true,
    execArgv: [],
    workerData: { driver: DRIVER, work },
  });
  const asked: Asked[] = [];
  let broken: Error | undefined;

  const fail = (error: Error): void => {
    broken ??= error;
    for (const one of asked.splice(0)) one.reject(broken);
  };
  worker.on('message', (answer: Answer) => {
    if ('error' in answer) {
      fail(crossed(answer.error));
    } else asked.shift()?.resolve(answer.found);
  });
  worker.on('error', fail);
  worker.on('exit', () => fail(new Error('the thread that fills the collection has ended')));

  return {
    ask: (order) =>
      new Promise((resolve, reject) => {
        if (broken) throw broken;
        asked.push({ resolve, reject });
        worker.postMessage(order);
      }),
    end: async () => {
      await worker.terminate();
    },
  };
}
