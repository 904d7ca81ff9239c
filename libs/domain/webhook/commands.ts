import type { WebhookFields, WebhookSecret } from './events.ts';

export interface SubscribeWebhook extends WebhookFields {
  readonly type: 'SubscribeWebhook';
  readonly id: string;
  readonly agency: string;
  readonly after: string | null;
  /** Of the key that makes its secrets. */
  readonly keyId: string;
}

/** What is left out stays as it is. */
export interface EditWebhook {
  readonly type: 'EditWebhook';
  readonly id: string;
  readonly name?: string | undefined;
  readonly url?: string | undefined;
  readonly types?: readonly string[] | undefined;
  readonly reason: string;
}

/** A new secret. The one before signs beside it for a while, so that a receiver can change over. */
export interface RotateWebhookSecret extends Pick<WebhookSecret, 'keyId'> {
  readonly type: 'RotateWebhookSecret';
  readonly id: string;
  /** The generation that is replaced: said again, nothing is. */
  readonly replaces: number;
  readonly previousUntil: string;
  readonly reason: string;
}

interface WithReason {
  readonly id: string;
  readonly reason: string;
}
export interface PauseWebhook extends WithReason {
  readonly type: 'PauseWebhook';
}
export interface ResumeWebhook extends WithReason {
  readonly type: 'ResumeWebhook';
}
export interface EndWebhook extends WithReason {
  readonly type: 'EndWebhook';
}

export type WebhookCommand =
  SubscribeWebhook | EditWebhook | RotateWebhookSecret | PauseWebhook | ResumeWebhook | EndWebhook;
