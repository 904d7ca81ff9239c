import type { Changes, RegisterEvent } from '#domain';
import type { Report } from './report.ts';

/** That the values before a change are those that stood there. */
export function requireBefore(
  type: string,
  stood: Readonly<Record<string, unknown>>,
  changes: Changes<object>,
  report: Report,
): void {
  const pairs = Object.entries(changes) as [string, { readonly from: unknown }][];
  for (const [field, { from }] of pairs)
    if (!isSame(from, stood[field])) report('BEFORE', { type, field, stood: told(stood[field]) });
}

const isSame = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);

/** A value as a finding tells it. */
export const told = (value: unknown): string => (value === undefined ? '–' : JSON.stringify(value));

/** That where a decision was made public is said of an entry that was revoked by one. */
export function requireRevoked(
  state: string | undefined,
  { type, data: { number } }: Extract<RegisterEvent, { type: 'RevocationPublished' }>,
  report: Report,
): void {
  if (state === undefined) report('NO_ENTRY', { type, number });
  else if (state !== 'revoked') report('ENTRY_STATE', { type, number, state });
}

export type EndEvent = Extract<
  RegisterEvent,
  { type: 'EntryNumberVoided' | 'CertificationRevoked' }
>;

/** That a number comes to its end once, and takes with it what it had. */
export function requireEndOf(
  entry:
    { readonly state: string; readonly columns: Readonly<Record<string, unknown>> } | undefined,
  { type, data }: EndEvent,
  report: Report,
): void {
  const { number } = data;
  if (!entry) {
    report('NO_ENTRY', { type, number });
    return;
  }
  if (entry.state !== 'assigned') report('ENTRY_STATE', { type, number, state: entry.state });
  if (!('copies' in data)) return;
  for (const field of ['copies', 'fee'] as const)
    if (data[field] !== entry.columns[field])
      report('BEFORE', { type, field, stood: told(entry.columns[field]) });
}
