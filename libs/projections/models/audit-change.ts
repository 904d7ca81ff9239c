import { fieldLabels, labelOfField, type ThingKind } from '#domain';
import type { DocValue } from '#read-store';

/** One field before and after, with the label people know it by. */
export type AuditChange = {
  readonly field: string;
  readonly label: string;
  readonly from: DocValue;
  readonly to: DocValue;
};

export type Values = Readonly<Record<string, DocValue>>;

type Kind = Extract<ThingKind, 'register' | 'signature' | 'seal' | 'agency'>;

export const edits = (changes: object, kind: Kind): AuditChange[] =>
  Object.entries(changes as Record<string, { from: DocValue; to: DocValue }>).map(
    ([field, { from, to }]) => ({ field, label: labelOfField(field, kind), from, to }),
  );

export const stateChange = (from: string, to: string): AuditChange => ({
  field: 'state',
  label: fieldLabels.state,
  from,
  to,
});

const nothing: ReadonlySet<string> = new Set();

/** Values that were not there before; empty ones say nothing. A loop: most audit lines are made here. */
export function firsts(values: Values, kind: Kind, except = nothing): AuditChange[] {
  const changes: AuditChange[] = [];
  for (const field in values) {
    const to = values[field] ?? null;
    if (to === null || to === '' || except.has(field)) continue;
    changes.push({ field, label: labelOfField(field, kind), from: null, to });
  }
  return changes;
}
