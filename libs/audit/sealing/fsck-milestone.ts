import type { EventStore, Position } from '#event-store';
import {
  BrokenProof,
  hashOf,
  noteText,
  parseNote,
  signersOf,
  toBase64,
  type Hash,
  type StreamHead,
  type VerifierKey,
} from '../proofs/index.ts';
import { active, type KeptNote, type SigningKeys } from './keys.ts';

/** How far an `fsck` had come, at the end of a full tile. */
export interface Milestone {
  readonly size: number;
  /** Where in the log the last event stands that was looked at, and which it is. */
  readonly after: Position;
  readonly id: string;
  /** By the clock of the machine, ISO 8601 UTC. */
  readonly at: string;
  readonly checkpoints: number;
  readonly findings: readonly string[];
  /** The partial tiles by level. */
  readonly edge: readonly (readonly Hash[])[];
  readonly streams: readonly StreamHead[];
}

/** Where milestones are kept, and who signs them: nobody else can say that a part was looked at. */
export interface Milestones {
  readonly kept: KeptNote;
  readonly signing: SigningKeys;
  readonly now: () => Date;
  /** From one to the next, in milliseconds: as much is looked at again after it was killed. Default 2000. */
  readonly everyMs?: number;
}

/** What was looked at longer ago is looked at again, in milliseconds. */
const HOLDS_MS = 24 * 3_600_000;
/** Its first line tells it from whatever else the same keys sign. */
const SUFFIX = '/fsck';

export async function keepMilestone(
  { kept, signing }: Milestones,
  { edge, ...milestone }: Milestone,
): Promise<void> {
  const told = JSON.stringify({ ...milestone, edge: edge.map((tile) => tile.map(toBase64)) });
  const text = `${signing.origin}${SUFFIX}\n${told}\n`;
  await kept.write(noteText({ text, signatures: active(signing).map((key) => key.sign(text)) }));
}

/**
 * What may be gone on from: signed by this log's keys, not old, and of the log as it lies. Undefined
 * where there is nothing of the kind; all is then looked at.
 */
export async function milestoneOf(
  { kept, signing, now }: Milestones,
  eventStore: EventStore,
): Promise<Milestone | undefined> {
  const note = await kept.read();
  if (note === undefined) return undefined;
  const milestone = milestoneIn(note, signing);
  if (!milestone) return undefined;
  const ago = now().getTime() - Date.parse(milestone.at);
  if (!(ago >= 0 && ago < HOLDS_MS)) return undefined;
  const there = await eventStore.eventAt(milestone.after).catch(() => undefined);
  return there?.id === milestone.id ? milestone : undefined;
}

function milestoneIn(note: string, { origin, all }: SigningKeys): Milestone | undefined {
  const keys: readonly VerifierKey[] = all.map(({ key }) => key);
  try {
    const parsed = parseNote(note);
    const [first, told = ''] = parsed.text.split('\n');
    if (first !== `${origin}${SUFFIX}` || signersOf(parsed, keys).length === 0) return undefined;
    const { edge, ...milestone } = JSON.parse(told) as Omit<Milestone, 'edge'> & {
      readonly edge: readonly (readonly string[])[];
    };
    return { ...milestone, edge: edge.map((tile) => tile.map(hashOf)) };
  } catch (error) {
    if (error instanceof BrokenProof || error instanceof SyntaxError) return undefined;
    throw error;
  }
}
