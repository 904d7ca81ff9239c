import { expect } from '@jest/globals';
import { streamPrefixes } from '#domain';
import type { EventStore } from '#event-store';
import { allProjections } from '#projections';
import { partitionOf, projectedEvent } from '../../libs/projections/projection.ts';

/**
 * Every document is made by the events of one partition, in every read model: what allows one to be
 * set aside, and taken up again, without anything else waiting for it. Answers how many documents
 * the log makes.
 */
export async function expectOnePartitionForEachDocument(eventStore: EventStore): Promise<number> {
  const partitions = new Map<string, string>();
  // Others' streams may stand beside ours.
  for await (const record of eventStore.readAll({ prefixes: streamPrefixes })) {
    const projected = projectedEvent(record);
    for (const projection of allProjections) {
      const partition = partitionOf(projection, record.stream);
      for (const { id } of projection.project(projected)) {
        const document = `${projection.name} ${id}`;
        const known = partitions.get(document) ?? partition;
        expect([document, known]).toEqual([document, partition]);
        partitions.set(document, partition);
      }
    }
  }
  return partitions.size;
}
