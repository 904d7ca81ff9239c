import { z } from 'zod';

/** Words separated by commas or blanks. */
export const list = z
  .string()
  .transform((text) => text.split(/[\s,]+/).filter((word) => word !== ''));
