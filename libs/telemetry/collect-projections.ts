import type { EventStore } from '#event-store';
import { allProjections, projectionStatus, type ProjectionStatus } from '#projections';
import type { ReadStore } from '#read-store';
import type { ProjectionGauges } from './metrics.ts';

/** Reads from the stores how each projection stands. */
export const collectProjections =
  (stores: { readonly eventStore: EventStore; readonly readStore: ReadStore }) =>
  async ({ lagEvents, lagSeconds, up, parked, rebuilt }: ProjectionGauges): Promise<void> => {
    const statuses = allProjections.map((projection) => projectionStatus(stores, projection));
    for (const status of await Promise.all(statuses)) {
      const labels = { projection: status.name };
      lagEvents.set(labels, status.lag);
      lagSeconds.set(labels, status.lagSeconds);
      up.set(labels, status.failure ? 0 : 1);
      parked.set(labels, status.parked.length);
      rebuilt.set(labels, shareOf(status.rebuild));
    }
  };

function shareOf(rebuild: ProjectionStatus['rebuild']): number {
  if (!rebuild) return 1;
  return rebuild.total > 0 ? Math.min(1, rebuild.done / rebuild.total) : 0;
}
