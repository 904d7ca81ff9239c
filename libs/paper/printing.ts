import { rm } from 'node:fs/promises';
import { startThread } from '#threads';
import type { Printed } from './print.ts';
import type { Said, Task, Told } from './print-thread.ts';
import type { PaperRow } from './row.ts';

/** The file could not be written, or the thread that writes it has ended. Nothing is left of it. */
export class PrintFailed extends Error {
  override readonly name = 'PrintFailed';
}

/** A print holds some pages and words at a time, whatever the register's length. */
const HEAP_MIB = 512;

export interface Printing extends Task {
  /** Pages of rows, in order. */
  readonly rows: AsyncIterable<readonly PaperRow[]>;
  readonly signal: AbortSignal;
  /** Told how many rows are printed, after each page. */
  readonly onProgress: (rows: number) => void;
}

/**
 * Prints a register into a file, in a thread of its own: whoever else asks something meanwhile does
 * not wait for it. One page of rows is on its way at a time.
 * @throws PrintFailed @throws the signal's reason; no file is left then
 */
export async function printRegister({
  rows,
  signal,
  onProgress,
  ...task
}: Printing): Promise<Printed> {
  signal.throwIfAborted();
  const thread = new PrintThread(task);
  const stop = (): void => thread.stop(signal.reason);
  signal.addEventListener('abort', stop, { once: true });
  let done = 0;
  try {
    for await (const page of rows) {
      signal.throwIfAborted();
      await thread.ask({ rows: page });
      done += page.length;
      onProgress(done);
    }
    const said = await thread.ask({ end: true });
    if (said.kind !== 'printed') throw new PrintFailed('the thread ended without a file');
    return said.printed;
  } finally {
    signal.removeEventListener('abort', stop);
    await thread.end();
    await rm(`${task.path}.part`, { force: true });
  }
}

/** The thread, which answers one thing after another. */
class PrintThread {
  private readonly worker: ReturnType<typeof startThread>;
  private fail: (error: Error) => void = () => undefined;
  private broken: Error | undefined;

  constructor(data: Task) {
    this.worker = startThread('./print-thread', import.meta.url, { data, heapMib: HEAP_MIB });
    this.worker.on('error', (error) => this.break(new PrintFailed(String(error))));
    this.worker.on('exit', () => this.break(new PrintFailed('the thread has ended')));
  }

  ask(told: Told): Promise<Said> {
    return new Promise((resolve, reject) => {
      if (this.broken) {
        reject(this.broken);
        return;
      }
      this.fail = reject;
      this.worker.once('message', (said: Said) => {
        if (said.kind === 'failed') reject(new PrintFailed(said.message));
        else resolve(said);
      });
      this.worker.postMessage(told);
    });
  }

  /** Whoever waits is told why. */
  stop(reason: unknown): void {
    this.break(reason instanceof Error ? reason : new PrintFailed(String(reason)));
  }

  async end(): Promise<void> {
    this.worker.removeAllListeners();
    await this.worker.terminate();
  }

  private break(error: Error): void {
    this.broken ??= error;
    this.fail(error);
  }
}
