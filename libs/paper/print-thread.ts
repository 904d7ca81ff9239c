import { parentPort, workerData } from 'node:worker_threads';
import type { Format, PrintOrder } from './order.ts';
import { Print, type Printed } from './print.ts';
import type { PaperRow } from './row.ts';

/** What the thread is given. */
export interface Task {
  readonly path: string;
  readonly format: Format;
  readonly order: PrintOrder;
}

/** What it is told: rows in their order, then the end of them. */
export type Told = { readonly rows: readonly PaperRow[] } | { readonly end: true };
/** What it says after each. */
export type Said =
  | { readonly kind: 'taken' }
  | { readonly kind: 'printed'; readonly printed: Printed }
  | { readonly kind: 'failed'; readonly message: string };

const { path, format, order } = workerData as Task;
const print = new Print(path, format, order);
const say = (said: Said): void => parentPort?.postMessage(said);

async function take(told: Told): Promise<void> {
  if ('end' in told) {
    say({ kind: 'printed', printed: await print.finish() });
    return;
  }
  await print.print(told.rows);
  say({ kind: 'taken' });
}

parentPort?.on('message', (told: Told) => {
  take(told).catch(async (error: unknown) => {
    await print.abandon().catch(() => undefined);
    say({ kind: 'failed', message: error instanceof Error ? error.message : String(error) });
  });
});
