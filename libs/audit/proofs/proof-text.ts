import { countOf } from './checkpoint.ts';
import { BrokenProof, hashOf, toBase64, type Hash } from './hash.ts';

const HEADER = 'c2sp.org/tlog-proof@v1';

/** An event's place in a checkpointed tree: C2SP tlog-proof. */
export interface InclusionProof {
  readonly index: number;
  readonly path: readonly Hash[];
  /** The signed note. */
  readonly checkpoint: string;
  /** The leaf itself, for who has only the proof; not authenticated but by the path. */
  readonly leaf?: Buffer | undefined;
}

export function inclusionText({ index, path, checkpoint, leaf }: InclusionProof): string {
  const extra = leaf === undefined ? [] : [`extra ${toBase64(leaf)}`];
  const lines = [HEADER, ...extra, `index ${index}`, ...path.map(toBase64), '', checkpoint];
  return lines.join('\n');
}

/** @throws BrokenProof */
export function parseInclusion(text: string): InclusionProof {
  const end = text.indexOf('\n\n');
  const [header, ...rest] = text.slice(0, end).split('\n');
  if (end < 0 || header !== HEADER) throw new BrokenProof(`no proof: it begins with ${HEADER}`);
  const extra = rest[0]?.startsWith('extra ') ? rest.shift() : undefined;
  const [, index] = /^index (\S+)$/.exec(rest[0] ?? '') ?? [];
  if (index === undefined) throw new BrokenProof('a proof without the index of its leaf');
  return {
    index: countOf(index),
    path: rest.slice(1).map(hashOf),
    checkpoint: text.slice(end + 2),
    leaf: extra === undefined ? undefined : Buffer.from(extra.slice('extra '.length), 'base64'),
  };
}

/** That a newer checkpoint continues an older one, as a witness takes it: C2SP tlog-witness. */
export interface ConsistencyProof {
  readonly older: number;
  readonly path: readonly Hash[];
  /** The newer, a signed note. */
  readonly checkpoint: string;
}

export const consistencyText = ({ older, path, checkpoint }: ConsistencyProof): string =>
  [`old ${older}`, ...path.map(toBase64), '', checkpoint].join('\n');

/** @throws BrokenProof */
export function parseConsistency(text: string): ConsistencyProof {
  const end = text.indexOf('\n\n');
  const [first = '', ...hashes] = text.slice(0, end).split('\n');
  const [, older] = /^old (\S+)$/.exec(first) ?? [];
  if (end < 0 || older === undefined) throw new BrokenProof('no proof: it begins with old <size>');
  return { older: countOf(older), path: hashes.map(hashOf), checkpoint: text.slice(end + 2) };
}
