import type { CalendarDate } from '../calendar.ts';
import type { MandateFields } from './events.ts';

/** Records the document that somebody certifies by. */
export interface RecordMandate {
  readonly type: 'RecordMandate';
  readonly id: string;
  readonly fields: MandateFields;
  readonly today: CalendarDate;
}

export interface EndMandate {
  readonly type: 'EndMandate';
  readonly id: string;
  /** The first day without it; by default today. */
  readonly endedOn?: string | undefined;
  readonly reason: string;
  readonly today: CalendarDate;
}

export type MandateCommand = RecordMandate | EndMandate;
