import { createHash, randomUUID } from 'node:crypto';
import type { NewEvent, RecordedEvent, Revision } from '#event-store';
import type { CommandContext } from './context.ts';

/**
 * The idempotency key was spent on another request: nothing was written
 * (IETF draft-ietf-httpapi-idempotency-key-header, "Error Scenarios").
 */
export class IdempotencyKeyReused extends Error {
  override readonly name = 'IdempotencyKeyReused';
}

/** Ids of events made under a key, and the revision they stand at. Grows only, with its stream. */
export type KeyedEvents = Map<string, Revision>;

/** RFC 9562, version 5 (made from a name); version 4, made at random, marks an event without a key. */
const NAMED = '5';
const isNamed = (id: string): boolean => id[14] === NAMED;

function uuidOfName(name: string): string {
  const bytes = createHash('sha1').update(name).digest();
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x50;
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  return uuidText(bytes.toString('hex'));
}

/** The first 32 hexadecimal digits as a UUID is written. */
export const uuidText = (hex: string): string =>
  [0, 8, 12, 16, 20].map((at, i) => hex.slice(at, [8, 12, 16, 20, 32][i])).join('-');

/**
 * The id of a command's event. Under an idempotency key it follows from the account, the key and
 * the stream, so the log itself knows, for ever and in every process, whether the key is spent.
 */
export function eventId(stream: string, context: CommandContext, index: number): string {
  const { idempotencyKey, actor } = context;
  if (idempotencyKey === undefined) return randomUUID();
  return uuidOfName(JSON.stringify([stream, actor.account, idempotencyKey, index]));
}

export function rememberKeyed(keyed: KeyedEvents, id: string, revision: Revision): void {
  if (isNamed(id)) keyed.set(id, revision);
}

/** Where the first event of an earlier command with the same key stands; undefined for a fresh key. */
export function spentAt(
  keyed: KeyedEvents,
  stream: string,
  context: CommandContext,
): Revision | undefined {
  if (context.idempotencyKey === undefined) return undefined;
  return keyed.get(eventId(stream, context, 0));
}

/** Whether an event was made by a request with the same key of the same account. */
export function isUnderKey(event: RecordedEvent, context: CommandContext): boolean {
  const { idempotencyKey, actor } = event.metadata as { idempotencyKey?: string; actor?: unknown };
  const { account } = (actor ?? {}) as { account?: string };
  return idempotencyKey === context.idempotencyKey && account === context.actor.account;
}

/** @throws IdempotencyKeyReused when the event was made by a request with another content */
export function requireSameRequest(event: NewEvent, context: CommandContext): void {
  if (event.metadata['requestHash'] !== context.requestHash) {
    throw new IdempotencyKeyReused('the idempotency key was used for another request');
  }
}
