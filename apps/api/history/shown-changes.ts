import { shownValue } from '#domain';
import type { AuditChange } from '#projections';
import type { AuditChangeDto } from './history.dto.ts';

/** Changes as they are stored, each value also as people read it. */
export const shownChanges = (changes: readonly AuditChange[]): AuditChangeDto[] =>
  changes.map((change) => ({
    ...change,
    fromText: shownValue(change.from),
    toText: shownValue(change.to),
  }));
