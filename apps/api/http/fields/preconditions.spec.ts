import { describe, expect, it } from '@jest/globals';
import type { Request } from 'express';
import { ApiProblem } from '../problems/api-problems.ts';
import { IF_MATCH, ifMatch, isKept } from './preconditions.ts';

const asked = (given?: string) => ifMatch({ header: () => given } as unknown as Request);

describe('If-Match (RFC 9110, 13.1.1)', () => {
  it.each<[string | undefined, readonly number[] | undefined]>([
    [undefined, undefined],
    ['*', undefined],
    [' * ', undefined],
    ['"3"', [3]],
    ['"3", "4"', [3, 4]],
    ['"3","4" , "5"', [3, 4, 5]],
    [', "3",, "4",', [3, 4]],
    ['W/"3"', []],
    ['W/"3", "4"', [4]],
    ['"03"', []],
    ['""', []],
    ['"a,b", "4"', [4]],
    ['"*"', []],
    ['"é"', []],
    ['"9999999999999999"', []],
  ])('%s takes %j', (given, revisions) => expect(asked(given)).toEqual(revisions));

  it.each(['', '3', '"3', '3"', '*, "3"', '"3" "4"', 'w/"3"', 'W/3', '"a b"', '"3";', "'3'"])(
    '%j is no list of tags',
    (given) => expect(() => asked(given)).toThrow(ApiProblem),
  );

  it.each(['*', '"3"', '"3", W/"4"'])('%j is what the document allows', (given) =>
    expect(new RegExp(IF_MATCH, 'u').test(given)).toBe(true),
  );

  it.each(['', '3', '*, "3"', '"3" "4"', '"a b"'])('%j is what the document forbids', (given) =>
    expect(new RegExp(IF_MATCH, 'u').test(given)).toBe(false),
  );

  it('takes no longer than its text, whatever that is', () => {
    expect(() => asked(`${'"1",'.repeat(4000)}x`)).toThrow(ApiProblem);
    expect(() => asked(`${','.repeat(16_000)}x`)).toThrow(ApiProblem);
  });
});

describe('If-None-Match (RFC 9110, 13.1.2)', () => {
  const kept = (given?: string) => isKept({ header: () => given } as unknown as Request, 'abc');

  it.each(['"abc"', 'W/"abc"', '*', '"x", W/"abc"', ', "abc",'])('%s has it', (given) =>
    expect(kept(given)).toBe(true),
  );

  it.each([undefined, '"abcd"', '"x", "ab"', 'abc', '"x"abc"', 'x"abc"'])(
    '%s has it not',
    (given) => expect(kept(given)).toBe(false),
  );
});
