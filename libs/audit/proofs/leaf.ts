import canonicalize from 'canonicalize';
import { leafHash, type Hash } from './hash.ts';

/** What of a recorded event is sealed. Nothing here depends on the store or changes when a log is moved. */
export interface SealedEvent {
  readonly stream: string;
  readonly revision: number;
  readonly id: string;
  readonly type: string;
  readonly data: Readonly<Record<string, unknown>>;
  readonly metadata: Readonly<Record<string, unknown>>;
}

/**
 * An event as it is sealed. Where it stood before it was imported (`metadata.origin`) is left out: a
 * log that was moved has the same root.
 */
export function sealedEvent({
  stream,
  revision,
  id,
  type,
  data,
  metadata,
}: SealedEvent): SealedEvent {
  const { origin: _moved, ...said } = metadata;
  return { stream, revision, id, type, data, metadata: said };
}

/**
 * The leaf of an event: canonical JSON (RFC 8785) of what is sealed of it, in UTF-8.
 * @throws Error it holds what JSON does not, as half of a surrogate pair
 */
export const leafOf = (event: SealedEvent): Buffer =>
  Buffer.from(canonicalize(sealedEvent(event)) as string, 'utf8');

export const leafHashOf = (event: SealedEvent): Hash => leafHash(leafOf(event));
