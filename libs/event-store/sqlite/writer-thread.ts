import { parentPort, workerData } from 'node:worker_threads';
import { crossing, type Crossed } from '#threads';
import { openDatabase } from './database.ts';
import { createGroupWriter, type Call, type Outcome } from './write-group.ts';

/** What the thread is given: the log's file, which is there. */
export interface Writing {
  readonly path: string;
  readonly busyTimeoutMs: number;
}

/** What it is told: one group, answered in order. */
export type Order = readonly Call[];

export type Answer = { readonly outcomes: readonly Outcome[] } | { readonly error: Crossed };

const { path, busyTimeoutMs } = workerData as Writing;
const write = createGroupWriter(openDatabase(path, busyTimeoutMs));

function answerTo(order: Order): Answer {
  try {
    return { outcomes: write(order) };
  } catch (error) {
    return { error: crossing(error) };
  }
}

parentPort?.on('message', (order: Order) => parentPort?.postMessage(answerTo(order)));
