import { Transform } from 'class-transformer';

/**
 * Reads a query's text as the whole number it is written as. What `Number` would also take for one
 * (nothing at all, `1e1`, `0x10`, ` 5 `) stays the text it is, for the check behind to refuse.
 */
export const WholeNumber = () =>
  Transform(({ value }: { value: unknown }): unknown =>
    typeof value === 'string' && /^-?\d{1,15}$/.test(value) ? Number(value) : value,
  );
