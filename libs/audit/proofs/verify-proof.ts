import type { Trust } from './bundle/verify.ts';
import { openCheckpoint } from './checkpoint.ts';
import { BrokenProof, leafHash, toBase64 } from './hash.ts';
import { leafHashOf, type SealedEvent } from './leaf.ts';
import type { ConsistencyProof, InclusionProof } from './proof-text.ts';
import { requireConsistent, rootByPath } from './tree.ts';

/** A tree that the log has signed, and who else has. */
interface Signed {
  readonly origin: string;
  readonly size: number;
  /** Base64. */
  readonly root: string;
  readonly cosignedBy: readonly string[];
}

/** That an event is in the sealed log. */
export interface Inclusion extends Signed {
  readonly kind: 'inclusion';
  readonly index: number;
  readonly event: unknown;
}

/** That a checkpoint continues an earlier one. */
export interface Consistency extends Signed {
  readonly kind: 'consistency';
  readonly older: number;
}

function opened(note: string, { keys, policy }: Trust) {
  const witnesses = policy?.witnesses.map(({ key }) => key) ?? [];
  const { checkpoint, cosigned } = openCheckpoint(note, keys, witnesses);
  const by = cosigned.map(({ key }) => key);
  if (policy && !policy.isQuorum(by))
    throw new BrokenProof(`the witnesses that have cosigned are not enough: ${by.length}`);
  const { origin, size, root } = checkpoint;
  const cosignedBy = [...new Set(by.map(({ name }) => name))];
  return { checkpoint, signed: { origin, size, root: toBase64(root), cosignedBy } };
}

/**
 * Holds a proof of inclusion (C2SP tlog-proof) against the log's key.
 * @param event what is to be in the log, where the proof does not carry it
 * @throws BrokenProof it does not hold
 */
export function verifyInclusion(
  { index, path, checkpoint: note, leaf }: InclusionProof,
  trust: Trust,
  event?: SealedEvent,
): Inclusion {
  const { checkpoint, signed } = opened(note, trust);
  if (!event && !leaf) throw new BrokenProof('the proof does not carry its event: name it');
  const hash = event ? leafHashOf(event) : leafHash(leaf ?? Buffer.alloc(0));
  const { size, root } = checkpoint;
  if (!rootByPath(hash, { index, size, path }).equals(root))
    throw new BrokenProof('the event is not the one that was sealed there');
  return { kind: 'inclusion', ...signed, index, event: event ?? eventIn(leaf) };
}

/** The path has told that these are the sealed bytes. @throws BrokenProof */
function eventIn(leaf: Buffer | undefined): unknown {
  try {
    return JSON.parse(leaf?.toString('utf8') ?? '');
  } catch {
    throw new BrokenProof('what was sealed there is no event');
  }
}

/**
 * Holds a proof of consistency (C2SP tlog-witness) between a checkpoint somebody has kept and a later one.
 * @param kept the older checkpoint, a signed note
 * @throws BrokenProof it does not hold
 */
export function verifyConsistency(
  { older, path, checkpoint: note }: ConsistencyProof,
  kept: string,
  trust: Trust,
): Consistency {
  const { checkpoint: newer, signed } = opened(note, trust);
  const { checkpoint: first } = openCheckpoint(kept, trust.keys);
  if (first.size !== older)
    throw new BrokenProof(`the kept checkpoint is of ${first.size}, not of ${older}`);
  if (first.origin !== newer.origin) throw new BrokenProof('two checkpoints of two logs');
  requireConsistent(first, newer, path);
  return { kind: 'consistency', ...signed, older };
}
