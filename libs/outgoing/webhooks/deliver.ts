import { UnreadableEvent } from '#domain';
import type { RecordedEvent } from '#event-store';
import { outgoingEvent } from '../cloud-event.ts';
import type { Delivering, Subscription } from './delivering.ts';
import { secretsOf, WebhookKeyMissing } from './secret.ts';
import type { Sent } from './send.ts';
import { signedHeaders } from './signature.ts';

/** What became of an event; `unable`: it is ours to mend that it can't be sent. */
export type Delivered = Sent | { readonly kind: 'unable'; readonly said: string };

/** Each event is written once, however many it is sent to. */
const bodies = new WeakMap<RecordedEvent, string>();

/** The event as it goes out, here as in the feed (CloudEvents 1.0, structured). @throws UnreadableEvent */
function bodyOf(event: RecordedEvent): string {
  const known = bodies.get(event);
  if (known !== undefined) return known;
  const body = JSON.stringify(outgoingEvent(event));
  bodies.set(event, body);
  return body;
}

/** Sends one event once. @throws the signal's reason */
export async function deliver(
  { sender, keys, now }: Delivering,
  { row }: Subscription,
  event: RecordedEvent,
  signal: AbortSignal,
): Promise<Delivered> {
  try {
    const [at, body] = [now(), bodyOf(event)];
    const signed = signedHeaders({ id: event.id, body }, secretsOf(row, keys(), at), at);
    const headers = { 'content-type': 'application/cloudevents+json; charset=utf-8', ...signed };
    return await sender.send({ url: row.url, headers, body }, signal);
  } catch (error) {
    if (error instanceof UnreadableEvent || error instanceof WebhookKeyMissing)
      return { kind: 'unable', said: error.message };
    throw error;
  }
}
