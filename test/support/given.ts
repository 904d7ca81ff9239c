import { expect } from '@jest/globals';
import { Refusal, type DomainEvent, type RefusalCode, type RefusalDetails } from '#domain';

interface Decider<S, C, E> {
  readonly initial: () => S;
  readonly evolve: (state: S, event: E) => S;
  readonly decide: (state: S, command: C) => readonly E[];
}

/** Given what happened before, when a command comes, then these events or this refusal. */
export function specFor<S, C, E extends DomainEvent>(decider: Decider<S, C, E>) {
  const stateAfter = (events: readonly E[]): S => events.reduce(decider.evolve, decider.initial());
  return {
    stateAfter,
    /** The events earlier commands lead to, one after the other. */
    played: (...commands: readonly C[]): readonly E[] => {
      let state = decider.initial();
      return commands.flatMap((command) => {
        const events = decider.decide(state, command);
        state = events.reduce(decider.evolve, state);
        return events;
      });
    },
    given: (...events: readonly E[]) => ({
      when: (command: C) => {
        const decide = (): readonly E[] => decider.decide(stateAfter(events), command);
        return {
          then: (...expected: readonly E[]): void => {
            expect(decide()).toEqual(expected);
          },
          thenTypes: (...types: readonly E['type'][]): void => {
            expect(decide().map(({ type }) => type)).toEqual(types);
          },
          thenNothing: (): void => {
            expect(decide()).toEqual([]);
          },
          thenRefused: <R extends RefusalCode>(
            code: R,
            details?: Partial<RefusalDetails[R]>,
          ): void => {
            const refusal = refusalOf(decide);
            expect(refusal.code).toBe(code);
            if (details) expect(refusal.details).toMatchObject(details);
          },
          events: decide,
        };
      },
    }),
  };
}

function refusalOf(decide: () => unknown): Refusal {
  try {
    decide();
  } catch (error) {
    if (error instanceof Refusal) return error as Refusal;
    throw error;
  }
  throw new Error('the command was not refused');
}
