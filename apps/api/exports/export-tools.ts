import type { Clock } from '#config';
import type { ExportSources } from '#exports';

/** What prints are made from, and by which clock. Nest knows it by this class. */
export class ExportTools {
  constructor(
    readonly sources: ExportSources,
    readonly clock: Clock,
  ) {}
}
