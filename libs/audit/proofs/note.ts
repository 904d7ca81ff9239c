import { createPublicKey, verify, type KeyObject } from 'node:crypto';
import { BrokenProof, sha256, toBase64 } from './hash.ts';

/** A signed note of C2SP signed-note: a text that ends in a newline, and signature lines. */
export interface Note {
  readonly text: string;
  readonly signatures: readonly NoteSignature[];
}

export interface NoteSignature {
  readonly name: string;
  /** Four bytes that name the key, then what the key made. */
  readonly bytes: Buffer;
}

/** Signature types of C2SP signed-note: what a key signs with. */
export const ED25519 = 0x01;
/** A witness's: C2SP tlog-cosignature. */
export const COSIGNATURE = 0x04;

/** A key that signatures are held against: `name+id+base64`, C2SP signed-note. */
export interface VerifierKey {
  readonly name: string;
  readonly type: typeof ED25519 | typeof COSIGNATURE;
  readonly id: Buffer;
  readonly publicKey: KeyObject;
}

const MOST_SIGNATURES = 64;

/** @throws BrokenProof it is no signed note */
export function parseNote(note: string): Note {
  const at = note.lastIndexOf('\n\n');
  // eslint-disable-next-line no-control-regex -- C2SP signed-note: none but the newline
  if (at < 0 || !note.endsWith('\n') || /[\0-\x09\x0b-\x1f]/.test(note))
    throw new BrokenProof('no signed note');
  const lines = note.slice(at + 2, -1).split('\n');
  if (lines.length > MOST_SIGNATURES) throw new BrokenProof('a note with too many signatures');
  return { text: note.slice(0, at + 1), signatures: lines.map(parseSignature) };
}

/** @throws BrokenProof */
export function parseSignature(line: string): NoteSignature {
  const [, name = '', base64 = ''] = /^— ([^\s+]+) (\S+)$/u.exec(line) ?? [];
  const bytes = Buffer.from(base64, 'base64');
  if (name === '' || bytes.length < 5 || toBase64(bytes) !== base64)
    throw new BrokenProof(`no signature line: ${line.slice(0, 100)}`);
  return { name, bytes };
}

export const signatureLine = ({ name, bytes }: NoteSignature): string =>
  `— ${name} ${toBase64(bytes)}\n`;

export const noteText = ({ text, signatures }: Note): string =>
  `${text}\n${signatures.map(signatureLine).join('')}`;

/** Four bytes: C2SP signed-note, "key ID". */
export const keyId = (name: string, type: number, publicKey: Uint8Array): Buffer =>
  sha256(Buffer.concat([Buffer.from(`${name}\n`), Buffer.of(type), publicKey])).subarray(0, 4);

/** What stands before an Ed25519 key's 32 bytes in an SPKI structure: RFC 8410. */
const SPKI = Buffer.from('302a300506032b6570032100', 'hex');

/** The 32 bytes of an Ed25519 public key: RFC 8032. */
export const rawPublicKey = (key: KeyObject): Buffer =>
  key.export({ type: 'spki', format: 'der' }).subarray(SPKI.length);

/** @throws BrokenProof it is no verifier key of a kind known here */
export function parseVerifierKey(text: string): VerifierKey {
  const [, name = '', id = '', base64 = ''] = /^([^\s+]+)\+([0-9a-f]{8})\+(\S+)$/u.exec(text) ?? [];
  const bytes = Buffer.from(base64, 'base64');
  const type = bytes[0];
  if (bytes.length !== 33 || (type !== ED25519 && type !== COSIGNATURE))
    throw new BrokenProof(`no key (name+id+base64): ${text.slice(0, 100)}`);
  const raw = bytes.subarray(1);
  if (keyId(name, type, raw).toString('hex') !== id)
    throw new BrokenProof(`the key's id is not that of its name and bytes: ${text}`);
  const key = Buffer.concat([SPKI, raw]);
  const publicKey = createPublicKey({ key, format: 'der', type: 'spki' });
  return { name, type, id: keyId(name, type, raw), publicKey };
}

export function verifierKeyText(name: string, publicKey: KeyObject, type = ED25519): string {
  const raw = rawPublicKey(publicKey);
  const id = keyId(name, type, raw).toString('hex');
  return `${name}+${id}+${toBase64(Buffer.concat([Buffer.of(type), raw]))}`;
}

const isBy = ({ name, bytes }: NoteSignature, key: VerifierKey): boolean =>
  name === key.name && bytes.subarray(0, 4).equals(key.id);

/** Seconds since 1970 at which a witness cosigned; undefined for a log's own signature. */
export interface Signer {
  readonly key: VerifierKey;
  readonly at: number | undefined;
}

/**
 * Which of the keys have signed a note.
 * @throws BrokenProof a signature names one of the keys and is not its own
 */
export function signersOf(note: Note, keys: readonly VerifierKey[]): readonly Signer[] {
  return note.signatures.flatMap((signature) => {
    const key = keys.find((one) => isBy(signature, one));
    return key === undefined ? [] : [signerOf(note.text, signature, key)];
  });
}

function signerOf(text: string, { bytes }: NoteSignature, key: VerifierKey): Signer {
  const isCosigned = key.type === COSIGNATURE;
  const at = isCosigned && bytes.length >= 12 ? Number(bytes.readBigUInt64BE(4)) : undefined;
  const signed = at === undefined ? text : cosignedText(text, at);
  const isHis = verify(
    null,
    Buffer.from(signed),
    key.publicKey,
    bytes.subarray(isCosigned ? 12 : 4),
  );
  if (!isHis) throw new BrokenProof(`the signature of ${key.name} is not its own`);
  return { key, at };
}

/** What a witness signs: C2SP tlog-cosignature, Ed25519. */
export const cosignedText = (text: string, at: number): string =>
  `cosignature/v1\ntime ${at}\n${text}`;
