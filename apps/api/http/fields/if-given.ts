import { applyDecorators } from '@nestjs/common';
import { Transform } from 'class-transformer';
import { IsOptional, ValidateIf } from 'class-validator';

/** A field that may be left out; `null` is left out too, as our own answers write what there is not. */
export const IfGiven = () =>
  applyDecorators(
    Transform(({ value }: { readonly value: unknown }) => value ?? undefined),
    ValidateIf((_object: unknown, value: unknown) => value !== undefined),
  );

const orNull = new Set<string>();

/** A field that may be left out, where `null` is a value of its own: there shall be none. */
export const OrNull = (): PropertyDecorator => (form, name) => {
  orNull.add(String(name));
  IsOptional()(form, name);
};

/** Whether a field of this name says something by `null`. */
export const saysByNull = (name: string): boolean => orNull.has(name);

/** What is given of a form all of whose fields may be left out: `null` is left out there too. */
export const given = <T extends object>(form: T): { [K in keyof T]: NonNullable<T[K]> } =>
  Object.fromEntries(
    Object.entries(form).filter(([, value]) => value !== null && value !== undefined),
  ) as { [K in keyof T]: NonNullable<T[K]> };
