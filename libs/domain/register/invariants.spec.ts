import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  assign,
  closeBook,
  correct,
  day,
  discard,
  editBook,
  openBook,
  revoke,
  voidNumber,
} from '../../../test/support/register-samples.ts';
import { Refusal } from '../refusal.ts';
import type { RegisterCommand } from './commands.ts';
import { decideRegister } from './decide.ts';
import type { RegisterEvent } from './events.ts';
import { emptyRegister, evolveRegister, type RegisterState } from './register.ts';

const bookId = fc.constantFrom('book-1', 'book-2', 'book-3');
const date = fc
  .constantFrom('2024-05-09', '2024-05-10', '2024-05-11', '2024-12-31', '2025-01-01')
  .map(day);
const number = fc.integer({ min: 1, max: 12 });
const reason = fc.constantFrom('', 'Lý do');

/** Any command of the register, sensible or not. */
const command: fc.Arbitrary<RegisterCommand> = fc.oneof(
  {
    weight: 2,
    arbitrary: fc
      .record({
        bookId,
        name: fc.constantFrom('01/2024', '02/2024', '03/2024'),
        firstNumber: number,
        openedOn: date,
        closesOn: date,
        reason,
      })
      .map(openBook),
  },
  {
    weight: 2,
    arbitrary: fc
      .record({ bookId, closesOn: date, firstNumber: fc.option(number, { nil: undefined }) })
      .map(editBook),
  },
  fc.record({ bookId, reason }).map(discard),
  fc.record({ bookId, today: date }).map(closeBook),
  {
    weight: 8,
    arbitrary: fc
      .record({
        bookId,
        dossier: fc.constantFrom('A', 'B'),
        document: fc.integer({ min: 0, max: 4 }),
        today: date,
        copies: fc.integer({ min: 0, max: 3 }),
      })
      .map(assign),
  },
  {
    weight: 2,
    arbitrary: fc
      .record({
        bookId,
        number,
        today: date,
        copies: fc.integer({ min: 0, max: 9 }),
        certifiedOn: date,
      })
      .map(correct),
  },
  fc.record({ number, reason }).map(voidNumber),
  fc.record({ bookId, number, today: date }).map(revoke),
);

interface Played {
  readonly state: RegisterState;
  readonly events: readonly RegisterEvent[];
}

/** What the log holds after the commands, refused ones leaving no trace. */
function play(commands: readonly RegisterCommand[]): Played {
  return commands.reduce<Played>(
    ({ state, events }, next) => {
      try {
        const decided = decideRegister(state, next);
        return { state: decided.reduce(evolveRegister, state), events: [...events, ...decided] };
      } catch (error) {
        if (error instanceof Refusal) return { state, events };
        throw error;
      }
    },
    { state: emptyRegister, events: [] },
  );
}

const assigned = (events: readonly RegisterEvent[]) =>
  events.flatMap((event) => (event.type === 'EntryNumberAssigned' ? [event.data] : []));

const commands = fc.array(command, { maxLength: 60 });

describe('whatever commands a register gets, in whatever order', () => {
  it('its numbers run without gap or repeat from the first', () => {
    fc.assert(
      fc.property(commands, (given) => {
        const numbers = assigned(play(given).events).map(({ number: n }) => n);
        expect(numbers).toEqual(numbers.map((_, index) => (numbers[0] ?? 0) + index));
      }),
      { numRuns: 500 },
    );
  });

  it('their certification days never run backwards', () => {
    fc.assert(
      fc.property(commands, (given) => {
        const { state, events } = play(given);
        const dates = assigned(events).map(
          ({ number: n }) => state.entries.get(n)?.certifiedOn ?? '',
        );
        expect(dates).toEqual([...dates].sort());
      }),
      { numRuns: 500 },
    );
  });

  it('at most one book is open, and no two kept books share a name', () => {
    fc.assert(
      fc.property(commands, (given) => {
        const { books } = play(given).state;
        expect(books.filter((book) => book.state === 'open').length).toBeLessThanOrEqual(1);
        const names = books.filter((book) => book.state !== 'discarded').map(({ name }) => name);
        expect(new Set(names).size).toBe(names.length);
      }),
      { numRuns: 500 },
    );
  });

  it('a document has at most one standing number', () => {
    fc.assert(
      fc.property(commands, (given) => {
        const { state, events } = play(given);
        const standing = assigned(events)
          .filter(({ number: n }) => state.entries.get(n)?.state !== 'voided')
          .map(({ dossier, document }) => `${dossier} ${document}`);
        expect(new Set(standing).size).toBe(standing.length);
      }),
      { numRuns: 500 },
    );
  });

  it('totals equal what the entries add up to', () => {
    fc.assert(
      fc.property(commands, (given) => {
        const { state, events } = play(given);
        for (const book of state.books) {
          const own = assigned(events)
            .filter((data) => data.bookId === book.bookId)
            .map((data) => state.entries.get(data.number));
          const counted = own.filter((entry) => entry?.state !== 'voided');
          expect(book.totals).toMatchObject({
            entries: own.length,
            voided: own.length - counted.length,
            revoked: own.filter((entry) => entry?.state === 'revoked').length,
            copies: counted.reduce((sum, entry) => sum + (entry?.copies ?? 0), 0),
            fees: counted.reduce((sum, entry) => sum + (entry?.fee ?? 0), 0),
          });
        }
      }),
      { numRuns: 300 },
    );
  });

  it('the same command twice leaves no second event', () => {
    fc.assert(
      fc.property(commands, command, (given, last) => {
        const once = play([...given, last]);
        const twice = play([...given, last, last]);
        expect(twice.events.length).toBe(once.events.length);
      }),
      { numRuns: 500 },
    );
  });
});
