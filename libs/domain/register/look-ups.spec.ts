import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { registerCommands } from '../../../test/support/register-commands.ts';
import { Refusal } from '../refusal.ts';
import type { RegisterCommand } from './commands.ts';
import { decideRegister } from './decide.ts';
import type { RegisterEvent } from './events.ts';
import { evolveHead, evolveRegister } from './evolve.ts';
import { recallEntry } from './recall.ts';
import { asksOfRegisterCommand, asksOfRegisterEvent, keysOfRegisterEvent } from './look-ups.ts';
import { asRegister, headOf, newRegister, type RegisterState } from './register.ts';

const eventsUnder = (log: readonly RegisterEvent[], key: string) =>
  log.filter((event) => keysOfRegisterEvent(event).includes(key));

/** A register of which nothing is kept but its head, and what the command asks for is looked up. */
function lookedUp(log: readonly RegisterEvent[], command: RegisterCommand): RegisterState {
  const head = log.reduce(evolveHead, headOf(newRegister()));
  const found = asksOfRegisterCommand(command, head).flatMap(({ key, lastOnly }) => {
    if (!lastOnly) return eventsUnder(log, key);
    return eventsUnder(log, key)
      .slice(-1)
      .flatMap((event) => asksOfRegisterEvent(event).flatMap((ask) => eventsUnder(log, ask.key)));
  });
  return found.reduce(recallEntry, asRegister(JSON.parse(JSON.stringify(head)) as typeof head));
}

const decided = (state: RegisterState, command: RegisterCommand): unknown => {
  try {
    return decideRegister(state, command);
  } catch (error) {
    if (error instanceof Refusal) return [error.code, error.details];
    throw error;
  }
};

const eventsOf = (outcome: unknown): readonly RegisterEvent[] =>
  (outcome as readonly unknown[]).filter(
    (one): one is RegisterEvent => typeof one === 'object' && one !== null && 'type' in one,
  );

describe('a register kept as its head', () => {
  it('decides every command as the whole register does', () => {
    fc.assert(
      fc.property(registerCommands, (commands) => {
        const log: RegisterEvent[] = [];
        for (const command of commands) {
          const whole = log.reduce(evolveRegister, newRegister());
          const outcome = decided(whole, command);
          expect(decided(lookedUp(log, command), command)).toEqual(outcome);
          log.push(...eventsOf(outcome));
        }
      }),
      { numRuns: 500 },
    );
  });

  it('is the head of the whole register, event by event', () => {
    fc.assert(
      fc.property(registerCommands, (commands) => {
        let [state, head] = [newRegister(), headOf(newRegister())];
        for (const command of commands) {
          for (const event of eventsOf(decided(state, command))) {
            [state, head] = [evolveRegister(state, event), evolveHead(head, event)];
            expect(head).toEqual(headOf(state));
          }
        }
      }),
      { numRuns: 200 },
    );
  });

  it('has nothing to do with another register, however their commands interleave', () => {
    const interleaved = fc.array(
      fc.tuple(
        fc.boolean(),
        registerCommands.map(([one]) => one),
      ),
    );
    fc.assert(
      fc.property(interleaved, (steps) => {
        const together = new Map([true, false].map((which) => [which, newRegister()]));
        const alone = new Map([true, false].map((which) => [which, newRegister()]));
        const run = (state: RegisterState, command: RegisterCommand | undefined) =>
          command === undefined
            ? state
            : eventsOf(decided(state, command)).reduce(evolveRegister, state);
        for (const [which, command] of steps) {
          together.set(which, run(together.get(which) ?? newRegister(), command));
        }
        for (const side of [true, false]) {
          for (const [which, command] of steps) {
            if (which === side) alone.set(side, run(alone.get(side) ?? newRegister(), command));
          }
        }
        for (const side of [true, false]) {
          const [one, other] = [together.get(side), alone.get(side)];
          expect(one && headOf(one)).toEqual(other && headOf(other));
          for (let n = 1; n <= 12; n += 1) {
            expect(one?.entries.get(n)).toEqual(other?.entries.get(n));
          }
        }
      }),
      { numRuns: 300 },
    );
  });
});
