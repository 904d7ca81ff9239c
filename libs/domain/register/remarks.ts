import { displayDate, vietnameseDate } from '../calendar.ts';
import type { Changes } from '../changes.ts';
import { fieldLabels, type Field } from '../labels.ts';
import { shownValue } from '../shown-value.ts';

/** What was done to an entry after its number was given. */
export interface Annotation {
  readonly kind: 'corrected' | 'voided' | 'revoked' | 'published' | 'lost';
  /** ISO 8601 instant. */
  readonly at: string;
  /** The name of who did it. */
  readonly by: string;
  readonly reason: string;
  /** Who asked for it, where `by` has confirmed. */
  readonly proposedBy?: string;
  readonly changes?: Changes<Record<string, string | number | null>>;
  readonly decisionNumber?: string;
  readonly decisionDate?: string;
  readonly decisionIssuer?: string | null;
  readonly publishedAt?: string;
  readonly publishedOn?: string;
}

const done = {
  corrected: 'Đính chính',
  voided: 'Hủy số',
  revoked: 'Hủy giá trị pháp lý',
  published: 'Ghi nhận đăng tải quyết định',
  lost: 'Mất dữ liệu, ghi nhận',
} as const;

/** Ghi chú as the register prints it: the note, then what was done, by whom, when and why. */
export function remarksOf(note: string, annotations: readonly Annotation[]): string {
  return [note, ...annotations.map(remark)].filter((text) => text !== '').join(' ');
}

const of = (issuer: string | null | undefined): string => (issuer ? ` của ${issuer}` : '');

function remark({ kind, at, by, reason, changes = {}, ...decision }: Annotation): string {
  const { decisionNumber, decisionDate = '', decisionIssuer, proposedBy } = decision;
  const { publishedAt, publishedOn = '' } = decision;
  const who = proposedBy === undefined ? by : `${proposedBy} đề nghị, ${by} xác nhận`;
  const changed = Object.entries(changes).map(
    ([field, change]) =>
      `${fieldLabels[field as Field]}: ${shownValue(change?.from)} → ${shownValue(change?.to)}`,
  );
  const decided = decisionNumber
    ? [`Quyết định số ${decisionNumber} ngày ${displayDate(decisionDate)}${of(decisionIssuer)}`]
    : [];
  const published = publishedAt ? [`${publishedAt}, ngày ${displayDate(publishedOn)}`] : [];
  const what = [...decided, ...published, ...changed].join('; ');
  const day = displayDate(vietnameseDate(new Date(at)));
  const why = reason === '' ? '' : ` (${reason})`;
  return `${done[kind]} ngày ${day}, ${who}${what === '' ? '' : `: ${what}`}${why}.`;
}
