import { applyChanges } from '../changes.ts';
import { nameOf, partsOf } from '../names.ts';
import type { DomainEvent } from '../events.ts';
import type { WebhookEvent, WebhookFields, WebhookSecret } from './events.ts';

/** A subscription: whose events go where. */
export interface Webhook extends WebhookFields {
  readonly id: string;
  readonly agency: string;
  readonly after: string | null;
  readonly state: 'active' | 'paused' | 'ended';
  readonly secret: WebhookSecret;
  /** The one before, while it signs, too. */
  readonly previous: (WebhookSecret & { readonly until: string }) | null;
}

/** One subscription; null until there is one. */
export type WebhookState = Webhook | null;

export const noWebhook = (): WebhookState => null;

const PREFIX = 'webhook-';

export const webhookStream = (agency: string, id: string): string =>
  `${PREFIX}${nameOf(agency, id)}`;

/** The inverse of `webhookStream`; undefined where the stream is no subscription’s. */
export function webhookOf(
  stream: string,
): { readonly agency: string; readonly id: string } | undefined {
  if (!stream.startsWith(PREFIX)) return undefined;
  const [agency, id, ...others] = partsOf(stream.slice(PREFIX.length));
  return agency === undefined || id === undefined || others.length > 0 ? undefined : { agency, id };
}

export const isWebhookEvent = (event: DomainEvent): event is WebhookEvent =>
  event.type.startsWith('Webhook');

/** @throws Error when the log changes a subscription it never began: the log is damaged. */
function known(state: WebhookState, id: string): Webhook {
  if (!state) throw new Error(`webhook ${id} was never subscribed`);
  return state;
}

/** The subscription after an event. Never refuses, validates or reads a clock. */
export function evolveWebhook(state: WebhookState, event: WebhookEvent): WebhookState {
  if (event.type === 'WebhookSubscribed') return { ...event.data, state: 'active', previous: null };
  const webhook = known(state, event.data.id);
  switch (event.type) {
    case 'WebhookEdited':
      return applyChanges<Webhook>(webhook, event.data.changes);
    case 'WebhookSecretRotated': {
      const { secret, previousUntil: until } = event.data;
      return { ...webhook, secret, previous: { ...webhook.secret, until } };
    }
    case 'WebhookPaused':
      return { ...webhook, state: 'paused' };
    case 'WebhookResumed':
      return { ...webhook, state: 'active' };
    case 'WebhookEnded':
      return { ...webhook, state: 'ended' };
    default:
      return event satisfies never;
  }
}
