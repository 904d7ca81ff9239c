import { UnreadableEvent } from '#domain';
import type { EventStore, Position, RecordedEvent } from '#event-store';
import {
  isWanted,
  outgoingEvent,
  positionOf,
  tokenOf,
  type OutgoingEvent,
  type Wanted,
} from '#outgoing';
import { Turns } from '#threads';
import type { Asker } from '../http/asker.ts';
import { ApiProblem } from '../http/problems/api-problems.ts';

/**
 * Events looked through for one page, however few of them are wanted: some 7 ms of the thread that
 * answers everybody, which an account may ask for twenty times a second.
 */
const LOOKED_THROUGH = 1000;
/** Pages read at once, each for another account. */
const TURNS = { atOnce: 4, each: 1, mostWaiting: 20 };

/** How far somebody has come. */
export interface Come {
  readonly position: Position | undefined;
  /** The same as callers are told it; null at the beginning. */
  readonly token: string | null;
}

export interface FeedPart {
  readonly items: readonly OutgoingEvent[];
  /** Where to go on: behind the last event looked at, wanted or not. */
  readonly come: Come;
  /** Nothing lay behind it at that moment. */
  readonly isAtEnd: boolean;
}

export const BEGINNING: Come = { position: undefined, token: null };

/** The log as it goes out: read in its order from any place, so that nothing is missed or told twice. */
export class Feed {
  private readonly turns = new Turns(TURNS);

  constructor(private readonly log: Pick<EventStore, 'readAll' | 'eventAt'>) {}

  /**
   * The place a token names, in this very log.
   * @throws ApiProblem INVALID_CURSOR for none, or one of a log that was put back since
   */
  async placeOf(token: string | undefined): Promise<Come> {
    if (token === undefined) return BEGINNING;
    const position = await positionOf(this.log, token);
    if (position === undefined) throw new ApiProblem('INVALID_CURSOR', {});
    return { position, token };
  }

  /**
   * What comes next, up to so many. An event this version cannot read is not passed over: what lies
   * before it is told, and then nothing until it can be read.
   * @throws UnreadableEvent @throws TooManyWaiting @throws CallerLeft
   */
  read(asker: Asker, come: Come, wanted: Wanted & { readonly limit: number }): Promise<FeedPart> {
    return this.turns.take(asker.account, asker.signal, () => this.part(asker, come, wanted));
  }

  private async part(
    { signal }: Asker,
    come: Come,
    { limit, ...wanted }: Wanted & { readonly limit: number },
  ): Promise<FeedPart> {
    const items: OutgoingEvent[] = [];
    let last: RecordedEvent | undefined;
    let looked = 0;
    const reached = (): Come =>
      last ? { position: last.position, token: tokenOf(last.position, last.id) } : come;
    for await (const event of this.log.readAll({ after: come.position, limit: LOOKED_THROUGH })) {
      signal.throwIfAborted();
      const item = toldOf(event, wanted, items.length > 0);
      if (item === 'stop') return { items, come: reached(), isAtEnd: false };
      if (item) items.push(item);
      last = event;
      looked += 1;
      if (items.length === limit) return { items, come: reached(), isAtEnd: false };
    }
    return { items, come: reached(), isAtEnd: looked < LOOKED_THROUGH };
  }
}

/** The event as it goes out; undefined where it is not wanted; `stop` before one that cannot be read, where others are told first. */
function toldOf(
  event: RecordedEvent,
  wanted: Wanted,
  areOthersFirst: boolean,
): OutgoingEvent | 'stop' | undefined {
  try {
    return isWanted(event, wanted) ? outgoingEvent(event) : undefined;
  } catch (error) {
    if (areOthersFirst && error instanceof UnreadableEvent) return 'stop';
    throw error;
  }
}
