import 'reflect-metadata';
import { expect, it } from '@jest/globals';
import { plainToInstance } from 'class-transformer';
import { validateSync } from 'class-validator';
import { tidy } from '#domain';
import { Text } from './text.ts';

class Form {
  @Text({ description: 'Họ tên', most: 10 })
  name: string;
}

const isTaken = (name: string): boolean =>
  validateSync(plainToInstance(Form, { name })).length === 0;

it('a text counts as given where something of it is left when it is tidied, for each sign there is', () => {
  const wrong: number[] = [];
  // Halves of characters are refused at the door.
  const isHalf = (code: number): boolean => code >= 0xd800 && code <= 0xdfff;
  for (let code = 0; code <= 0xffff; code += 1) {
    const sign = String.fromCodePoint(code);
    if (!isHalf(code) && isTaken(sign) !== (tidy(sign) !== '')) wrong.push(code);
  }
  expect(wrong).toEqual([]);
});
