import { Worker } from 'node:worker_threads';

/** Started from source, a thread reads source too, compiled as for every process that does. */
const FROM_SOURCE = [
  '--conditions=source',
  '--import',
  new URL('../../test/support/run-ts.mjs', import.meta.url).href,
];

export interface ThreadOptions {
  /** What the thread is given, by structured clone. */
  readonly data: unknown;
  /** Heap it may have, in MiB; beyond it the thread ends, and no other. */
  readonly heapMib: number;
}

/**
 * Starts a thread that does not keep the process from ending.
 * @param module the thread's, beside the caller's, without its ending: `./reader-thread`
 * @param caller `import.meta.url` of whoever starts it
 */
export function startThread(
  module: string,
  caller: string,
  { data, heapMib }: ThreadOptions,
): Worker {
  const isSource = caller.endsWith('.ts');
  const worker = new Worker(new URL(`${module}.${isSource ? 'ts' : 'js'}`, caller), {
    workerData: data,
    // None of the options of this process: some cannot be given to a thread.
    execArgv: isSource ? FROM_SOURCE : [],
    resourceLimits: { maxOldGenerationSizeMb: heapMib },
  });
  worker.unref();
  return worker;
}
