import { evolveWebhook, isWebhookEvent, type Webhook, type WebhookEvent } from '#domain';
import type { Doc } from '#read-store';
import type { DocChange, ProjectedEvent, Projection } from '../projection.ts';

/** A subscription as the read model has it. */
export interface WebhookRow extends Webhook {
  readonly order: string;
  readonly subscribedAt: string;
  readonly subscribedBy: string;
  /** Why it is as it is: the reason given last. */
  readonly reason: string;
  readonly revision: number;
}

/** Đăng ký nhận sự kiện: one document a subscription, whose events go where and signed by what. */
export const webhookList: Projection = {
  name: 'webhook_list',
  version: 1,
  reads: ['webhook-'],
  indexes: [['state', 'order']],
  counted: [['state']],
  searchable: [],
  project,
};

function project(projected: ProjectedEvent): readonly DocChange[] {
  const { event } = projected;
  return isWebhookEvent(event) ? [changeOf(event, projected)] : [];
}

function changeOf(event: WebhookEvent, projected: ProjectedEvent): DocChange {
  const { stream: id, revision, position, metadata } = projected;
  if (event.type === 'WebhookSubscribed') {
    const { actor, occurredAt } = metadata;
    const said = { subscribedAt: occurredAt, subscribedBy: actor.name, reason: '' };
    const create = { ...evolveWebhook(null, event), order: position, ...said, revision };
    return { id, create: create as unknown as Doc };
  }
  const { reason } = event.data;
  const change = (before: Doc): Doc => {
    const after = evolveWebhook(before as unknown as Webhook, event);
    return { ...(after as unknown as Doc), reason, revision };
  };
  return { id, change };
}
