import { fieldLabels, webhookStateLabels, type WebhookEvent } from '#domain';
import { edits, firsts, type AuditChange } from './audit-change.ts';

const stateChange = (
  from: keyof typeof webhookStateLabels | null,
  to: keyof typeof webhookStateLabels,
): AuditChange => ({
  field: 'state',
  label: fieldLabels.state,
  from: from && webhookStateLabels[from],
  to: webhookStateLabels[to],
});

/** What of a subscription to events an event changed. */
export function webhookChanges(event: WebhookEvent): AuditChange[] {
  switch (event.type) {
    case 'WebhookSubscribed': {
      const { name, url, types } = event.data;
      const said = { webhookName: name, webhookUrl: url, webhookTypes: types.join(', ') };
      return firsts(said, 'register');
    }
    case 'WebhookEdited': {
      const { name, url, types } = event.data.changes;
      return edits(
        {
          ...(name && { webhookName: name }),
          ...(url && { webhookUrl: url }),
          ...(types && {
            webhookTypes: { from: types.from.join(', '), to: types.to.join(', ') },
          }),
        },
        'register',
      );
    }
    case 'WebhookSecretRotated': {
      const { secret, previousUntil } = event.data;
      const said = { webhookSecret: secret.generation, webhookOverlap: previousUntil };
      return firsts(said, 'register');
    }
    case 'WebhookPaused':
      return [stateChange('active', 'paused')];
    case 'WebhookResumed':
      return [stateChange('paused', 'active')];
    case 'WebhookEnded':
      return [stateChange(null, 'ended')];
    default:
      return event satisfies never;
  }
}
