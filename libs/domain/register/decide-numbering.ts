import { requireText, requireWhole } from '../checks.ts';
import { refuse } from '../refusal.ts';
import type { NumberingCommand, PauseNumbering, ResumeNumbering } from './commands.ts';
import type { NumberingEvent } from './events.ts';
import { openBookOf, type RegisterState } from './register.ts';

/** More than an office gives in years; a figure beyond it is a slip of the pen. */
const MOST_LOST = 100_000;

/** Refuses while nobody has said which number was the last one given. */
export function requireNumbering({ paused }: RegisterState): void {
  if (paused) refuse('REGISTER_PAUSED', { reason: paused.reason });
}

/** The last number that is known to have been given, or the one before the first that would be. */
export function lastKnownNumber(state: RegisterState): number {
  const first = openBookOf(state)?.firstNumber ?? 1;
  return Math.max(state.lastNumber ?? 0, first - 1);
}

function pauseNumbering(
  state: RegisterState,
  { reason, knownLast }: PauseNumbering,
): readonly NumberingEvent[] {
  const { paused, lastNumber } = state;
  if (paused && (knownLast ?? 0) <= (paused.knownLast ?? 0)) return [];
  const text = requireText('reason', reason);
  return [{ type: 'NumberingPaused', data: { reason: text, lastNumber, knownLast } }];
}

function resumeNumbering(
  state: RegisterState,
  command: ResumeNumbering,
): readonly NumberingEvent[] {
  if (!state.paused) return refuse('NUMBERING_NOT_PAUSED', {});
  const lastGiven = requireWhole('lastGiven', command.lastGiven);
  const reason = requireText('reason', command.reason);
  const { lastNumber } = state;
  if (lastNumber !== null && lastGiven < lastNumber) refuse('LAST_GIVEN_BEFORE', { lastNumber });
  const from = lastKnownNumber(state) + 1;
  if (lastGiven - from >= MOST_LOST) refuse('LOST_TOO_MANY', { from, most: MOST_LOST });
  const resumed = { type: 'NumberingResumed', data: { lastGiven, reason } } as const;
  if (lastGiven < from) return [resumed];
  const book = openBookOf(state);
  const where = { bookId: book?.bookId ?? null, bookName: book?.name ?? null };
  return [{ type: 'NumbersLost', data: { ...where, from, to: lastGiven, reason } }, resumed];
}

export function decideNumbering(
  state: RegisterState,
  command: NumberingCommand,
): readonly NumberingEvent[] {
  switch (command.type) {
    case 'PauseNumbering':
      return pauseNumbering(state, command);
    case 'ResumeNumbering':
      return resumeNumbering(state, command);
    default:
      return command satisfies never;
  }
}
