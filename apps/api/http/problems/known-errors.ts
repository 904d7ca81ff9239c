import {
  BadKeyFile,
  LogContradicts,
  NotSealed,
  OtherKeys,
  SealedElsewhere,
  ReplayFailed,
  ReplaysBusy,
} from '#audit';
import { Unauthenticated } from '#access';
import { CommandTooLarge, DrawnOtherwise, IdempotencyKeyReused } from '#commands';
import { ClockJumped } from '#config';
import {
  NothingAtFault,
  NothingToCallOff,
  NothingToRollBackTo,
  ReadModelAstray,
  TaskKeyReused,
  TaskUnderWay,
} from '#projections';
import { InvalidCursor, ReadTooSlow } from '#read-store';
import { TooManyWaiting } from '#threads';
import type { ApiProblemCode, ApiProblemDetails } from './api-problems.ts';

export type ErrorKind = abstract new (...given: never[]) => Error;
/** Codes whose problems need no details. */
type Plain = {
  [C in ApiProblemCode]: Record<string, never> extends ApiProblemDetails[C] ? C : never;
};

/** What the libraries throw, and the problem each is told as. */
export const codeByKind: readonly (readonly [ErrorKind, Plain[ApiProblemCode]])[] = [
  [IdempotencyKeyReused, 'IDEMPOTENCY_KEY_REUSED'],
  [DrawnOtherwise, 'COPY_DRAWN_OTHERWISE'],
  [InvalidCursor, 'INVALID_CURSOR'],
  [Unauthenticated, 'UNAUTHENTICATED'],
  [CommandTooLarge, 'COMMAND_TOO_LARGE'],
  [ClockJumped, 'CLOCK_JUMPED'],
  [ReplaysBusy, 'AS_OF_BUSY'],
  [ReplayFailed, 'AS_OF_FAILED'],
  [NotSealed, 'NOT_SEALED'],
  [LogContradicts, 'SEALING_STOPPED'],
  [OtherKeys, 'AUDIT_KEYS'],
  [BadKeyFile, 'AUDIT_KEYS'],
  [SealedElsewhere, 'UNAVAILABLE'],
  [ReadModelAstray, 'READ_MODEL_ASTRAY'],
  [ReadTooSlow, 'READ_TOO_SLOW'],
  [TaskUnderWay, 'PROJECTION_BUSY'],
  [TaskKeyReused, 'IDEMPOTENCY_KEY_REUSED'],
  [NothingToRollBackTo, 'NOTHING_TO_ROLL_BACK'],
  [NothingToCallOff, 'NOTHING_TO_CALL_OFF'],
  [NothingAtFault, 'NOTHING_AT_FAULT'],
  [TooManyWaiting, 'TOO_MANY_WAITING'],
];
