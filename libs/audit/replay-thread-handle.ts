import { UnreadableEvent } from '#domain';
import { EventStoreUnavailable, type openEventStore } from '#event-store';
import { startThread, type Hand } from '#threads';
import type { Answer, AnyQuestion } from './questions.ts';
import type { Order, Said } from './replay-thread.ts';

/** The log could not be read through: it is damaged, or newer than this version. */
export class ReplayFailed extends Error {
  override readonly name = 'ReplayFailed';
}

/** Somebody who waits for an answer. */
export interface Asked {
  readonly id: number;
  readonly question: AnyQuestion;
  readonly resolve: (answer: Answer) => void;
  readonly reject: (error: unknown) => void;
}

/** A log that is away is told as such: its message and name are all that a thread hands over. */
const failureOf = (error: { readonly name: string; readonly message: string } | undefined): Error =>
  failures[error?.name ?? '']?.(error?.message ?? '') ??
  new ReplayFailed(error?.message ?? 'the pass ended without an answer');

const away = (message: string): Error => new EventStoreUnavailable(message);
const failures: Readonly<Record<string, (message: string) => Error>> = {
  EventStoreUnavailable: away,
  EventStoreRefuses: away,
  UnreadableEvent: (message) => new UnreadableEvent('malformed', message),
};

/** A thread that makes one pass over one stream at a time. */
export interface ReplayThread extends Hand {
  /** Settles at the pass's end, when everybody who asked has an answer or an error. */
  pass(stream: string, asked: readonly Asked[]): Promise<void>;
  /** Nobody waits for this answer any more. */
  drop(id: number): void;
}

/** What of it can be sent to a thread. */
const plain = ({ id, question }: Asked) => ({ id, question });

/** Heap of a thread, in MiB: a pass keeps the state of what is asked about, however long the stream. */
const HEAP_MIB = 256;

/** @param log what the thread opens its own event store with */
export function startReplayThread(log: Parameters<typeof openEventStore>[0]): ReplayThread {
  const { EVENTSTORE_URL, DATA_DIR } = log;
  const data = { EVENTSTORE_URL, DATA_DIR };
  const worker = startThread('./replay-thread', import.meta.url, { data, heapMib: HEAP_MIB });
  const open = new Map<number, Asked>();
  let finish: () => void = () => undefined;
  let broken: Error | undefined;

  const done = (error?: { readonly name: string; readonly message: string }): void => {
    const failed = failureOf(error);
    for (const { reject } of open.values()) reject(failed);
    open.clear();
    finish();
  };
  const order = (given: Order): void => worker.postMessage(given);
  worker.on('message', (said: Said) => {
    if (said.kind === 'done') {
      done(said.error);
      return;
    }
    open.get(said.id)?.resolve(said.answer);
    open.delete(said.id);
  });
  worker.on('error', (error: Error) => {
    broken = error;
    done(error);
  });
  worker.on('exit', () => done((broken ??= new Error('the thread has ended'))));
  return {
    pass: (stream, asked) =>
      new Promise((resolve) => {
        finish = resolve;
        for (const one of asked) open.set(one.id, one);
        if (broken) done(broken);
        else order({ kind: 'pass', stream, questions: asked.map(plain) });
      }),
    drop: (id) => {
      if (open.delete(id)) order({ kind: 'drop', id });
    },
    isBroken: () => broken !== undefined,
    end: async () => {
      await worker.terminate();
    },
  };
}
