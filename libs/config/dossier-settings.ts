import { z } from 'zod';

/** What deadlines of dossiers go by. */
export const dossierSettings = {
  WORK_CALENDAR: z
    .string()
    .optional()
    .describe(
      'File of the days that are worked and off, a year each (JSON), beside or in place of the years that are known: docs/operations.md.',
    ),
};
