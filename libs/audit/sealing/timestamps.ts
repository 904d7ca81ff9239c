import { randomBytes } from 'node:crypto';
import {
  BrokenProof,
  openTimestamp,
  parseNote,
  timestampRequest,
  timestampTokenIn,
  toBase64,
  type TrustedCertificates,
} from '../proofs/index.ts';
import { bodyOf } from './body-of.ts';
import type { Sealed, SealedLog } from './sealed-log.ts';

/** How long an authority may take to answer, in milliseconds. */
const PATIENCE_MS = 10_000;
/** Longest answer, in bytes: a token with its chain of certificates has some thousand. */
const LONGEST_ANSWER = 64 * 1024;
const NONCE_BYTES = 16;

export interface Stamping {
  readonly sealed: SealedLog;
  /** Addresses of the authorities: RFC 3161 section 3.4. */
  readonly authorities: readonly string[];
  readonly trusted: TrustedCertificates;
  /** An authority is asked again when its last timestamp is so old, in milliseconds. */
  readonly everyMs: number;
  readonly now: () => Date;
  /** Told of each authority that was asked whether it has stamped. */
  readonly tell: (authority: string, error: Error | undefined) => void;
  readonly signal?: AbortSignal | undefined;
  readonly patienceMs?: number;
}

/**
 * Has authorities stamp a checkpoint with their time (RFC 3161) where their last timestamp is of a
 * smaller one and old enough, and keeps what holds. One that is away, or whose answer does not hold,
 * is told of; the others are asked, and it is asked again.
 */
export async function stamp(stamping: Stamping, checkpoint: Sealed): Promise<void> {
  const { authorities, tell, signal } = stamping;
  await Promise.all(
    authorities.map(async (authority) => {
      try {
        if (await stampBy(stamping, authority, checkpoint)) tell(authority, undefined);
      } catch (error) {
        if (!signal?.aborted) tell(authority, error as Error);
      }
    }),
  );
}

/** False where it was not asked. */
async function stampBy(
  stamping: Stamping,
  authority: string,
  { size, note }: Sealed,
): Promise<boolean> {
  const { sealed, trusted, everyMs, now } = stamping;
  const last = await sealed.attestations.lastStamped(authority);
  const ago = now().getTime() - Date.parse(last?.keptAt ?? '');
  // A clock that was put back is no reason to wait.
  const isRecent = last !== undefined && ago >= 0 && ago < everyMs;
  if (last?.size === size || isRecent) return false;
  const { text } = parseNote(note);
  const token = await askFor(text, authority, stamping);
  const { tsa, at, isTrusted } = await openTimestamp(token, text, trusted);
  if (!isTrusted)
    throw new BrokenProof(`${tsa}: its certificate leads to none of those that are trusted`);
  const keptAt = now().toISOString();
  await sealed.attestations.putTimestamp({
    size,
    authority,
    tsa,
    at,
    keptAt,
    token: toBase64(token),
  });
  return true;
}

async function askFor(
  text: string,
  authority: string,
  { signal, patienceMs = PATIENCE_MS }: Stamping,
): Promise<Buffer> {
  const nonce = randomBytes(NONCE_BYTES);
  // As DER writes a positive integer.
  nonce[0] = 0x40 | ((nonce[0] ?? 0) & 0x3f);
  const patience = AbortSignal.timeout(patienceMs);
  const answer = await fetch(authority, {
    method: 'POST',
    headers: { 'content-type': 'application/timestamp-query' },
    body: new Uint8Array(timestampRequest(text, nonce)),
    signal: signal ? AbortSignal.any([patience, signal]) : patience,
    redirect: 'error',
  });
  const body = await bodyOf(answer, LONGEST_ANSWER);
  if (!answer.ok) throw new Error(`it answers ${answer.status}`);
  return timestampTokenIn(body, nonce);
}
