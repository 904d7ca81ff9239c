import { changesBetween, isEmpty } from '../changes.ts';
import { requireText } from '../checks.ts';
import { isDomainEventType } from '../events.ts';
import { refuse } from '../refusal.ts';
import type {
  EditWebhook,
  RotateWebhookSecret,
  SubscribeWebhook,
  WebhookCommand,
} from './commands.ts';
import type { WebhookEvent, WebhookFields } from './events.ts';
import type { Webhook, WebhookState } from './webhook.ts';

/** The types, each once and in order, so that the same choice is the same text. */
function typesOf(asked: readonly string[]): readonly string[] {
  const unknown = asked.find((type) => !isDomainEventType(type));
  if (unknown !== undefined) refuse('WEBHOOK_TYPE', { type: unknown });
  return [...new Set(asked)].sort();
}

const fieldsOf = ({ name, url, types }: WebhookFields): WebhookFields => ({
  name: requireText('webhookName', name),
  url: requireText('webhookUrl', url),
  types: typesOf(types),
});

const isSame = (one: readonly string[], other: readonly string[]): boolean =>
  one.join() === other.join();

/** The subscription, which has not ended. */
function requireGoing(state: WebhookState): Webhook {
  const webhook = state ?? refuse('WEBHOOK_NOT_FOUND', {});
  return webhook.state === 'ended' ? refuse('WEBHOOK_ENDED', { name: webhook.name }) : webhook;
}

function subscribe(state: WebhookState, command: SubscribeWebhook): readonly WebhookEvent[] {
  const { id, agency, after, keyId } = command;
  const fields = fieldsOf(command);
  if (!state) {
    const data = { id, agency, ...fields, after, secret: { generation: 1, keyId } };
    return [{ type: 'WebhookSubscribed', data }];
  }
  const { name, url, types } = state;
  const again = name === fields.name && url === fields.url && isSame(types, fields.types);
  return again ? [] : refuse('WEBHOOK_EXISTS', { name });
}

function edit(state: WebhookState, { id, ...asked }: EditWebhook): readonly WebhookEvent[] {
  const { name, url, types } = requireGoing(state);
  const before: WebhookFields = { name, url, types };
  const wanted = fieldsOf({
    name: asked.name ?? name,
    url: asked.url ?? url,
    types: asked.types ?? types,
  });
  const changes = changesBetween(before, {
    ...wanted,
    types: isSame(types, wanted.types) ? types : wanted.types,
  });
  if (isEmpty(changes)) return [];
  const reason = requireText('reason', asked.reason);
  return [{ type: 'WebhookEdited', data: { id, changes, reason } }];
}

function rotate(state: WebhookState, command: RotateWebhookSecret): readonly WebhookEvent[] {
  const { id, replaces, keyId, previousUntil } = command;
  const { secret } = requireGoing(state);
  if (secret.generation !== replaces) return [];
  const reason = requireText('reason', command.reason);
  const data = { id, secret: { generation: replaces + 1, keyId }, previousUntil, reason };
  return [{ type: 'WebhookSecretRotated', data }];
}

/** What a command on a subscription leads to; none where it was carried out before. @throws Refusal */
export function decideWebhook(
  state: WebhookState,
  command: WebhookCommand,
): readonly WebhookEvent[] {
  switch (command.type) {
    case 'SubscribeWebhook':
      return subscribe(state, command);
    case 'EditWebhook':
      return edit(state, command);
    case 'RotateWebhookSecret':
      return rotate(state, command);
    case 'PauseWebhook': {
      if (requireGoing(state).state === 'paused') return [];
      const reason = requireText('reason', command.reason);
      return [{ type: 'WebhookPaused', data: { id: command.id, reason } }];
    }
    case 'ResumeWebhook': {
      if (requireGoing(state).state === 'active') return [];
      const reason = requireText('reason', command.reason);
      return [{ type: 'WebhookResumed', data: { id: command.id, reason } }];
    }
    case 'EndWebhook': {
      if (state?.state === 'ended') return [];
      requireGoing(state);
      const reason = requireText('reason', command.reason);
      return [{ type: 'WebhookEnded', data: { id: command.id, reason } }];
    }
    default:
      return command satisfies never;
  }
}
