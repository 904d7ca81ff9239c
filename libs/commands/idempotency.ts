import { nameOf, type EventMetadata } from '#domain';
import type { NewEvent, RecordedEvent } from '#event-store';
import type { CommandContext } from './context.ts';

/**
 * The idempotency key was spent on another request: nothing was written
 * (IETF draft-ietf-httpapi-idempotency-key-header, "Error Scenarios").
 */
export class IdempotencyKeyReused extends Error {
  override readonly name = 'IdempotencyKeyReused';
}

/** The first 32 hexadecimal digits as a UUID is written. */
export const uuidText = (hex: string): string =>
  [0, 8, 12, 16, 20].map((at, i) => hex.slice(at, [8, 12, 16, 20, 32][i])).join('-');

/**
 * Under which key the events of a request are found in its stream: a key belongs to an account.
 * Undefined for a request without one.
 */
export function requestKey({
  actor,
  idempotencyKey,
}: Pick<CommandContext, 'actor' | 'idempotencyKey'>): string | undefined {
  if (idempotencyKey === undefined) return undefined;
  return nameOf('request', actor.account, idempotencyKey);
}

/** Under which key a recorded event is found, where its request had one. */
export const requestKeyOf = ({ metadata }: RecordedEvent): string | undefined =>
  metadata['idempotencyKey'] === undefined
    ? undefined
    : requestKey(metadata as unknown as EventMetadata);

/** What is known of the request that has spent a key. */
export type Spender = Pick<CommandContext, 'requestHash' | 'requestNulls'>;

export const spenderOf = ({ metadata }: NewEvent): Spender => metadata;

/** Of requests to earlier versions it is not known what they said by nulls, and it makes no difference. */
const isSame = ({ requestHash, requestNulls }: Spender, context: CommandContext): boolean =>
  requestHash === context.requestHash &&
  (requestNulls ?? context.requestNulls) === context.requestNulls;

/** @throws IdempotencyKeyReused when the key was spent by a request with another content */
export function requireSameRequest(spender: Spender, context: CommandContext): void {
  if (!isSame(spender, context)) {
    throw new IdempotencyKeyReused('the idempotency key was used for another request');
  }
}
