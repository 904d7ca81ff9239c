import type { openEventStore } from '#event-store';
import { Crew, leavingOne, Turns } from '#threads';
import { isOfMoment, type Answer, type AnswerTo, type AnyQuestion } from './questions.ts';
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
  /** Most questions of one account that wait at once. Default 50. */
  readonly mostWaiting?: number;
}

/** Who asks, and whether they still wait. */
export interface Asker {
  readonly account: string;
  readonly signal: AbortSignal;
}

/**
 * Answers what things were, in threads of its own, so that no command waits for a fold. At most so
 * many passes at once, each over one stream and for everybody who has asked about it by then: ten
 * moments of one register cost two passes, not ten. Accounts take turns. Threads start when they are
 * first needed.
 */
export class Replays {
  private readonly waiting = new Map<string, Asked[]>();
  private readonly crew: Crew<ReplayThread>;
  private readonly passing = new Map<number, ReplayThread>();
  private readonly turns: Turns;
  private nextId = 1;
  private closed = false;

  constructor(private readonly options: ReplaysOptions) {
    const { log, atOnce, mostWaiting = 50 } = options;
    this.crew = new Crew(() => startReplayThread(log));
    this.turns = new Turns({ atOnce, each: leavingOne(atOnce), mostWaiting });
  }

  /**
   * @throws ReplayFailed the log could not be read through
   * @throws EventStoreUnavailable it is away
   * @throws ReplaysBusy the time was up
   * @throws TooManyWaiting of this account
   * @throws the signal's reason, when it fires first; work that nobody else waits for then ends
   */
  async ask<Q extends AnyQuestion>(question: Q, { account, signal }: Asker): Promise<AnswerTo<Q>> {
    signal.throwIfAborted();
    if (this.closed) throw new ReplaysBusy('closing');
    const timeUp = AbortSignal.timeout(this.options.deadlineMs);
    const leave = AbortSignal.any([signal, timeUp]);
    const id = (this.nextId += 1);
    const settled = new AbortController();
    try {
      const answer = await new Promise<Answer>((resolve, reject) => {
        const asked = { id, question, resolve, reject };
        const giveUp = (error: Error): void => {
          this.drop(asked);
          reject(error);
        };
        leave.addEventListener('abort', () =>
          giveUp(timeUp.aborted ? new ReplaysBusy('the time was up') : (signal.reason as Error)),
        );
        this.enqueue(asked);
        // Another's pass over the stream may have the answer first: the turn is then not waited for.
        this.turns.take(account, settled.signal, () => this.pass(asked)).catch(giveUp);
      });
      return answer as AnswerTo<Q>;
    } finally {
      settled.abort();
    }
  }

  async close(): Promise<void> {
    this.closed = true;
    for (const { reject } of [...this.waiting.values()].flat()) reject(new ReplaysBusy('closing'));
    this.waiting.clear();
    await this.crew.end();
  }

  private enqueue(asked: Asked): void {
    const name = passOf(asked);
    const others = this.waiting.get(name);
    if (others) others.push(asked);
    else this.waiting.set(name, [asked]);
  }

  /** Passes over the stream with everybody who waits for it by now; those who came late enough are through already. */
  private async pass(one: Asked): Promise<void> {
    const name = passOf(one);
    const asked = this.waiting.get(name);
    if (!asked || this.closed) return;
    this.waiting.delete(name);
    await this.crew.work(async (thread) => {
      for (const { id } of asked) this.passing.set(id, thread);
      await thread.pass(one.question.stream, asked);
      for (const { id } of asked) this.passing.delete(id);
    });
  }

  private drop(asked: Asked): void {
    const { id } = asked;
    const name = passOf(asked);
    this.passing.get(id)?.drop(id);
    const others = this.waiting.get(name);
    const left = others?.filter((one) => one.id !== id) ?? [];
    if (left.length > 0) this.waiting.set(name, left);
    else this.waiting.delete(name);
  }
}

/** Moments of a stream share a pass; steps are folded for whoever asks, and take a turn of their own. */
const passOf = ({ id, question }: Asked): string =>
  isOfMoment(question) ? question.stream : `${question.stream} ${id}`;
