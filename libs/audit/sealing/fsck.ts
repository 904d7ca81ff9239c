import type { RecordedEvent } from '#event-store';
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
import type { LastSigned } from './keys.ts';
import type { ProofSources } from './log-proofs.ts';
import type { Sealed } from './sealed-log.ts';
import { TileBuilder, type Tile } from './tile-builder.ts';

export interface Fsck extends ProofSources {
  /** Every key that has signed. */
  readonly keys: readonly VerifierKey[];
  readonly lastSigned: LastSigned;
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: ((events: number, size: number) => void) | undefined;
}

/** Nothing was ever sealed, so there is nothing to hold the log against. */
export class NothingSealed extends Error {
  override readonly name = 'NothingSealed';
}

export interface FsckResult {
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

/** Holds the whole log against its tiles, its checkpoints and the keys. Memory grows with the streams alone. */
export async function fsck(given: Fsck): Promise<FsckResult> {
  const { eventStore, sealed, prefixes, signal, onProgress } = given;
  const latest = await sealed.latest();
  const findings: string[] = [];
  const check = new Walk(given, latest?.size ?? 0, (text) => {
    if (findings.length < MOST) findings.push(text);
  });
  const lost = await lostSeals(given, latest);
  if (lost !== undefined) findings.push(lost);
  if (latest === undefined) return { events: 0, checkpoints: 0, findings };
  await check.nextCheckpoints();
  for await (const page of eventStore.readPages({ prefixes })) {
    signal?.throwIfAborted();
    for (const event of page) if (check.size < latest.size) await check.see(event);
    onProgress?.(check.size, latest.size);
    if (check.size >= latest.size || findings.length >= MOST) break;
  }
  await check.end(latest);
  return { events: check.size, checkpoints: check.checkpoints, findings };
}

/**
 * What was signed and is not kept any more, in words.
 * @throws NothingSealed
 */
async function lostSeals(
  { eventStore, prefixes, lastSigned }: Fsck,
  latest: Sealed | undefined,
): Promise<string | undefined> {
  const note = await lastSigned.read();
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

class Walk {
  private readonly builder = new TileBuilder(0, []);
  private readonly streams = new Map<string, StreamHead>();
  /** The events of the tile that is being filled. */
  private events: Pick<RecordedEvent, 'stream' | 'revision' | 'type' | 'id'>[] = [];
  /** Oldest first, of those that are still ahead. */
  private ahead: Sealed[] = [];
  checkpoints = 0;

  constructor(
    private readonly given: Fsck,
    private readonly latest: number,
    private readonly found: (text: string) => void,
  ) {}

  get size(): number {
    return this.builder.size;
  }

  async see(event: RecordedEvent): Promise<void> {
    const { stream, revision, type, id } = event;
    this.streams.set(stream, headAfter(this.streams.get(stream), event));
    this.events.push({ stream, revision, type, id });
    for (const tile of this.builder.append(leafHashOf(event))) await this.compare(tile);
    while (this.ahead[0]?.size === this.size)
      await this.requireCheckpoint(this.ahead.shift() as Sealed);
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
