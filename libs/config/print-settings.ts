import { z } from 'zod';

/** What the register on paper goes by. */
export const printSettings = {
  EXPORT_HOURS: z.coerce
    .number()
    .min(0.1)
    .max(720)
    .default(24)
    .describe(
      'How long a printed register can be fetched from where it was printed, in hours; it is known by its hash for ever, and printed again byte for byte.',
    ),
  REGISTER_FORMS: z
    .string()
    .optional()
    .describe(
      'File of the columns of register forms (JSON), in place of those that are known: docs/operations.md.',
    ),
};

/** What anybody may ask of a copy. */
export const verificationSettings = {
  VERIFY_LIMIT: z.coerce
    .number()
    .int()
    .min(0)
    .default(60)
    .describe(
      'Codes and files that one address may verify in a minute (`/xac-minh`), at each API process; beyond it 429; 0: no limit.',
    ),
};
