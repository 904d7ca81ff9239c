import {
  evolveWebhook,
  isWebhookEvent,
  noWebhook,
  readEvent,
  readMetadata,
  type Webhook,
  type WebhookState,
} from '#domain';
import type { EventStore } from '#event-store';

/** A subscription as the log has it: no read model has to be there, or caught up. */
export interface Found {
  readonly stream: string;
  readonly webhook: Webhook;
}

/** Every subscription there ever was, in the order they came. @throws EventStoreUnavailable */
export async function subscriptions(
  eventStore: Pick<EventStore, 'readPages'>,
): Promise<readonly Found[]> {
  const states = new Map<string, WebhookState>();
  for await (const page of eventStore.readPages({ prefixes: ['webhook-'] })) {
    for (const { stream, type, data, metadata, schemaVersion } of page) {
      const version = () => schemaVersion ?? readMetadata(metadata).schemaVersion;
      const event = readEvent(type, data, version);
      if (!isWebhookEvent(event)) continue;
      states.set(stream, evolveWebhook(states.get(stream) ?? noWebhook(), event));
    }
  }
  return [...states].flatMap(([stream, webhook]) => (webhook ? [{ stream, webhook }] : []));
}

/** By its name or its id; the beginning of that will do where no other begins so. @throws RangeError */
export async function subscriptionNamed(
  eventStore: Pick<EventStore, 'readPages'>,
  id: string,
): Promise<Found> {
  const all = await subscriptions(eventStore);
  const isMeant = ({ webhook }: Found): boolean =>
    webhook.name === id || (id !== '' && webhook.id.startsWith(id));
  const named = all.filter(isMeant);
  const [found] = named;
  if (!found) throw new RangeError(`no webhook is called ${id}; see ops webhooks list`);
  if (named.length > 1)
    throw new RangeError(`${named.length} webhooks are called ${id}, or begin so`);
  return found;
}
