import { behindInstantIn, firstInstantIn, lastInstantIn } from '#domain';
import { BadInput } from '../problems/bad-input.ts';

function required(field: string, date: Date | undefined): Date {
  if (date) return date;
  const detail = 'Thời điểm không hợp lệ. Vui lòng nhập ISO 8601, ví dụ 2024-05-10T08:00:00+07:00.';
  throw new BadInput([{ field, code: 'DATE_FORMAT', detail }]);
}

/** The moment a text names; a day means its last instant. @throws BadInput */
export const momentAt = (text: string, field = 'at'): Date => required(field, lastInstantIn(text));

/** The moment a text names; a day means its first instant. @throws BadInput */
export const firstMomentAt = (text: string, field: string): Date =>
  required(field, firstInstantIn(text));

/** A period as the store compares it, from inclusive to exclusive; a day as its end is meant whole. @throws BadInput */
export function period(from: string | undefined, to: string | undefined) {
  const start = from === undefined ? undefined : required('from', firstInstantIn(from));
  const behind = to === undefined ? undefined : required('to', behindInstantIn(to));
  if (start && behind && behind < start) {
    const detail = 'Đến thời điểm (to) không được trước Từ thời điểm (from).';
    throw new BadInput([{ field: 'to', code: 'DATE_ORDER', detail }]);
  }
  return {
    ...(start && { gte: start.toISOString() }),
    ...(behind && { lt: behind.toISOString() }),
  };
}
