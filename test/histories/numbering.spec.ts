import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { numberingFaults, type Asked, type Given } from './numbering.ts';

const asked = (document: string, askedAt: number, at?: number, number?: number): Asked => ({
  document,
  askedAt,
  ...(at !== undefined && number !== undefined && { answered: { at, number } }),
});
const given = (...documents: readonly string[]): Given[] =>
  documents.map((document, index) => ({ document, number: index + 1 }));

describe('a history of numbering', () => {
  it('that went one after another is one that can have happened', () => {
    const history = [asked('a', 0, 1, 1), asked('b', 2, 3, 2), asked('a', 4, 5, 1)];
    expect(numberingFaults(history, given('a', 'b'))).toEqual([]);
  });

  it('whose requests overlapped may have given the later one the lesser number', () => {
    const history = [asked('a', 0, 9, 2), asked('b', 1, 8, 1)];
    expect(numberingFaults(history, given('b', 'a'))).toEqual([]);
  });

  it('whose answer was lost may hold its number, or not', () => {
    const history = [asked('a', 0), asked('b', 5, 6, 2), asked('c', 7)];
    expect(numberingFaults(history, given('a', 'b'))).toEqual([]);
  });

  it.each<[string, readonly Asked[], readonly Given[]]>([
    [
      'a gap',
      [asked('a', 0, 1, 1), asked('b', 2, 3, 3)],
      [...given('a'), { document: 'b', number: 3 }],
    ],
    [
      'a number twice',
      [asked('a', 0, 1, 1), asked('b', 2, 3, 1)],
      [...given('a'), { document: 'b', number: 1 }],
    ],
    ['a document with two numbers', [asked('a', 0, 1, 1), asked('a', 2, 3, 1)], given('a', 'a')],
    ['an acknowledged number that is gone', [asked('a', 0, 1, 1), asked('b', 2, 3, 2)], given('a')],
    ['a caller told another’s number', [asked('a', 0, 1, 2), asked('b', 0, 1, 1)], given('a', 'b')],
    [
      'a repeated request told another number',
      [asked('a', 0, 1, 1), asked('a', 2, 3, 2), asked('b', 2, 3, 2)],
      given('a', 'b'),
    ],
    ['a number nobody asked for', [asked('a', 0, 1, 1)], given('a', 'b')],
    [
      'a later request with the lesser number',
      [asked('a', 0, 1, 2), asked('b', 2, 3, 1)],
      given('b', 'a'),
    ],
    [
      'an answer before a lesser number was asked for',
      [asked('a', 0, 1, 3), asked('b', 0, 9, 1), asked('c', 5, 9, 2)],
      given('b', 'c', 'a'),
    ],
    [
      'a lost answer whose number is less than one answered before it was asked',
      [asked('a', 0, 1, 2), asked('b', 2)],
      given('b', 'a'),
    ],
  ])('with %s can’t have happened', (_what, history, register) => {
    expect(numberingFaults(history, register)).not.toEqual([]);
  });

  it('of a counter that is asked by many at once can have happened, and with two of its numbers exchanged in time it can’t', () => {
    const ask = fc.record({
      wait: fc.nat(9),
      work: fc.nat(9),
      answer: fc.nat(9),
      lost: fc.boolean(),
    });
    fc.assert(
      fc.property(fc.array(ask, { minLength: 2, maxLength: 40 }), (asks) => {
        let clock = 0;
        const planned = asks.map(({ wait, work, answer, lost }, index) => {
          clock += wait;
          return {
            document: `d-${index}`,
            askedAt: clock,
            at: clock + work,
            answeredAt: clock + work + answer,
            lost,
          };
        });
        const order = [...planned].sort((a, b) => a.at - b.at);
        const register = given(...order.map(({ document }) => document));
        const history = planned.map(({ document, askedAt, answeredAt, lost }) =>
          lost
            ? asked(document, askedAt)
            : asked(
                document,
                askedAt,
                answeredAt,
                order.findIndex((one) => one.document === document) + 1,
              ),
        );
        expect(numberingFaults(history, register)).toEqual([]);

        const [early, late] = [history[0], history.at(-1)] as [Asked, Asked];
        const [first, last] = [early.answered, late.answered];
        if (!first || !last || first.at >= late.askedAt) return;
        const swapped = history.map((one) => {
          if (one === early) return { ...one, answered: { ...first, number: last.number } };
          if (one === late) return { ...one, answered: { ...last, number: first.number } };
          return one;
        });
        const exchanged = register.map(({ document, number }) => {
          if (document === early.document) return { document: late.document, number };
          if (document === late.document) return { document: early.document, number };
          return { document, number };
        });
        expect(numberingFaults(swapped, exchanged)).not.toEqual([]);
      }),
      { numRuns: 2000 },
    );
  });
});
