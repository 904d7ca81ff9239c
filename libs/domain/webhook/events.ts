import type { Changes } from '../changes.ts';

/** What of a subscription may be changed. */
export interface WebhookFields {
  /** Whom the events go to, for people. */
  readonly name: string;
  /** Where they are sent. No secret: it stands in the log, for whoever reads it. */
  readonly url: string;
  /** Types of the events that are sent, in order; none: all. */
  readonly types: readonly string[];
}

/** Which secret signs. The secret itself stands nowhere: it is made of the key of this name, and of these. */
export interface WebhookSecret {
  /** 1, 2, 3 … of one subscription. */
  readonly generation: number;
  readonly keyId: string;
}

export type WebhookSubscribed = {
  readonly type: 'WebhookSubscribed';
  readonly data: WebhookFields & {
    readonly id: string;
    /** Whose events; `*`: of every agency. */
    readonly agency: string;
    /** Behind which place of the log; null: from its beginning. */
    readonly after: string | null;
    readonly secret: WebhookSecret;
  };
};
export type WebhookEdited = {
  readonly type: 'WebhookEdited';
  readonly data: {
    readonly id: string;
    readonly changes: Changes<WebhookFields>;
    readonly reason: string;
  };
};
export type WebhookSecretRotated = {
  readonly type: 'WebhookSecretRotated';
  readonly data: {
    readonly id: string;
    readonly secret: WebhookSecret;
    /** Until when the one before signs beside it, ISO 8601 UTC. */
    readonly previousUntil: string;
    readonly reason: string;
  };
};
/** What comes meanwhile waits in the log. */
export type WebhookPaused = {
  readonly type: 'WebhookPaused';
  readonly data: { readonly id: string; readonly reason: string };
};
export type WebhookResumed = {
  readonly type: 'WebhookResumed';
  readonly data: { readonly id: string; readonly reason: string };
};
/** For good. */
export type WebhookEnded = {
  readonly type: 'WebhookEnded';
  readonly data: { readonly id: string; readonly reason: string };
};

export type WebhookEvent =
  | WebhookSubscribed
  | WebhookEdited
  | WebhookSecretRotated
  | WebhookPaused
  | WebhookResumed
  | WebhookEnded;
