import type { Decision, Request } from './batch.ts';

/** What has become of the keeping that a batch's requests ask for. */
export interface Keeping<C> {
  readonly kept: Set<Request<C>>;
  readonly failed: Map<Request<C>, unknown>;
}

/**
 * Keeps what the decided events name, everything at once and for each request no more than once.
 * Where something cannot be kept, its request is among the failed, and the others are to be decided
 * again without it: false. One of them that was built on it may then be refused with its file kept,
 * as it may after a conflict: a file no event names, which harms nobody.
 *
 * The stream's queue waits meanwhile, for as long as the slowest of them takes: what is behind it is
 * decided on what these commands leave behind. Commands that keep files go to streams of their own,
 * an account's signatures or an agency's seals, so no number ever waits for a file; the file itself
 * was received, inspected and found good before its command joined the queue.
 */
export async function keepFirst<S, C, E>(
  decisions: readonly Decision<S, E>[],
  requests: readonly Request<C>[],
  { kept, failed }: Keeping<C>,
): Promise<boolean> {
  const due = requests.filter((request, index) => {
    const decision = decisions[index];
    const records = decision?.kind === 'decided' && decision.events.length > 0;
    return records && request.keep !== undefined && !kept.has(request);
  });
  const outcomes = await Promise.allSettled(due.map(async ({ keep }) => keep?.()));
  due.forEach((request, index) => {
    const outcome = outcomes[index];
    if (outcome?.status === 'rejected') failed.set(request, outcome.reason);
    else kept.add(request);
  });
  return outcomes.every(({ status }) => status === 'fulfilled');
}
