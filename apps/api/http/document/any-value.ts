import { ApiProperty } from '@nestjs/swagger';

/** What a changed field may hold: a text, a number, true or false, a list of texts, a thing with fields, or null. */
export const anyValue = (description: string, example: string) =>
  ApiProperty({
    description,
    example,
    nullable: true,
    oneOf: [
      { type: 'string' },
      { type: 'number' },
      { type: 'boolean' },
      { type: 'array', items: { type: 'string' } },
      { type: 'object', additionalProperties: true },
    ],
  });
