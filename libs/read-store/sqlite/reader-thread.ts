import { parentPort, workerData } from 'node:worker_threads';
import { crossing, type Crossed } from '#threads';
import type { CollectionSpec, Query } from '../port.ts';
import { openForReading } from './database.ts';
import { filesBeside } from './files.ts';
import { createFind } from './find.ts';
import { openHomes } from './homes.ts';
import { createStatements } from './statements.ts';
import { whileStillAsked } from './still-asked.ts';

/** What a reader is given. */
export interface Reading {
  /** The store's own file, which is there. */
  readonly path: string;
  readonly busyTimeoutMs: number;
  /** One number, shared: the order that nobody waits for any more. */
  readonly dropped: Int32Array;
}

/** What the thread is told; each is answered once, in order. */
export type Order = { readonly id: number } & (
  | { readonly kind: 'find'; readonly spec: CollectionSpec; readonly query: Query }
  /** Closes the collection's file, which is about to go. */
  | { readonly kind: 'forget'; readonly name: string }
);

/** The page as JSON, which costs whoever waits for it least; none for other orders. */
export type Answer = { readonly page: string } | { readonly error: Crossed };

const { path, busyTimeoutMs, dropped } = workerData as Reading;
let current = 0;

const homes = openHomes(path, filesBeside(path), (file) => {
  const db = openForReading(file, busyTimeoutMs);
  whileStillAsked(db, () => {
    if (Atomics.load(dropped, 0) === current) throw new Error('nobody waits for this read');
  });
  const statements = createStatements(db);
  return { db, statements, find: createFind(db, statements) };
});

function carryOut(order: Order): string {
  current = order.id;
  if (order.kind === 'find') {
    return homes.of(order.spec.name).find(order.spec, order.query);
  }
  homes.forget(order.name);
  return '';
}

function answerTo(order: Order): Answer {
  try {
    return { page: carryOut(order) };
  } catch (error) {
    return { error: crossing(error) };
  }
}

parentPort?.on('message', (order: Order) => parentPort?.postMessage(answerTo(order)));
