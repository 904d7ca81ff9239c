import { BrokenProof, toBase64 } from '../hash.ts';
import { parseNote } from '../note.ts';
import { openTimestamp, type Timestamp, type TrustedCertificates } from '../timestamp.ts';

/**
 * Timestamps on a checkpoint: those that hold, and of the others what is wrong with them.
 * @param tokens in base64
 * @param note the signed checkpoint
 */
export async function openTimestamps(
  tokens: readonly string[],
  note: string,
  trusted: TrustedCertificates,
): Promise<{ readonly held: readonly Timestamp[]; readonly broken: readonly string[] }> {
  const held: Timestamp[] = [];
  const broken: string[] = [];
  for (const base64 of tokens) {
    try {
      const token = Buffer.from(base64, 'base64');
      if (toBase64(token) !== base64) throw new BrokenProof('no base64');
      held.push(await openTimestamp(token, parseNote(note).text, trusted));
    } catch (error) {
      if (!(error instanceof BrokenProof)) throw error;
      broken.push(error.message);
    }
  }
  return { held, broken };
}
