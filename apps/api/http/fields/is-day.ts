import { ValidateBy } from 'class-validator';
import { isCalendarDate } from '#domain';

/** A day there is, as `2024-05-10`: what the document calls a date, held to at the door. */
export const IsDay = () =>
  ValidateBy({
    name: 'isDay',
    validator: { validate: (value) => typeof value === 'string' && isCalendarDate(value) },
  });
