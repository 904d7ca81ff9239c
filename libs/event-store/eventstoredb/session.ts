import { START } from '@eventstore/db-client';
import type { AllStreamResolvedEvent, Position as LogPosition } from '@eventstore/db-client';
import type { RecordedEvent } from '../port.ts';
import { bunches, OF_LEADER } from './connection.ts';
import type { Connection } from './connection.ts';
import { translated } from './errors.ts';
import { shownFilter, toRecorded } from './events.ts';

/** What one subscription call delivers, in the order of the log. */
export type SessionItem =
  | { readonly kind: 'event'; readonly event: RecordedEvent }
  /** The server has looked through the log up to here. */
  | { readonly kind: 'checkpoint'; readonly position: LogPosition }
  | { readonly kind: 'caught-up' };

/** Checkpoints and "caught up" reach us as callbacks and events, ahead of events still buffered. */
type Marker = Exclude<SessionItem, { kind: 'event' }>;

/**
 * One subscription to $all, filtered by the server, from behind `from`, until it breaks; as many items
 * at a time as have come. The server must be EventStoreDB 23.10 or later, which says when a subscription has caught up.
 */
export async function* session(
  connection: Connection,
  from: LogPosition | undefined,
  prefixes: readonly string[] | undefined,
  signal?: AbortSignal,
): AsyncGenerator<readonly SessionItem[]> {
  // Pushed into the readable itself, a marker keeps its place among the events.
  const mark = (marker: Marker) => subscription.push(marker);
  const subscription = connection.client.subscribeToAll({
    fromPosition: from ?? START,
    filter: shownFilter(prefixes, (_, position) => void mark({ kind: 'checkpoint', position })),
    // Whoever subscribes is told late by a node that lags; a read that ends there would end early.
    ...(signal ? {} : OF_LEADER),
  });
  subscription.on('caughtUp', () => void mark({ kind: 'caught-up' }));
  const abort = () => subscription.destroy();
  signal?.addEventListener('abort', abort);
  const call = {
    readable: subscription,
    cancel: () => subscription.unsubscribe(),
    // A read that ends at the head is due an answer all along; whoever subscribes may wait for days.
    ...(signal ? { patientFrom: 'confirmation' as const } : {}),
  };
  let last = from;
  try {
    for await (const bunch of bunches<AllStreamResolvedEvent | Marker>(connection, call)) {
      const items = bunch.flatMap((item): SessionItem[] => {
        if ('kind' in item) return [item];
        if (!item.event || !isBehind(item.event.position, last)) return [];
        last = item.event.position;
        return [{ kind: 'event', event: toRecorded(item.event) }];
      });
      if (signal?.aborted) return;
      if (items.length > 0) yield items;
    }
  } catch (error) {
    throw translated(error);
  } finally {
    signal?.removeEventListener('abort', abort);
  }
}

/** Guards the promises "exclusive" and "each once" against servers that begin with the event at the position, or go back. */
function isBehind(position: LogPosition, last: LogPosition | undefined): boolean {
  return last === undefined || position.commit > last.commit;
}
