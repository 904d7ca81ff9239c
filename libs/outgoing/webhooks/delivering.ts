import type { EventStore } from '#event-store';
import type { WebhookRow } from '#projections';
import type { ReadStore } from '#read-store';
import type { Wanted } from '../wanted.ts';
import type { WebhookKey } from './keys.ts';
import type { Patience } from './line.ts';
import type { Pages } from './pages.ts';
import type { Sender } from './send.ts';

/** What events are sent with. */
export interface Delivering {
  readonly log: Pick<EventStore, 'readStream' | 'eventAt'>;
  readonly pages: Pages;
  /** Where it stands how far each line has come. */
  readonly store: Pick<ReadStore, 'readRecord' | 'writeRecord'>;
  readonly sender: Sender;
  readonly keys: () => readonly WebhookKey[];
  readonly now: () => Date;
  readonly patience: Patience;
}

/** A subscription, and the stream that names it. */
export interface Subscription {
  readonly stream: string;
  readonly row: WebhookRow;
}

const EVERY_AGENCY = '*';

export const wantedBy = ({ agency, types }: WebhookRow): Wanted => ({
  ...(agency !== EVERY_AGENCY && { agency }),
  ...(types.length > 0 && { types }),
});
