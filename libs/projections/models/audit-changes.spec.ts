import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { registerCommands } from '../../../test/support/register-commands.ts';
import {
  bookOf,
  decideRegister,
  evolveRegister,
  newRegister,
  Refusal,
  type RegisterCommand,
  type RegisterEvent,
  type RegisterState,
} from '#domain';
import { auditChanges } from './audit-changes.ts';

type Values = Record<string, unknown>;

/** Nothing and an empty text say the same. */
const said = (value: unknown): unknown => (value === undefined || value === '' ? null : value);

const columns = [
  ...['certifiedOn', 'requester', 'documentTitle', 'certifierFullName', 'certifierTitle'],
  ...['authority', 'copies', 'fee', 'pages', 'proposedFee', 'note'],
];
const bookFields = ['name', 'firstNumber', 'openedOn', 'closesOn', 'form'];

function decided(state: RegisterState, command: RegisterCommand): readonly RegisterEvent[] {
  try {
    return decideRegister(state, command);
  } catch (error) {
    if (error instanceof Refusal) return [];
    throw error;
  }
}

/** The lines about a thing folded one after another; each begins where the ones before have led. */
class Folded {
  private readonly things = new Map<string, Values>();

  take(name: string, event: RegisterEvent, fields: readonly string[]): Values {
    const values = this.things.get(name) ?? {};
    for (const { field, from, to } of auditChanges(event)) {
      if (!fields.includes(field)) continue;
      expect([event.type, field, said(from)]).toEqual([event.type, field, said(values[field])]);
      values[field] = to;
    }
    this.things.set(name, values);
    return values;
  }
}

const only = (fields: readonly string[], of: object): Values =>
  Object.fromEntries(fields.map((field) => [field, said((of as Values)[field])]));

describe('the history’s lines, folded', () => {
  it('give every entry and every book as it is, after every event', () => {
    fc.assert(
      fc.property(registerCommands, (commands) => {
        let state = newRegister();
        const folded = new Folded();
        for (const command of commands)
          for (const event of decided(state, command)) {
            state = evolveRegister(state, event);
            if (!('bookId' in event.data) || event.data.bookId === null) continue;
            const { bookId } = event.data;
            const number = 'number' in event.data ? event.data.number : null;
            const thing = number === null ? bookOf(state, bookId) : state.entries.get(number);
            const fields = number === null ? bookFields : columns;
            const lines = folded.take(`${bookId}/${number ?? ''}`, event, fields);
            if (thing) expect(only(fields, lines)).toEqual(only(fields, thing));
          }
      }),
      { numRuns: 500 },
    );
  });
});
