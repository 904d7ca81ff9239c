import { ValidateIf } from 'class-validator';

/** A field that may be left out; `null` is not left out, and is checked like any other value. */
export const IfGiven = () => ValidateIf((_object: unknown, value: unknown) => value !== undefined);
