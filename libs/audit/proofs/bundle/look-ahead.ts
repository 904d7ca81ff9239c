import type { SealedEvent } from '../leaf.ts';
import { EVENT_LINE } from './lines.ts';

/** What is known of a stream before its events are looked at. */
export interface StreamAhead {
  /** Which of the bundle's events is its last, from 1: what was kept of it goes then. */
  readonly last: number;
  /** Numbers of entries that something happens to after they were given. */
  readonly changed: ReadonlySet<number>;
}

export type Ahead = Map<string, StreamAhead>;

const CHANGES: ReadonlySet<string> = new Set([
  'EntryCorrected',
  'EntryNumberVoided',
  'CertificationRevoked',
  'RevocationPublished',
  'CopyStamped',
  'CopySigned',
  'CorrectionProposed',
]);

/**
 * A first reading, of no more of each line than tells its stream and type. So that a register is kept
 * while it is written to and no longer, and of its entries those alone that are met again. Malformed
 * lines are told in the second reading.
 */
export async function lookAhead(pages: AsyncIterable<readonly Buffer[]>): Promise<Ahead> {
  const ahead = new Map<string, { last: number; changed: Set<number> }>();
  let events = 0;
  for await (const lines of pages) {
    for (const line of lines) {
      if (!startsWith(line, EVENT_LINE)) continue;
      events += 1;
      const { stream, type } = namesIn(line);
      const known = ahead.get(stream) ?? { last: 0, changed: new Set() };
      known.last = events;
      ahead.set(stream, known);
      if (CHANGES.has(type)) known.changed.add(Number(eventIn(line)?.data?.['number']));
    }
  }
  return ahead;
}

const startsWith = (line: Buffer, bytes: Buffer): boolean =>
  line.subarray(0, bytes.length).equals(bytes);

const STREAM = Buffer.from('"stream":"');
const TYPE = '","type":"';
const QUOTE = 0x22;

/**
 * The last fields of an event in canonical JSON, by which it is known where they stand; within a string
 * their quotes would be escaped.
 */
function namesIn(line: Buffer): { readonly stream: string; readonly type: string } {
  const at = line.lastIndexOf(STREAM) + STREAM.length;
  const end = line.indexOf(QUOTE, at);
  const stream = line.toString('utf8', at, end);
  const behind = line.toString('latin1', end, end + TYPE.length + LONGEST_TYPE);
  const [type = ''] = behind.startsWith(TYPE) ? behind.slice(TYPE.length).split('"') : [];
  if (!stream.includes('\\')) return { stream, type };
  return { stream: textOf(eventIn(line)?.stream) ?? stream, type };
}

/** Characters, and some to spare. */
const LONGEST_TYPE = 64;

const textOf = (value: unknown): string | undefined =>
  typeof value === 'string' ? value : undefined;

function eventIn(line: Buffer): Partial<SealedEvent> | undefined {
  try {
    const parsed = JSON.parse(line.toString('utf8')) as {
      readonly event?: Partial<SealedEvent> | null;
    };
    return parsed.event ?? undefined;
  } catch {
    return undefined;
  }
}
