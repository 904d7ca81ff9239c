import { readFileSync } from 'node:fs';
import { InvalidConfig } from '#config';
import { knownCalendar, parseCalendar, type WorkCalendar } from '#domain';

const REMEDY =
  'Put the file right (docs/operations.md shows one), or leave WORK_CALENDAR unset for the years that are known.';

/** The days offices work: those that are known, with those of a file added. @throws InvalidConfig */
export function readCalendar(path: string | undefined): WorkCalendar {
  if (path === undefined) return knownCalendar;
  try {
    return parseCalendar(JSON.parse(readFileSync(path, 'utf8')));
  } catch (error) {
    const fault = error instanceof Error ? error.message : String(error);
    throw new InvalidConfig(`WORK_CALENDAR (${path}): ${fault}. ${REMEDY}`);
  }
}
