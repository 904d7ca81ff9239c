import type { SignedFile, StampedFile, StampPlace } from '#domain';
import { STAMP_LAYOUT } from '#domain';
import { applyStamp, sha256Of } from './apply.ts';
import { drawStamp, type StampOrder } from './drawing.ts';
import { PdfFile } from './file.ts';
import { requirePlain } from './inspect.ts';
import { signersOf } from './signatures.ts';

/** A scan to be stamped. Plain data, as all that crosses into a thread. */
export interface StampWork {
  readonly kind: 'stamp';
  readonly bytes: Uint8Array;
  readonly order: StampOrder;
  readonly place: StampPlace;
}

/** A file that came back from signing, and the files known before that it may begin with. */
export interface SignWork {
  readonly kind: 'sign';
  readonly bytes: Uint8Array;
  /** The stamped one first. */
  readonly known: readonly Pick<SignedFile, 'bytes' | 'sha256'>[];
}

export type CopyWork = StampWork | SignWork;

export interface StampedCopy {
  readonly file: StampedFile;
  readonly bytes: Uint8Array;
}

export interface SignedCopy {
  readonly file: SignedFile;
  /** SHA-256 of the files that it begins with; where the stamped one is not among them, no more is looked at. */
  readonly beginsWith: readonly string[];
}

export type Done<W extends CopyWork> = W extends StampWork ? StampedCopy : SignedCopy;

/** @throws PdfRefused */
export async function doWork<W extends CopyWork>(work: W): Promise<Done<W>> {
  const done = await (work.kind === 'stamp' ? stamped(work) : signed(work));
  return done as Done<W>;
}

async function stamped({ bytes: given, order, place }: StampWork): Promise<StampedCopy> {
  const source = bufferOf(given);
  const scan = new PdfFile(source);
  requirePlain(scan);
  const { bytes, pages } = applyStamp(scan, await drawStamp(order), place);
  const hashes = { sourceSha256: sha256Of(source), sha256: sha256Of(bytes) };
  const file = { ...hashes, place, layout: STAMP_LAYOUT, bytes: bytes.length, pages };
  return { file, bytes };
}

async function signed({ bytes: given, known }: SignWork): Promise<SignedCopy> {
  const bytes = bufferOf(given);
  const [stamped] = known;
  const begins = known.filter(
    (one) => one.bytes <= bytes.length && sha256Of(bytes.subarray(0, one.bytes)) === one.sha256,
  );
  const isOther = stamped !== undefined && !begins.includes(stamped);
  const signers = isOther ? [] : await signersOf(new PdfFile(bytes), stamped?.bytes ?? 0);
  const beginsWith = begins.map(({ sha256 }) => sha256);
  return { file: { sha256: sha256Of(bytes), bytes: bytes.length, signers }, beginsWith };
}

const bufferOf = (bytes: Uint8Array): Buffer =>
  Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
