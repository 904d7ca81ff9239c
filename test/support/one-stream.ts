import { expect } from '@jest/globals';
import type { EventStore } from '#event-store';
import { allProjections } from '#projections';
import { projectedEvent } from '../../libs/projections/projection.ts';

/**
 * Every document is made by the events of one stream, in every read model: what allows a stream to be
 * set aside, and taken up again, without anything else waiting for it. Answers how many documents
 * the log makes.
 */
export async function expectOneStreamForEachDocument(eventStore: EventStore): Promise<number> {
  const streams = new Map<string, string>();
  for await (const record of eventStore.readAll()) {
    const projected = projectedEvent(record);
    if (!projected) continue;
    for (const { name, project } of allProjections) {
      for (const { id } of project(projected)) {
        const document = `${name} ${id}`;
        expect([document, streams.get(document) ?? record.stream]).toEqual([
          document,
          record.stream,
        ]);
        streams.set(document, record.stream);
      }
    }
  }
  return streams.size;
}
