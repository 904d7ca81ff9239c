import { EventFault } from '../folding/event-fault.ts';
import type { Failure } from '../ledger/ledger.ts';

/** Tries of one event before the projection stops, or sets it aside. */
export const ATTEMPTS = 5;
const FIRST_PAUSE_MS = 200;
const LONGEST_PAUSE_MS = 30_000;

/** Milliseconds before the next try; they double with each. */
export const pauseFor = (attempts: number, firstPauseMs = FIRST_PAUSE_MS): number =>
  Math.min(LONGEST_PAUSE_MS, firstPauseMs * 2 ** (attempts - 1));

/** A projection this process has left behind for a while. */
export interface Trouble {
  readonly attempts: number;
  /** Position of the event at fault, where there is one. */
  readonly at: string | null;
  /** By the clock that never goes back; Infinity where only an operator decides. */
  readonly retryAt: number;
}

/** How often this very error has been met in a row, this time included. */
export function attemptsAt(error: unknown, before: Trouble | undefined): number {
  return before && before.at === placeOf(error) ? before.attempts + 1 : 1;
}

const placeOf = (error: unknown): string | null =>
  error instanceof EventFault ? error.event.position : null;

/** Only an event that was tried often enough; a store that is away comes back. */
export const isGivenUp = (error: unknown, attempts: number): error is EventFault =>
  error instanceof EventFault && attempts >= ATTEMPTS;

/** As it is recorded of a projection that is left behind. */
export function failureOf(error: unknown, attempts: number): Failure {
  const event = error instanceof EventFault ? error.event : null;
  const said = String(error instanceof EventFault ? error.cause : error);
  const stopped = isGivenUp(error, attempts);
  return { error: said, event, attempts, stopped, at: new Date().toISOString() };
}

/** When it is tried again; never by itself where it was tried enough. */
export function troubleOf(error: unknown, attempts: number, firstPauseMs?: number): Trouble {
  const pause = isGivenUp(error, attempts)
    ? Number.POSITIVE_INFINITY
    : pauseFor(attempts, firstPauseMs);
  return { attempts, at: placeOf(error), retryAt: performance.now() + pause };
}
