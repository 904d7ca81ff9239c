import type { EventStore, Position, RecordedEvent, SubscriptionMessage } from '#event-store';

/** A subscription in hand, read message by message. */
export function follow(
  store: EventStore,
  { after, prefix }: { after?: Position | undefined; prefix: string },
) {
  const controller = new AbortController();
  const { signal } = controller;
  const messages = store.subscribe({ after, prefixes: [prefix], signal })[Symbol.asyncIterator]();
  const next = () => messages.next() as Promise<IteratorResult<SubscriptionMessage, undefined>>;
  const nextEvents = async (count: number): Promise<RecordedEvent[]> => {
    const events: RecordedEvent[] = [];
    while (events.length < count) {
      const { value } = await next();
      if (value === undefined) throw new Error('the subscription ended');
      if (value.kind === 'event') events.push(value.event);
    }
    return events;
  };
  const untilCaughtUp = async (): Promise<RecordedEvent[]> => {
    const events: RecordedEvent[] = [];
    for (;;) {
      const { value } = await next();
      if (value === undefined) throw new Error('the subscription ended');
      if (value.kind === 'caught-up') return events;
      events.push(value.event);
    }
  };
  const stop = async (): Promise<void> => {
    controller.abort();
    while (!(await next()).done);
  };
  return { signal, controller, messages, next, nextEvents, untilCaughtUp, stop };
}
