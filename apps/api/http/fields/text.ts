import { applyDecorators } from '@nestjs/common';
import { ApiProperty } from '@nestjs/swagger';
import { IsInt, IsString, Max, MaxLength, Min, ValidateBy } from 'class-validator';
import { LONGEST_OPTIONAL, tidy } from '#domain';
import type { FieldProblem } from '../problems/problem.ts';
import { IfGiven } from './if-given.ts';

interface About {
  readonly description: string;
  readonly example?: string | number;
  /** The field may be left out. */
  readonly optional?: true;
}

/** A character that is still there when the register has tidied the text (`tidy`), as a pattern with the flag `u`. */
const VISIBLE =
  '[^\\s\\u0000-\\u001f\\u007f-\\u009f\\u2800\\ud800-\\udfff\\p{Default_Ignorable_Code_Point}\\p{Cf}]';

const visible = new RegExp(VISIBLE, 'u');

/** Something is left when the text is tidied; what is no text at all, another check tells. */
const IsVisible = () =>
  ValidateBy({
    name: 'isVisible',
    validator: { validate: (value) => typeof value !== 'string' || visible.test(value) },
  });

interface AboutText extends About {
  /** Characters, at most. */
  readonly most: number;
  /** It may say nothing. */
  readonly blank?: true;
  /** What it looks like, where that is more than some text. */
  readonly pattern?: string;
  /** It has to look so as it was sent: a program's word, of which nothing is tidied away. */
  readonly exact?: true;
  /** What is told where it does not look so; without, that is for the domain to tell. */
  readonly otherwise?: Otherwise;
}

type Otherwise = Omit<FieldProblem, 'field'>;

/** What is no text, or none that is visible, other checks tell. */
function IsShaped(pattern: string, otherwise: Otherwise, read: (text: string) => string) {
  const shape = new RegExp(pattern, 'u');
  const isShaped = (text: string): boolean => text === '' || shape.test(text);
  return ValidateBy(
    {
      name: 'isShaped',
      validator: { validate: (value) => typeof value !== 'string' || isShaped(read(value)) },
    },
    // The library hands on nothing else of a check.
    { message: () => JSON.stringify(otherwise) },
  );
}

/** A text as the document states it and the service checks it: one cannot be changed without the other. */
export function Text({
  most,
  blank,
  optional,
  exact,
  pattern = VISIBLE,
  otherwise,
  ...about
}: AboutText) {
  const shape = blank ? {} : { minLength: 1, pattern };
  return applyDecorators(
    ApiProperty({ ...about, ...shape, maxLength: most, required: optional !== true }),
    IsString(),
    MaxLength(most),
    ...(blank ? [] : [IsVisible()]),
    ...(otherwise ? [IsShaped(pattern, otherwise, exact ? (text) => text : tidy)] : []),
    ...(optional ? [IfGiven()] : []),
  );
}

/** A text that may be left out or say nothing, as the domain's `optionalText` takes it. */
export const OptionalText = (about: Pick<AboutText, 'description' | 'example'>) =>
  Text({ ...about, most: LONGEST_OPTIONAL, blank: true, optional: true });

interface AboutWhole extends About {
  readonly least: number;
  readonly most: number;
}

/** A whole number, likewise. */
export function Whole({ least, most, optional, ...about }: AboutWhole) {
  return applyDecorators(
    ApiProperty({
      ...about,
      type: 'integer',
      minimum: least,
      maximum: most,
      required: optional !== true,
    }),
    IsInt(),
    Min(least),
    Max(most),
    ...(optional ? [IfGiven()] : []),
  );
}
