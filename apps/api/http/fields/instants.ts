import { isCalendarDate } from '#domain';
import { BadInput } from '../problems/bad-input.ts';

/** Việt Nam's offset all year: what a date or time without one means. */
const HERE = '+07:00';
const DAY_LENGTH = 'YYYY-MM-DD'.length;
const DAY_MS = 24 * 60 * 60 * 1000;
const HAS_ZONE = /(?:Z|[+-]\d{2}:?\d{2})$/;
const MONTH_DAY =
  '((0[13578]|1[02])-(0[1-9]|[12][0-9]|3[01])|(0[469]|11)-(0[1-9]|[12][0-9]|30)|02-(0[1-9]|1[0-9]|2[0-9]))';
const TIME = '([01][0-9]|2[0-3]):[0-5][0-9](:[0-5][0-9]([.][0-9]{1,9})?)?';
const ZONE = '(Z|[+-]([01][0-9]|2[0-3]):?[0-5][0-9])';

/** A day, or a time of one with or without an offset (ISO 8601), as the document states it. */
export const INSTANT = `^[0-9]{4}-${MONTH_DAY}(T${TIME}${ZONE}?)?$`;
const SHAPE = new RegExp(INSTANT);

/** A day is its first instant in Việt Nam; a time without an offset is one in Việt Nam. */
function instant(text: string): Date {
  if (isCalendarDate(text)) return new Date(`${text}T00:00:00${HERE}`);
  return new Date(HAS_ZONE.test(text) ? text : `${text}${HERE}`);
}

function checked(field: string, text: string): Date {
  const date = instant(text);
  const isReal = SHAPE.test(text) && isCalendarDate(text.slice(0, DAY_LENGTH));
  if (isReal && !Number.isNaN(date.getTime())) return date;
  const detail = 'Thời điểm không hợp lệ. Vui lòng nhập ISO 8601, ví dụ 2024-05-10T08:00:00+07:00.';
  throw new BadInput([{ field, code: 'DATE_FORMAT', detail }]);
}

/** The moment a text names; a day means its last instant. @throws BadInput */
export function momentAt(text: string): Date {
  const date = checked('at', text);
  return isCalendarDate(text) ? new Date(date.getTime() + DAY_MS - 1) : date;
}

/** A period as the store compares it, from inclusive to exclusive; a day as its end is meant whole. @throws BadInput */
export function period(from: string | undefined, to: string | undefined) {
  const start = from === undefined ? undefined : checked('from', from);
  const end = to === undefined ? undefined : checked('to', to);
  const behind = end && isCalendarDate(to) ? new Date(end.getTime() + DAY_MS) : end;
  if (start && behind && behind < start) {
    const detail = 'Đến thời điểm (to) không được trước Từ thời điểm (from).';
    throw new BadInput([{ field: 'to', code: 'DATE_ORDER', detail }]);
  }
  return {
    ...(start && { gte: start.toISOString() }),
    ...(behind && { lt: behind.toISOString() }),
  };
}
