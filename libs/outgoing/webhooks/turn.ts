import { UnreadableEvent } from '#domain';
import type { RecordedEvent } from '#event-store';
import { placeIn, tokenOf } from '../position-token.ts';
import { isWanted } from '../wanted.ts';
import { deliver, type Delivered } from './deliver.ts';
import { wantedBy, type Delivering, type Subscription } from './delivering.ts';
import { isFull, kept, type DeadLetter } from './letters.ts';
import { failed, passed, putAside, stood, taken, verdict, type Line } from './line.ts';
import { changeLetters, readLetters, writeLine, type At } from './records.ts';

/** How long a turn lasts before others have theirs, in milliseconds; an event that is under way is not cut off. */
export const TURN_MS = 2000;

/** Somebody else has moved the line: an operator, or another process. Nothing was written; read it again. */
export class LineMoved extends Error {
  override readonly name = 'LineMoved';
}

export interface TurnSignals {
  /** No more is begun. */
  readonly stopping: AbortSignal;
  /** What is under way is cut off. */
  readonly cut: AbortSignal;
}

export interface TurnDone {
  readonly at: At<Line>;
  readonly isAtEnd: boolean;
  readonly isFailing: boolean;
  /** An event was put aside. */
  readonly hasPutAside: boolean;
}

/** One turn of a line: what comes next is sent, event by event, in the log's order. */
export class Turn {
  private hasPutAside = false;

  constructor(
    private readonly delivering: Delivering,
    private readonly subscription: Subscription,
    private at: At<Line>,
    private readonly signals: TurnSignals,
  ) {}

  /** @throws LineMoved @throws EventStoreUnavailable @throws ReadStoreUnavailable */
  async take(): Promise<TurnDone> {
    const { come } = this.at.value;
    const after = come === null ? undefined : placeIn(come)?.position;
    const { events, isLast } = await this.delivering.pages.behind(after);
    const end = performance.now() + TURN_MS;
    let looked: RecordedEvent | undefined;
    for (const event of events) {
      if (performance.now() > end || this.signals.stopping.aborted) return this.over(looked, false);
      const goesOn = await this.done(event, looked);
      if (!goesOn) return this.result(false);
      looked = event;
    }
    return this.over(looked, isLast);
  }

  /** How far was looked, where the last of it was nobody's. */
  private async over(looked: RecordedEvent | undefined, isAtEnd: boolean): Promise<TurnDone> {
    const { value } = this.at;
    const line = looked ? passed(value, tokenOf(looked.position, looked.id)) : value;
    if (line !== value) await this.save(line);
    return this.result(isAtEnd);
  }

  private result(isAtEnd: boolean): TurnDone {
    const isFailing = this.at.value.failing !== null;
    return { at: this.at, isAtEnd, isFailing, hasPutAside: this.hasPutAside };
  }

  /** False where the line waits or stands still. */
  private async done(event: RecordedEvent, before: RecordedEvent | undefined): Promise<boolean> {
    const delivered = await this.delivered(event);
    if (delivered === undefined) return true;
    if (delivered.kind === 'taken') {
      await this.save(
        taken(this.at.value, tokenOf(event.position, event.id), this.delivering.now()),
      );
      return true;
    }
    // What was passed over need not be looked through again.
    const line = before
      ? passed(this.at.value, tokenOf(before.position, before.id))
      : this.at.value;
    return this.notTaken(line, event, delivered);
  }

  /** Undefined where it is not wanted. */
  private async delivered(event: RecordedEvent): Promise<Delivered | undefined> {
    try {
      if (!isWanted(event, wantedBy(this.subscription.row))) return undefined;
    } catch (error) {
      if (error instanceof UnreadableEvent) return { kind: 'unable', said: error.message };
      throw error;
    }
    return deliver(this.delivering, this.subscription, event, this.signals.cut);
  }

  private async notTaken(
    before: Line,
    event: RecordedEvent,
    delivered: Exclude<Delivered, { kind: 'taken' }>,
  ): Promise<boolean> {
    const { now, patience } = this.delivering;
    const { said } = delivered;
    const { revision } = this.subscription.row;
    const afterMs = delivered.kind === 'failed' ? delivered.afterMs : undefined;
    const isOurs = delivered.kind === 'unable';
    const tried = { id: event.id, said, revision, isOurs, afterMs, now: now() };
    const line = failed(before, tried, patience);
    if (delivered.kind === 'gone') await this.save(stood(line, 'gone', said, now()));
    else if (isOurs) await this.save(line);
    else return this.decided(line, event, said);
    return false;
  }

  private async decided(line: Line, event: RecordedEvent, said: string): Promise<boolean> {
    const { now, patience } = this.delivering;
    const what = verdict(line, now(), patience);
    if (what === 'aside') return this.aside(line, event, said);
    await this.save(what === 'away' ? stood(line, 'away', said, now()) : line);
    return false;
  }

  /** The letter is kept before the line goes on: what happens in between, happens again. */
  private async aside(line: Line, event: RecordedEvent, said: string): Promise<boolean> {
    const { store, now } = this.delivering;
    const { stream } = this.subscription;
    if (isFull(await readLetters(store, stream))) {
      await this.save(stood(line, 'letters', said, now()));
      return false;
    }
    await changeLetters(store, stream, (letters) =>
      kept(letters, letterOf(event, line, { said, at: now().toISOString() })),
    );
    this.hasPutAside = true;
    await this.save(putAside(line, tokenOf(event.position, event.id)));
    return true;
  }

  private async save(value: Line): Promise<void> {
    const { version } = this.at;
    const at = await writeLine(this.delivering.store, this.subscription.stream, { value, version });
    if (!at) throw new LineMoved(this.subscription.stream);
    this.at = at;
  }
}

const letterOf = (
  { id, position, type, stream: subject, revision }: RecordedEvent,
  { failing }: Line,
  { said, at }: Pick<DeadLetter, 'said' | 'at'>,
): DeadLetter => ({
  ...{ id, place: tokenOf(position, id), type, subject, revision },
  ...{ tries: failing?.tries ?? 1, at, said, retry: null },
});
