import { applyDecorators } from '@nestjs/common';
import { Transform } from 'class-transformer';
import { ValidateIf } from 'class-validator';

/** A field that may be left out; `null` is left out too, as our own answers write what there is not. */
export const IfGiven = () =>
  applyDecorators(
    Transform(({ value }: { readonly value: unknown }) => value ?? undefined),
    ValidateIf((_object: unknown, value: unknown) => value !== undefined),
  );

/** What is given of a form all of whose fields may be left out: `null` is left out there too. */
export const given = <T extends object>(form: T): { [K in keyof T]: NonNullable<T[K]> } =>
  Object.fromEntries(
    Object.entries(form).filter(([, value]) => value !== null && value !== undefined),
  ) as { [K in keyof T]: NonNullable<T[K]> };
