import type { Config } from '#config';
import { openReadStore, type ReadStore } from '#read-store';
import { withStores, type OpsStores } from '../stores.ts';

export interface WebhookStores extends OpsStores {
  /** Where it is kept how far webhooks have come. */
  readonly webhooks: ReadStore;
}

/** The stores of a register that is there, for the length of one command. @throws RangeError */
export const withWebhooks = <T>(
  config: Config,
  work: (stores: WebhookStores) => Promise<T>,
): Promise<T> =>
  withStores(config, async (stores) => {
    const webhooks = await openReadStore(config, 'webhooks');
    try {
      return await work({ ...stores, webhooks });
    } finally {
      await webhooks.close();
    }
  });
