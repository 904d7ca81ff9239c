import { webhookList, type ReadModels, type WebhookRow } from '#projections';
import type { Subscription } from './delivering.ts';

const PAGE = 1000;

/** The subscriptions that are sent to. @throws ReadModelAstray @throws ReadStoreUnavailable */
export async function activeSubscriptions(
  models: Pick<ReadModels, 'find'>,
): Promise<readonly Subscription[]> {
  const all: Subscription[] = [];
  let after: string | undefined;
  do {
    const sort = [{ field: 'order' }];
    const query = { filter: { state: 'active' }, sort, limit: PAGE, ...(after && { after }) };
    const page = await models.find(webhookList, query);
    for (const { id, doc } of page.items)
      all.push({ stream: id, row: doc as unknown as WebhookRow });
    after = page.next;
  } while (after !== undefined);
  return all;
}

export async function pausedSubscriptions(models: Pick<ReadModels, 'find'>): Promise<number> {
  return (await models.find(webhookList, { filter: { state: 'paused' }, limit: 1 })).total;
}
