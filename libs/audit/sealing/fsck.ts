import type { Position, RecordedEvent } from '#event-store';
import {
  BrokenProof,
  headAfter,
  headsRoot,
  leafHashOf,
  openCheckpoint,
  openHeads,
  statedCheckpoint,
  TILE_WIDTH,
  toBase64,
  type Hash,
  type StreamHead,
  type VerifierKey,
} from '../proofs/index.ts';
import { keepMilestone, milestoneOf, type Milestone, type Milestones } from './fsck-milestone.ts';
import type { LastSigned } from './keys.ts';
import type { ProofSources } from './log-proofs.ts';
import type { Sealed } from './sealed-log.ts';
import { TileBuilder, type Tile } from './tile-builder.ts';

export interface Fsck extends ProofSources {
  /** Every key that has signed. */
  readonly keys: readonly VerifierKey[];
  readonly lastSigned: LastSigned;
  /** Where it goes on from, and says how far it has come; without, it begins anew. */
  readonly milestones?: Milestones | undefined;
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: ((events: number, size: number) => void) | undefined;
}

/** Nothing was ever sealed, so there is nothing to hold the log against. */
export class NothingSealed extends Error {
  override readonly name = 'NothingSealed';
}

export interface FsckResult {
  /** What was looked at before, and gone on from. */
  readonly before?: Pick<Milestone, 'size' | 'at'> | undefined;
  /** Events that were looked at. */
  readonly events: number;
  /** Checkpoints that were looked at. */
  readonly checkpoints: number;
  /** What is not as it was sealed, at most `MOST`. */
  readonly findings: readonly string[];
}

/** Where an event is missing, everything behind it differs: the first of them say enough. */
const MOST = 50;
const CHECKPOINTS_TOGETHER = 1000;
const MILESTONE_MS = 2000;

/** Holds the whole log against its tiles, its checkpoints and the keys. Memory grows with the streams alone. */
export async function fsck(given: Fsck): Promise<FsckResult> {
  const { eventStore, sealed, lastSigned, prefixes, signal, onProgress } = given;
  // Before the newest that is kept: what is sealed meanwhile is kept first, and then noted as signed.
  const noted = await lastSigned.read();
  const latest = await sealed.latest();
  const note = noted ?? (await lastSigned.read());
  const before = await begunAt(given, latest);
  const findings: string[] = [...(before?.findings ?? [])];
  const check = new Walk({ given, findings, before }, latest?.size ?? 0);
  const lost = await lostSeals(given, note, latest);
  const found = (): readonly string[] => [...(lost === undefined ? [] : [lost]), ...findings];
  if (latest === undefined) return { events: 0, checkpoints: 0, findings: found() };
  await check.nextCheckpoints();
  for await (const page of eventStore.readPages({ prefixes, after: before?.after })) {
    signal?.throwIfAborted();
    for (const event of page) {
      if (check.size >= latest.size) break;
      const full = check.see(event);
      if (full) await full;
    }
    onProgress?.(check.size, latest.size);
    if (check.size >= latest.size || findings.length >= MOST) break;
  }
  await check.end(latest);
  await given.milestones?.kept.remove();
  const { size: events, checkpoints } = check;
  const told = before && { size: before.size, at: before.at };
  return { before: told, events, checkpoints, findings: found() };
}

/** Where an earlier one was ended, of this log and no larger than what is sealed of it. */
async function begunAt(
  { milestones, eventStore }: Fsck,
  latest: Sealed | undefined,
): Promise<Milestone | undefined> {
  const before = milestones && (await milestoneOf(milestones, eventStore));
  return before && before.size <= (latest?.size ?? 0) ? before : undefined;
}

/**
 * What was signed and is not kept any more, in words.
 * @throws NothingSealed
 */
async function lostSeals(
  { eventStore, prefixes }: Fsck,
  note: string | undefined,
  latest: Sealed | undefined,
): Promise<string | undefined> {
  if (note === undefined && latest === undefined) throw new NothingSealed('nothing was sealed yet');
  if (note === undefined) return 'what was signed last is not kept beside the keys any more';
  const { size, root } = statedCheckpoint(note);
  if (size <= (latest?.size ?? 0)) return undefined;
  const builder = new TileBuilder(0, []);
  for await (const event of eventStore.readAll({ prefixes, limit: size }))
    builder.append(leafHashOf(event));
  const isSame = builder.size === size && builder.root().equals(root);
  return isSame
    ? `a checkpoint of ${size} events was signed and is not kept any more; the log is the one that was signed`
    : `a checkpoint of ${size} events was signed, and the log is not the one that was`;
}

interface Begun {
  readonly given: Fsck;
  /** Added to. */
  readonly findings: string[];
  readonly before: Milestone | undefined;
}

class Walk {
  private readonly given: Fsck;
  private readonly builder: TileBuilder;
  private readonly streams: Map<string, StreamHead>;
  private readonly findings: string[];
  private keptAt = performance.now();
  /** The events of the tile that is being filled. */
  private events: Pick<RecordedEvent, 'stream' | 'revision' | 'type' | 'id'>[] = [];
  /** Oldest first, of those that are still ahead. */
  private ahead: Sealed[] = [];
  checkpoints: number;

  /** @param latest size of what is sealed */
  constructor(
    { given, findings, before }: Begun,
    private readonly latest: number,
  ) {
    this.given = given;
    this.findings = findings;
    this.builder = new TileBuilder(before?.size ?? 0, before?.edge ?? []);
    this.streams = new Map(before?.streams.map((head) => [head.stream, head]));
    this.checkpoints = before?.checkpoints ?? 0;
  }

  private found(text: string): void {
    if (this.findings.length < MOST) this.findings.push(text);
  }

  get size(): number {
    return this.builder.size;
  }

  /** Undefined where there is nothing to be waited for, as after most events. */
  see(event: RecordedEvent): Promise<void> | undefined {
    const { stream, revision, type, id } = event;
    this.streams.set(stream, headAfter(this.streams.get(stream), event));
    this.events.push({ stream, revision, type, id });
    const full = this.builder.append(leafHashOf(event));
    const isSealed = this.ahead[0]?.size === this.size;
    return full.length > 0 || isSealed ? this.hold(full, event) : undefined;
  }

  /** Holds what was made full, and the checkpoint there is, against the log. */
  private async hold(full: readonly Tile[], { position, id }: RecordedEvent): Promise<void> {
    for (const tile of full) await this.compare(tile);
    while (this.ahead[0]?.size === this.size)
      await this.requireCheckpoint(this.ahead.shift() as Sealed);
    if (full.length > 0) await this.keep(position, id);
  }

  private async keep(after: Position, id: string): Promise<void> {
    const { milestones } = this.given;
    if (!milestones || performance.now() - this.keptAt < (milestones.everyMs ?? MILESTONE_MS))
      return;
    const { size, checkpoints, findings } = this;
    const at = milestones.now().toISOString();
    const [edge, streams] = [this.builder.partialTiles, [...this.streams.values()]];
    await keepMilestone(milestones, { size, after, id, at, checkpoints, findings, edge, streams });
    this.keptAt = performance.now();
  }

  /** @param made from the log */
  private async compare(made: Tile): Promise<void> {
    const { level, index, hashes } = made;
    const stored = await this.given.sealed.tile(made, this.latest).catch(() => undefined);
    if (stored === undefined) this.found(`tile ${level}/${index} is not there`);
    else if (level === 0) this.compareLeaves(index, hashes, stored);
    else if (!isSame(hashes, stored)) this.found(`tile ${level}/${index} is not that of the log`);
    if (level === 0) this.events = [];
  }

  private compareLeaves(index: number, made: readonly Hash[], stored: readonly Hash[]): void {
    for (const [i, hash] of made.entries()) {
      if (stored[i]?.equals(hash)) continue;
      const { stream, revision, type, id } = this.events[i] ?? {};
      const name = `${stream} ${revision} (${type}, ${id})`;
      this.found(`event ${index * TILE_WIDTH + i} is not the one that was sealed: ${name}`);
    }
  }

  private async requireCheckpoint({ size, note }: Sealed): Promise<void> {
    this.checkpoints += 1;
    try {
      const { checkpoint } = openCheckpoint(note, this.given.keys);
      if (checkpoint.size !== size || !checkpoint.root.equals(this.builder.root()))
        throw new BrokenProof('the log has another root there');
    } catch (error) {
      this.found(`checkpoint of ${size} events: ${(error as Error).message}`);
    }
    if (this.ahead.length === 0) await this.nextCheckpoints();
  }

  async nextCheckpoints(): Promise<void> {
    this.ahead = [...(await this.given.sealed.checkpointsBehind(this.size, CHECKPOINTS_TOGETHER))];
  }

  /** The last, unfilled tiles, the end of the log, and how far the streams have come. */
  async end({ size, heads }: Sealed): Promise<void> {
    for (const tile of this.builder.partial()) await this.compare(tile);
    if (this.size < size) {
      this.found(`the log ends behind event ${this.size - 1}; ${size} events were sealed`);
      return;
    }
    try {
      const root = headsRoot(this.streams.values());
      if (!openHeads(heads, this.given.keys).heads.equals(root))
        throw new BrokenProof(`streams have come elsewhere than was signed (${toBase64(root)})`);
    } catch (error) {
      this.found(`statement about streams: ${(error as Error).message}`);
    }
  }
}

const isSame = (made: readonly Hash[], stored: readonly Hash[]): boolean =>
  made.length === stored.length && made.every((hash, i) => stored[i]?.equals(hash));
