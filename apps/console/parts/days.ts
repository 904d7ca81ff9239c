/** Days and numbers: ISO 8601 and digits in the API, dd/MM/yyyy and 20.000 before people (`shown`, `typed`). */

const ISO = /^(\d{4})-(\d{2})-(\d{2})$/;

/** `2024-05-10` → `10/05/2024`; what is no day is shown as it is. */
export const shownDay = (iso: string): string => iso.replace(ISO, '$3/$2/$1');

const isDay = (year: number, month: number, day: number): boolean => {
  const date = new Date(Date.UTC(year, month - 1, day));
  return date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
};

/**
 * What somebody typed, as an ISO day: `10/05/2024`, `10-5-2024`, `10.5.2024` or `10052024`.
 * Undefined for what is no day of the calendar.
 */
export function typedDay(text: string): string | undefined {
  const trimmed = text.trim();
  const parts =
    /^(\d{1,2})[/.\- ](\d{1,2})[/.\- ](\d{4})$/.exec(trimmed) ??
    /^(\d{2})(\d{2})(\d{4})$/.exec(trimmed);
  if (parts === null) return undefined;
  const [day, month, year] = parts.slice(1).map(Number) as [number, number, number];
  if (!isDay(year, month, day)) return undefined;
  return `${year}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`;
}

const instants = new Intl.DateTimeFormat('en-GB', {
  timeZone: 'Asia/Ho_Chi_Minh',
  year: 'numeric',
  month: '2-digit',
  day: '2-digit',
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
});

/** An instant in Vietnam's time: `10/05/2024 08:05:00`. */
export const shownInstant = (iso: string): string =>
  instants.format(new Date(iso)).replace(',', '');

/** The same without its seconds: `10/05/2024 08:05`. */
export const shownMinute = (iso: string): string => shownInstant(iso).replace(/:\d\d$/, '');

/** An hour as somebody typed it: `8:05`, `08:05`, `8h05`, `8h`. Undefined for what is none. */
export function typedHour(text: string): string | undefined {
  const parts = /^(\d{1,2})(?:[:hH.](\d{2})?)$/.exec(text.trim());
  if (parts === null) return undefined;
  const [hour, minute] = [Number(parts[1]), Number(parts[2] ?? 0)];
  if (hour > 23 || minute > 59) return undefined;
  return `${String(hour).padStart(2, '0')}:${String(minute).padStart(2, '0')}`;
}

/** The instant it is that hour of a day in Vietnam. */
export const instantOf = (day: string, hour: string): string => `${day}T${hour}:00+07:00`;

const whole = new Intl.NumberFormat('vi-VN');
/** `20000` → `20.000`. */
export const shownNumber = (value: number): string => whole.format(value);

/** A whole number as somebody typed it: `20000` or `20.000`. Undefined for what is none. */
export function typedWhole(text: string): number | undefined {
  const trimmed = text.trim();
  return /^(\d{1,3}(\.\d{3})+|\d+)$/.test(trimmed)
    ? Number(trimmed.replaceAll('.', ''))
    : undefined;
}
