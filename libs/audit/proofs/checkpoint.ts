import { BrokenProof, hashOf, toBase64, type Hash } from './hash.ts';
import { parseNote, signersOf, type Signer, type VerifierKey } from './note.ts';

/** A tree as its log has signed it: C2SP tlog-checkpoint. */
export interface Checkpoint {
  readonly origin: string;
  readonly size: number;
  readonly root: Hash;
}

export const checkpointText = ({ origin, size, root }: Checkpoint): string =>
  `${origin}\n${size}\n${toBase64(root)}\n`;

/** The text of a checkpoint. Extension lines are none of ours. @throws BrokenProof */
export function parseCheckpoint(text: string): Checkpoint {
  const [origin = '', size = '', root = '', ...rest] = text.split('\n');
  if (origin === '' || rest.length !== 1 || rest[0] !== '')
    throw new BrokenProof('no checkpoint: it has an origin, a size and a root');
  return { origin, size: countOf(size), root: hashOf(root) };
}

/** What the checkpoint of a signed note says, whoever signed it. @throws BrokenProof */
export const statedCheckpoint = (note: string): Checkpoint => parseCheckpoint(parseNote(note).text);

/** @throws BrokenProof it is no whole number as C2SP writes it */
export function countOf(text: string): number {
  const count = Number(text);
  if (!/^(0|[1-9]\d*)$/.test(text) || !Number.isSafeInteger(count))
    throw new BrokenProof(`no whole number: ${text.slice(0, 40)}`);
  return count;
}

/**
 * The checkpoint of a signed note, by the keys of its log, and which of the witnesses have cosigned.
 * @throws BrokenProof it is none, none of the keys signed it, or it is another log's
 */
export function openCheckpoint(
  note: string,
  keys: readonly VerifierKey[],
  witnesses: readonly VerifierKey[] = [],
): { checkpoint: Checkpoint; cosigned: readonly Signer[] } {
  const parsed = parseNote(note);
  const signers = signersOf(parsed, keys);
  if (signers.length === 0) throw new BrokenProof('none of the known keys signed the checkpoint');
  const checkpoint = parseCheckpoint(parsed.text);
  if (signers.some(({ key }) => key.name !== checkpoint.origin))
    throw new BrokenProof(`the checkpoint is of ${checkpoint.origin}, not of its signer`);
  return { checkpoint, cosigned: signersOf(parsed, witnesses) };
}
