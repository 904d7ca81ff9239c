import { Crew, crossed, leavingOne, startThread, Turns, type Hand } from '#threads';
import type { Said } from './copy-thread.ts';
import { PdfRefused } from './problem.ts';
import type { CopyWork, Done } from './work.ts';

/** Files worked on at once: each takes a core. */
const AT_ONCE = 2;
/** Of one account. */
const MOST_WAITING = 20;
/** No scan within the limits takes a tenth of it; a file made to take long is cut off. */
const SECONDS = 20;
/** Heap of a thread, in MiB: the objects of one file, and what is drawn. */
const HEAP_MIB = 256;

/** Who asks, and whether they still wait. */
interface Asker {
  readonly account: string;
  readonly signal: AbortSignal;
}

/**
 * Stamps scans and looks at signed files, in threads of its own that have so much memory and so long
 * for each: what is in a file harms nobody who did not send it. Accounts take turns.
 */
export class Copies {
  private readonly turns = new Turns({
    atOnce: AT_ONCE,
    each: leavingOne(AT_ONCE),
    mostWaiting: MOST_WAITING,
  });
  private readonly crew = new Crew(startCopyThread);

  constructor(private readonly seconds = SECONDS) {}

  /**
   * @throws PdfRefused @throws TooManyWaiting of this account
   * @throws the signal's reason, where it fires before the turn has come
   */
  do<W extends CopyWork>({ account, signal }: Asker, work: W): Promise<Done<W>> {
    return this.turns.take(account, signal, () =>
      this.crew.work((thread) => thread.do(work, this.seconds)),
    );
  }

  async close(): Promise<void> {
    await this.crew.end();
  }
}

interface CopyThread extends Hand {
  do<W extends CopyWork>(work: W, seconds: number): Promise<Done<W>>;
}

function startCopyThread(): CopyThread {
  const worker = startThread('./copy-thread', import.meta.url, { data: null, heapMib: HEAP_MIB });
  let settle: { readonly done: (said: Said) => void; readonly fail: (error: Error) => void };
  let broken: Error | undefined;
  const end = (error: Error): void => {
    broken ??= error;
    settle.fail(broken);
  };
  settle = { done: () => undefined, fail: () => undefined };
  worker.on('message', (said: Said) => settle.done(said));
  // Out of memory, of which it has so much and no more: the file, and nothing else, took it.
  worker.on('error', (error: NodeJS.ErrnoException) =>
    end(error.code === 'ERR_WORKER_OUT_OF_MEMORY' ? new PdfRefused('PDF_TOO_COMPLEX', {}) : error),
  );
  worker.on('exit', () => end(new Error('the thread has ended')));
  return {
    do: <W extends CopyWork>(work: W, seconds: number) =>
      new Promise<Done<W>>((resolve, reject) => {
        const tooLong = setTimeout(() => {
          end(new PdfRefused('PDF_TOO_SLOW', { seconds }));
          void worker.terminate();
        }, seconds * 1000);
        const fail = (error: Error): void => {
          clearTimeout(tooLong);
          reject(error);
        };
        const done = (said: Said): void => {
          clearTimeout(tooLong);
          if (said.kind === 'done') resolve(said.done as Done<W>);
          else reject(errorOf(said));
        };
        settle = { done, fail };
        if (broken) fail(broken);
        else worker.postMessage(work);
      }),
    isBroken: () => broken !== undefined,
    end: async () => {
      await worker.terminate();
    },
  };
}

const errorOf = (said: Exclude<Said, { kind: 'done' }>): Error =>
  said.kind === 'refused' ? new PdfRefused(said.code, said.details as never) : crossed(said.error);
