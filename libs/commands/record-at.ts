import { StreamDamaged, type EventStore, type RecordedEvent, type Revision } from '#event-store';

/** What stands in a stream at a revision; undefined where it ends before. */
export async function recordAt(
  store: EventStore,
  stream: string,
  revision: Revision,
): Promise<RecordedEvent | undefined> {
  try {
    for await (const record of store.readStream(stream, { from: revision, limit: 1 })) {
      return record;
    }
  } catch (error) {
    // It ends before the revision: what that means is for the fold of what there is to say.
    if (!(error instanceof StreamDamaged) || error.kind !== 'cut') throw error;
  }
  return undefined;
}
