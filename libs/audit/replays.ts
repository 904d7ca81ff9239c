import type { openEventStore } from '#event-store';
import type { AsOf, Question } from './as-of.ts';
import { startReplayThread, type Asked, type ReplayThread } from './replay-thread-handle.ts';

/** Others are asked for first. Ask again later. */
export class ReplaysBusy extends Error {
  override readonly name = 'ReplaysBusy';
}

export interface ReplaysOptions {
  /** The log to read: what a thread opens its event store with. */
  readonly log: Parameters<typeof openEventStore>[0];
  /** Most passes at once, each in a thread. */
  readonly atOnce: number;
  /** Longest time an answer may take, in milliseconds. */
  readonly deadlineMs: number;
  /** Most questions that wait at once. Default 200. */
  readonly mostWaiting?: number;
}

/**
 * Answers what things were, in threads of its own, so that no command waits for a fold. At most so many passes at once, each over one stream and for everybody who has asked about it by
 * then: ten moments of one register cost two passes, not ten. Streams take turns in the order in
 * which they were first asked about. Threads start when they are first needed.
 */
export class Replays {
  private readonly waiting = new Map<string, Asked[]>();
  private readonly threads = new Set<ReplayThread>();
  private readonly idle: ReplayThread[] = [];
  private readonly passing = new Map<number, ReplayThread>();
  private asked = 0;
  private nextId = 1;
  private closed = false;

  constructor(private readonly options: ReplaysOptions) {}

  /**
   * @throws ReplayFailed the log could not be read through
   * @throws EventStoreUnavailable it is away
   * @throws ReplaysBusy too many are waiting, or the time was up
   * @throws the signal's reason, when it fires first; work that nobody else waits for then ends
   */
  async ask(question: Question, signal: AbortSignal): Promise<AsOf> {
    const { deadlineMs, mostWaiting = 200 } = this.options;
    signal.throwIfAborted();
    if (this.closed) throw new ReplaysBusy('closing');
    if (this.asked >= mostWaiting) throw new ReplaysBusy(`${this.asked} questions are waiting`);
    const id = (this.nextId += 1);
    const timeUp = AbortSignal.timeout(deadlineMs);
    const leave = AbortSignal.any([signal, timeUp]);
    this.asked += 1;
    try {
      return await new Promise<AsOf>((resolve, reject) => {
        const asked = { id, question, resolve, reject };
        leave.addEventListener('abort', () => {
          this.drop(asked);
          reject(timeUp.aborted ? new ReplaysBusy('the time was up') : (signal.reason as Error));
        });
        this.enqueue(asked);
      });
    } finally {
      this.asked -= 1;
    }
  }

  async close(): Promise<void> {
    this.closed = true;
    for (const { reject } of [...this.waiting.values()].flat()) reject(new ReplaysBusy('closing'));
    this.waiting.clear();
    await Promise.all([...this.threads].map((thread) => thread.end()));
  }

  private enqueue(asked: Asked): void {
    const { stream } = asked.question;
    const others = this.waiting.get(stream);
    if (others) others.push(asked);
    else this.waiting.set(stream, [asked]);
    this.begin();
  }

  /** Takes the next stream, with everybody who waits for it, where a thread is free. */
  private begin(): void {
    const next = this.waiting.entries().next();
    if (next.done) return;
    const thread = this.freeThread();
    if (!thread) return;
    const [stream, asked] = next.value;
    this.waiting.delete(stream);
    for (const { id } of asked) this.passing.set(id, thread);
    void thread.pass(stream, asked).then(() => {
      for (const { id } of asked) this.passing.delete(id);
      if (thread.isBroken()) this.threads.delete(thread);
      else this.idle.push(thread);
      this.begin();
    });
  }

  private freeThread(): ReplayThread | undefined {
    const free = this.idle.pop();
    if (free || this.closed || this.threads.size >= this.options.atOnce) return free;
    const started = startReplayThread(this.options.log);
    this.threads.add(started);
    return started;
  }

  private drop({ id, question }: Asked): void {
    this.passing.get(id)?.drop(id);
    const others = this.waiting.get(question.stream);
    const left = others?.filter((one) => one.id !== id) ?? [];
    if (left.length > 0) this.waiting.set(question.stream, left);
    else this.waiting.delete(question.stream);
  }
}
