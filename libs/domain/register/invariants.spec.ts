import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { registerCommand, registerCommands } from '../../../test/support/register-commands.ts';
import {
  assign,
  correct,
  day,
  openBook,
  pause,
  resume,
} from '../../../test/support/register-samples.ts';
import { Refusal } from '../refusal.ts';
import type { RegisterCommand } from './commands.ts';
import { decideRegister } from './decide.ts';
import type { RegisterEvent } from './events.ts';
import { evolveRegister } from './evolve.ts';
import { newRegister, type RegisterState } from './register.ts';

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
    { state: newRegister(), events: [] },
  );
}

const assigned = (events: readonly RegisterEvent[]) =>
  events.flatMap((event) => (event.type === 'EntryNumberAssigned' ? [event.data] : []));

/** The numbers an event gives or says were given. */
function numbersOf(event: RegisterEvent): readonly number[] {
  if (event.type === 'EntryNumberAssigned') return [event.data.number];
  if (event.type !== 'NumbersLost') return [];
  const { from, to } = event.data;
  return Array.from({ length: to - from + 1 }, (_, index) => from + index);
}

const days = fc.constantFrom(...['2024-05-10', '2024-05-11', '2024-05-12'].map(day));
const LATER = day('2024-06-01');

/** Corrections of days, in a book of a year. */
const corrections = fc
  .record({
    number: fc.constantFrom(1, 2, 5),
    certifiedOn: days,
  })
  .map((given) => correct({ ...given, today: LATER }));

const commands = registerCommands;
const command = registerCommand;

describe('whatever commands a register gets, in whatever order', () => {
  it('its numbers, lost ones among them, run without gap or repeat from the first', () => {
    fc.assert(
      fc.property(commands, (given) => {
        const numbers = play(given).events.flatMap(numbersOf);
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

  it('their days run on across lost numbers, too', () => {
    const lossy = [
      openBook({ closesOn: '2024-12-31' }),
      ...[assign(), assign({ document: 2 })],
      ...[pause({ knownLast: 4 }), resume({ lastGiven: 4 })],
    ];
    const some = fc.array(corrections, { maxLength: 5 });
    const behind = days.map((certifiedOn) => assign({ document: 3, certifiedOn, today: LATER }));
    fc.assert(
      fc.property(some, behind, some, (before, next, then) => {
        const { state } = play([...lossy, ...before, next, ...then]);
        const dates = [1, 2, 5].flatMap((n) => state.entries.get(n)?.certifiedOn ?? []);
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
