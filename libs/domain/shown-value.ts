import { displayDate, isCalendarDate } from './calendar.ts';

/** A number as people read it: 20.000. */
export const displayNumber = (value: number): string => value.toLocaleString('vi-VN');

/**
 * A field's value as people read it: dd/MM/yyyy, 20.000, Có, a picture by whose it is and its
 * version; never a date or an id as machines write it. A dash where there is nothing.
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
      return value === null ? '–' : shownPicture(value);
    default:
      return '–';
  }
}

/** A version of a picture, of an account's signatures where it says so. */
function shownPicture(value: object): string {
  const { account, version } = value as { readonly account?: string; readonly version?: number };
  const owner = account === undefined ? [] : [`tài khoản ${account}`];
  return [...owner, `phiên bản ${version ?? 1}`].join(', ');
}
