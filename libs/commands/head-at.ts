import type { RegisterState } from '#domain';
import type { EventStore, Revision } from '#event-store';
import { registerAggregate } from './aggregate.ts';
import { emptyHead, foldedFrom, type Head } from './head.ts';

/**
 * The head of a register as it was at a revision; where the stream has not come that far, as it is.
 * The whole stream up to there is folded. @throws StreamDamaged @throws EventStoreUnavailable
 */
export async function registerHeadAt(
  store: EventStore,
  stream: string,
  upTo: Revision,
): Promise<Head<RegisterState>> {
  let head = emptyHead<RegisterState>(registerAggregate);
  for await (const chunk of foldedFrom(store, registerAggregate, { stream, upTo }, head)) {
    head = chunk.head;
  }
  return head;
}
