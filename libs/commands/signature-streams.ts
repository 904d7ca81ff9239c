import { LRUCache } from 'lru-cache';
import { nameOf, olderSignatureStream, signatureStream, type EventMetadata } from '#domain';
import type { EventStore } from '#event-store';

/** Accounts whose stream is remembered. */
const MOST = 10_000;

/**
 * Finds the stream of an account's signatures: the older one where this account began it, else its
 * own. Older names could be those of two accounts; whoever wrote the first event goes on with it.
 */
export function createSignatureStreams(
  store: EventStore,
): (agency: string, account: string) => Promise<string> {
  const known = new LRUCache<string, string>({ max: MOST });
  return async (agency, account) => {
    const key = nameOf(agency, account);
    const stream = known.get(key) ?? (await find(store, agency, account));
    known.set(key, stream);
    return stream;
  };
}

async function find(store: EventStore, agency: string, account: string): Promise<string> {
  const older = olderSignatureStream(agency, account);
  for await (const { metadata } of store.readStream(older, { limit: 1 })) {
    const { actor } = metadata as unknown as EventMetadata;
    if (actor.agency === agency && actor.account === account) return older;
  }
  return signatureStream(agency, account);
}
