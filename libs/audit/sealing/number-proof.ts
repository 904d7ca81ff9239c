import { inclusionText, streamId, type NumberProof } from '../proofs/index.ts';
import type { LogProofs } from './log-proofs.ts';

/** Where a register had come to, and where its numbers begin. */
export interface ProvenNumber {
  readonly proof: NumberProof;
  /** Of the checkpoint. */
  readonly size: number;
  readonly given: boolean;
  /** Where its numbers begin; null where it has given none. */
  readonly firstNumber: number | null;
  readonly lastNumber: number | null;
}

/**
 * Whether a number was ever given in a register, with what shows it.
 * @throws as `LogProofs.head` and `LogProofs.inclusion`
 */
export async function proveNumber(
  proofs: LogProofs,
  stream: string,
  number: number,
): Promise<ProvenNumber> {
  const { latest, bucket } = await proofs.head(stream);
  const lastNumber = bucket.heads.find(({ id }) => id === streamId(stream))?.lastNumber ?? null;
  // What has given no number has perhaps no first event either, and needs none.
  const opened = lastNumber === null ? undefined : await proofs.inclusion(stream, 0);
  const firstNumber = opened ? firstIn(opened.leaf) : null;
  const given =
    firstNumber !== null && lastNumber !== null && firstNumber <= number && number <= lastNumber;
  const shown = opened ? inclusionText(opened) : null;
  const proof = { stream, number, statement: latest.heads, ...bucket, opened: shown };
  return { proof, size: latest.size, given, firstNumber, lastNumber };
}

/** A register's first event opens a book, or tells of numbers that were lost: numbers begin with 1 then. */
function firstIn(leaf: Buffer): number {
  const { type, data } = JSON.parse(leaf.toString('utf8')) as {
    readonly type: string;
    readonly data: { readonly firstNumber?: number };
  };
  return type === 'BookOpened' ? Number(data.firstNumber) : 1;
}
