import type { Growth } from '../growth.ts';
import { positionOf } from '../place-of.ts';
import { placeIn } from '../position-token.ts';
import type { Turns } from '#threads';
import { Bell } from './bell.ts';
import type { Delivering, Subscription } from './delivering.ts';
import { newLine, stood, waitMs, type Line, type Standing } from './line.ts';
import { nextAsked } from './letters.ts';
import { originOf, readLetters, readLine, writeLine, type At } from './records.ts';
import { retryLetters } from './retry-letters.ts';
import { LineMoved, Turn, type TurnSignals } from './turn.ts';

/** A receiver that takes longer for one turn is among the slow ones, in milliseconds. */
const SLOW_MS = 3000;
/** Before what went wrong on our side is tried again, in milliseconds. */
const TROUBLE_MS = 2000;

/** Two clocks may differ by so much, in milliseconds. */
const SLACK_MS = 60_000;

/** What lines share. */
export interface Shared {
  readonly delivering: Delivering;
  readonly growth: Growth;
  /** Turns of those whose receivers answer, and of the others: whom no answer comes from keeps nobody waiting whom one does. */
  readonly turns: { readonly steady: Turns; readonly slow: Turns };
  readonly onTrouble: (stream: string, error: Error) => void;
  readonly cut: AbortSignal;
}

/** One subscription, sent to for as long as it is asked for. */
export class LineLoop {
  private readonly bell = new Bell();
  private readonly ending = new AbortController();
  private at: At<Line> | undefined;
  private isSlow = false;
  private isLetterAsked = true;
  private letters = 0;
  private running: Promise<void> | undefined;

  constructor(
    private readonly shared: Shared,
    private subscription: Subscription,
  ) {}

  start(): void {
    this.running = this.run();
  }

  /** Begins nothing more; settles when what is under way has been recorded. Never rejects. */
  async stop(): Promise<void> {
    this.ending.abort();
    await this.running;
  }

  /** The subscription as it now is; a change of it is a reason to try again. */
  update(subscription: Subscription): void {
    const isChanged = subscription.row.revision !== this.subscription.row.revision;
    this.subscription = subscription;
    if (isChanged) this.ring();
  }

  /** An operator may have decided something. */
  ring(): void {
    this.bell.ring();
  }

  state(): { readonly line: Line | undefined; readonly letters: number } {
    return { line: this.at?.value, letters: this.letters };
  }

  private get signals(): TurnSignals {
    return { stopping: this.ending.signal, cut: this.shared.cut };
  }

  private isOver(): boolean {
    return this.ending.signal.aborted || this.shared.cut.aborted;
  }

  private async run(): Promise<void> {
    while (!this.isOver()) {
      try {
        await this.step();
      } catch (error) {
        this.at = undefined;
        if (this.isOver() || error instanceof LineMoved) continue;
        this.shared.onTrouble(this.subscription.stream, error as Error);
        await this.bell.wait(this.ending.signal, TROUBLE_MS);
      }
    }
  }

  private async step(): Promise<void> {
    const { signal } = this.ending;
    if (this.bell.answered()) [this.at, this.isLetterAsked] = [undefined, true];
    this.at ??= await this.load();
    if (this.isLetterAsked) await this.sendLetters();
    const { value } = this.at;
    const { revision } = this.subscription.row;
    const pause = waitMs(value, this.shared.delivering.now(), revision);
    const waits = value.standing !== null || pause > 0;
    // What is left of the letters waits for nothing that the line does.
    if (waits && this.isLetterAsked) return;
    if (value.standing) return this.bell.wait(signal);
    if (pause > 0) await this.bell.wait(signal, pause);
    if (signal.aborted || this.bell.signal.aborted) return;
    const isAtEnd = await this.turn(this.at);
    if (!isAtEnd || this.isLetterAsked) return;
    const { come } = this.at.value;
    const position = come === null ? undefined : placeIn(come)?.position;
    await this.shared.growth.behind(position, AbortSignal.any([signal, this.bell.signal]));
  }

  private async load(): Promise<At<Line>> {
    const { store, log, now } = this.shared.delivering;
    const { stream, row } = this.subscription;
    const found = await readLine(store, stream);
    const at = found ?? { value: newLine(row.after), version: 0 };
    const { come, standing } = at.value;
    if (standing) return at;
    const since = await originOf(store, now());
    const isLost = !found && Date.parse(row.subscribedAt) + SLACK_MS < Date.parse(since);
    if (isLost) return this.stand(at, 'lost', `kept since ${since}`);
    if (come === null || (await positionOf(log, come)) !== undefined) return at;
    return this.stand(at, 'astray', `the log does not hold ${come}`);
  }

  private async stand(at: At<Line>, why: Standing, said: string): Promise<At<Line>> {
    const { store, now } = this.shared.delivering;
    const { stream } = this.subscription;
    const written = await writeLine(store, stream, {
      ...at,
      value: stood(at.value, why, said, now()),
    });
    if (!written) throw new LineMoved(stream);
    return written;
  }

  private async sendLetters(): Promise<void> {
    const { delivering } = this.shared;
    let left = await readLetters(delivering.store, this.subscription.stream);
    this.letters = left.waiting.length;
    if (nextAsked(left)) {
      const work = () => retryLetters(delivering, this.subscription, this.signals);
      ({ left } = await this.inTurn(work));
    }
    this.letters = left.waiting.length;
    this.isLetterAsked = nextAsked(left) !== undefined;
  }

  /** @returns whether it has come to the log's end */
  private async turn(at: At<Line>): Promise<boolean> {
    const { delivering } = this.shared;
    const work = () => new Turn(delivering, this.subscription, at, this.signals).take();
    const done = await this.inTurn(work);
    if (done.hasPutAside) this.isLetterAsked = true;
    this.at = done.at;
    return done.isAtEnd;
  }

  /** Whoever does not take what it is sent, or takes long, has the next turn among the slow ones. */
  private async inTurn<T extends { readonly isFailing: boolean }>(
    work: () => Promise<T>,
  ): Promise<T> {
    const { steady, slow } = this.shared.turns;
    const turns = this.isSlow ? slow : steady;
    const began = performance.now();
    const done = await turns.take(this.subscription.stream, this.ending.signal, work);
    this.isSlow = done.isFailing || performance.now() - began > SLOW_MS;
    return done;
  }
}
