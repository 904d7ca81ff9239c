import { bucketOfId, type BucketProof } from '../heads.ts';
import { UnreadableBundle, type BundleLine } from './lines.ts';

/** Where a line stands: in which section, and there in order of its key. */
export interface Place {
  readonly rank: number;
  readonly key: string;
}
const EVENTS = 5;

export const BEFORE_ALL: Place = { rank: -1, key: '' };

function placeOf(line: BundleLine): Place {
  if ('header' in line) return { rank: 0, key: '' };
  if ('checkpoint' in line) return { rank: 1, key: '' };
  if ('timestamp' in line) return { rank: 2, key: line.timestamp };
  if ('heads' in line) return { rank: 3, key: '' };
  if ('bucket' in line) return { rank: 4, key: keyOfBucket(line.bucket) };
  if ('image' in line) return { rank: 6, key: line.image.sha256 };
  return { rank: 'end' in line ? 7 : EVENTS, key: '' };
}

/** Ordered as buckets are. An empty one is proof of nothing, and in no bundle. */
const keyOfBucket = ({ heads: [first] }: BucketProof): string =>
  first === undefined ? '' : String(bucketOfId(first.id)).padStart(5, '0');

/**
 * The place of a line behind another's. A bundle is written in one way only: what stands elsewhere than
 * it is written was moved.
 * @throws UnreadableBundle
 */
export function placeBehind(last: Place, line: BundleLine, number: number): Place {
  const place = placeOf(line);
  const { rank, key } = place;
  const follows = rank === last.rank ? key > last.key : rank > last.rank;
  // Events and what stands for them are in the order of the log, which the tree tells.
  const isInLog = rank === EVENTS && last.rank === EVENTS;
  if ((!follows && !isInLog) || (number === 1) !== (rank === 0))
    throw new UnreadableBundle(`line ${number} does not stand where a bundle has it`);
  return place;
}
