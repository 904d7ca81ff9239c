import { displayDate, isCalendarDate } from './calendar.ts';

/** A number as people read it: 20.000. */
export const displayNumber = (value: number): string => value.toLocaleString('vi-VN');

/**
 * A field's value as people read it: dd/MM/yyyy, 20.000, Có, a picture by whose it is and its
 * version, a mandate by its number; never a date or an id as machines write it. A dash where there is nothing.
 */
export function shownValue(value: unknown): string {
  switch (typeof value) {
    case 'number':
      return displayNumber(value);
    case 'boolean':
      return value ? 'Có' : 'Không';
    case 'string':
      if (value === '') return '–';
      return isCalendarDate(value) ? displayDate(value) : value;
    case 'object':
      return value === null ? '–' : shownUse(value);
    default:
      return '–';
  }
}

interface Use {
  readonly account?: string;
  readonly version?: number;
  readonly mandateNumber?: string;
}

/** A version of a picture, of an account's signatures where it says so; a mandate by its number. */
function shownUse(value: object): string {
  const { account, version, mandateNumber } = value as Use;
  if (mandateNumber !== undefined) return mandateNumber;
  const owner = account === undefined ? [] : [`tài khoản ${account}`];
  return [...owner, `phiên bản ${version ?? 1}`].join(', ');
}
