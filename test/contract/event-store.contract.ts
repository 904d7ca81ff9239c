import { describe } from '@jest/globals';
import { describeAnyOrder } from './event-store/any-order.ts';
import { describeAppending } from './event-store/appending.ts';
import { describeClosing } from './event-store/closing.ts';
import {
  contextOf,
  type DroppableEventStore,
  type OpenedEventStore,
} from './event-store/context.ts';
import {
  describeDroppedAppends,
  describeDroppedReads,
  describeDroppedSubscriptions,
} from './event-store/dropping.ts';
import { describeHeads } from './event-store/heads.ts';
import { describeReadingAll } from './event-store/reading-all.ts';
import { describeReadingStreams } from './event-store/reading-streams.ts';
import { describeSubscribing } from './event-store/subscribing.ts';

/** The promises of the port that every adapter keeps, whatever is behind it. */
export function describeEventStoreContract(
  name: string,
  open: () => Promise<OpenedEventStore>,
): void {
  describe(`event store: ${name}`, () => {
    const ctx = contextOf(open);
    describeAppending(ctx);
    describeReadingStreams(ctx);
    describeReadingAll(ctx);
    describeHeads(ctx);
    describeSubscribing(ctx);
    describeClosing(ctx);
    describeAnyOrder(ctx);
  });
}

/** What more is promised by adapters that reach their log over a connection. */
export function describeReconnectionContract(
  name: string,
  open: () => Promise<DroppableEventStore>,
): void {
  describe(`event store over a connection that drops: ${name}`, () => {
    const ctx = contextOf(open);
    describeDroppedSubscriptions(ctx);
    describeDroppedReads(ctx);
    describeDroppedAppends(ctx);
  });
}
