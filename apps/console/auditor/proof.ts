import canonicalize from 'canonicalize';
import type { InclusionAnswer } from '#client';

/** What the browser found by itself, with nothing taken from the service's word. */
export interface Verdict {
  /** The event leads to the root that was signed (RFC 6962). */
  readonly isIncluded: boolean;
  /** The root was signed by this key (C2SP signed-note, Ed25519); undefined where by none of those known. */
  readonly signedBy: string | undefined;
  readonly size: number;
  readonly root: string;
}

type Bytes = Uint8Array<ArrayBuffer>;

const bytesOf = (base64: string): Bytes =>
  Uint8Array.from(atob(base64), (char) => char.charCodeAt(0));
const base64Of = (bytes: Bytes): string => btoa(String.fromCharCode(...bytes));
const utf8 = (text: string): Bytes => new TextEncoder().encode(text);

async function sha256(...parts: readonly Bytes[]): Promise<Bytes> {
  const whole = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return new Uint8Array(await crypto.subtle.digest('SHA-256', whole));
}

const LEAF = Uint8Array.of(0);
const NODE = Uint8Array.of(1);

/** The root an audit path leads to: RFC 9162, 2.1.3.2. Undefined where it is no path in such a tree. */
async function rootByPath(
  leaf: Bytes,
  at: { index: number; size: number; path: readonly Bytes[] },
) {
  let [node, last, root] = [at.index, at.size - 1, leaf];
  if (node > last) return undefined;
  for (const sibling of at.path) {
    if (last === 0) return undefined;
    if (node % 2 === 1 || node === last) {
      root = await sha256(NODE, sibling, root);
      while (node % 2 === 0 && node !== 0) [node, last] = [node / 2, Math.floor(last / 2)];
    } else root = await sha256(NODE, root, sibling);
    [node, last] = [Math.floor(node / 2), Math.floor(last / 2)];
  }
  return last === 0 ? root : undefined;
}

/** The signed note at the end of a proof: its text, and who signed it with what. */
function noteIn(proof: string) {
  const checkpoint = proof.slice(proof.indexOf('\n\n') + 2);
  const end = checkpoint.lastIndexOf('\n\n');
  const lines = checkpoint
    .slice(end + 2)
    .split('\n')
    .filter((line) => line !== '');
  const signatures = lines.map((line) => /^— (\S+) (\S+)$/u.exec(line)?.[2] ?? '');
  const [, size = '', root = ''] = checkpoint.split('\n');
  return { text: checkpoint.slice(0, end + 1), signatures, size: Number(size), root };
}

/** Whether one of the signatures is this key's: `name+id+base64`, an Ed25519 key behind its type's byte. */
async function isSignedBy(key: string, text: string, signatures: readonly string[]) {
  const raw = bytesOf(key.slice(key.lastIndexOf('+', key.length - 45) + 1)).subarray(1);
  const publicKey = await crypto.subtle.importKey('raw', raw, 'Ed25519', false, ['verify']);
  const verified = signatures.map((one) =>
    crypto.subtle.verify('Ed25519', publicKey, bytesOf(one).subarray(4), utf8(text)),
  );
  return (await Promise.all(verified)).some(Boolean);
}

/** Holds a proof against the event itself and the keys; everything is computed here, by WebCrypto. */
export async function verify(
  { event, index, path, proof }: InclusionAnswer,
  keys: readonly string[],
): Promise<Verdict> {
  const { text, signatures, size, root } = noteIn(proof);
  const leaf = await sha256(LEAF, utf8(canonicalize(event) ?? ''));
  const computed = await rootByPath(leaf, { index, size, path: path.map(bytesOf) });
  const isIncluded = computed !== undefined && base64Of(computed) === root;
  for (const key of keys) {
    if (await isSignedBy(key, text, signatures)) return { isIncluded, signedBy: key, size, root };
  }
  return { isIncluded, signedBy: undefined, size, root };
}
