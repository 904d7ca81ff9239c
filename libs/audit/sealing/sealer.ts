import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Position, RecordedEvent } from '#event-store';
import {
  BrokenProof,
  checkpointText,
  headAfter,
  headsRoot,
  headsText,
  leafHashOf,
  noteText,
  openCheckpoint,
  statedCheckpoint,
  statesHeads,
  PAGE_WIDTH,
  type Checkpoint,
  type Hash,
  type StreamHead,
} from '../proofs/index.ts';
import { active, BadKeyFile, type LastSigned, type SigningKeys } from './keys.ts';
import { LogContradicts, resume, type Resuming } from './resume.ts';
import type { PageEnd, Sealed } from './sealed-log.ts';
import { StreamHeads } from './stream-heads.ts';
import type { Tile, TileBuilder } from './tile-builder.ts';
import type { Turn } from './turn.ts';

/** Leaves after which a long way is sealed in between: what is lost when the process ends on it. */
const STRETCH = 2 ** 16;
/** A log that stands still is held against what was sealed so often, in milliseconds. */
const LOOK_AGAIN_MS = 5 * 60_000;
/** Full tiles that are written together. */
const TILES_TOGETHER = 64;

export interface Sealing extends Resuming {
  /** Read anew each time: keys are rotated while the service runs. */
  readonly keys: (isFirst: boolean) => Promise<SigningKeys>;
  readonly now: () => Date;
  /** The last checkpoint that was signed, kept beside the keys: what was sealed may be lost, this is not signed over. */
  readonly lastSigned: LastSigned;
}

/** The key of this process is not the one that the log was sealed with. */
export class OtherKeys extends Error {
  override readonly name = 'OtherKeys';
}

/**
 * Seals the log up to its head, one process at a time. What it writes follows from the log, so one that
 * was killed half way does no harm; nothing is ever signed that contradicts what was signed before.
 */
export class Sealer {
  private heads: { readonly size: number; readonly tree: StreamHeads } | undefined;

  /** The head of the log before it was last looked at, and what came of it. */
  private done: Done | undefined;

  constructor(private readonly sealing: Sealing) {}

  /**
   * As `seal`, where the log has grown since it was sealed here; else the checkpoint there is, for
   * some reads and without a write. What was sealed is looked at again now and then all the same.
   */
  async sealGrown(signal?: AbortSignal): Promise<Sealed | undefined> {
    const { eventStore, prefixes, sealed } = this.sealing;
    const head = await eventStore.head(prefixes);
    const { done } = this;
    if (done && done.head === head && performance.now() - done.at < LOOK_AGAIN_MS) {
      const [latest, alarm] = await Promise.all([sealed.latest(), sealed.alarm()]);
      if (latest?.size === done.size && !alarm) return latest;
    }
    this.done = undefined;
    const checkpoint = await this.seal(signal);
    this.done = { head, size: checkpoint?.size, at: performance.now() };
    return checkpoint;
  }

  /**
   * Answers the checkpoint of the log as it is now; undefined while it holds no event.
   * @throws LogContradicts what was sealed is not what the log holds; it is remembered as the alarm
   * @throws OtherKeys
   * @throws SealedElsewhere another process has taken over; nothing was signed
   * @throws the signal's reason; what was signed on the way stays
   */
  async seal(signal?: AbortSignal): Promise<Sealed | undefined> {
    const { sealed, now } = this.sealing;
    const alarm = await sealed.alarm();
    if (alarm) throw new LogContradicts(alarm.detail);
    const turn = await sealed.turn();
    try {
      return await this.sealOn(turn, signal);
    } catch (error) {
      if (error instanceof LogContradicts)
        await sealed.setAlarm({ detail: error.message, at: now().toISOString() });
      throw error;
    } finally {
      await turn.giveBack();
    }
  }

  private async sealOn(turn: Turn, signal?: AbortSignal): Promise<Sealed | undefined> {
    const { sealed, keys, lastSigned } = this.sealing;
    const latest = await sealed.latest();
    const signing = await keys(latest === undefined && (await lastSigned.read()) === undefined);
    if (latest) requireOwn(latest, signing);
    const { builder, after } = await resume(this.sealing, latest?.size ?? 0);
    if (latest) requireRoot(builder, latest);
    const size = latest?.size ?? 0;
    const tree = this.heads?.size === size ? this.heads.tree : await StreamHeads.open(sealed);
    const mark = await this.markAhead(size);
    const isDoubted = latest !== undefined && !statesHeads(latest.heads, tree.root());
    const walk: Walk = { builder, tree, tiles: [], ends: new Map(), mark, isDoubted, turn, signal };
    const last = await this.walk(walk, after, signing);
    if (isDoubted && last === undefined) throw otherHeads();
    return last ?? latest;
  }

  /** What was signed last, where it is ahead of what is known to be sealed: nothing is signed before it is reached. */
  private async markAhead(size: number): Promise<Checkpoint | undefined> {
    const note = await this.sealing.lastSigned.read();
    if (note === undefined) return undefined;
    const mark = markIn(note);
    return mark.size > size ? mark : undefined;
  }

  private async walk(
    walk: Walk,
    after: Position | undefined,
    signing: SigningKeys,
  ): Promise<Sealed | undefined> {
    const { eventStore, prefixes } = this.sealing;
    let last: Sealed | undefined;
    let sealedSize = walk.builder.size;
    for await (const page of eventStore.readPages({ after, prefixes })) {
      walk.signal?.throwIfAborted();
      for (const event of page) {
        take(walk, event);
        if (walk.builder.size % STRETCH !== 0 || isBehind(walk)) continue;
        last = await this.sign(walk, signing);
        sealedSize = walk.builder.size;
      }
      if (walk.tiles.length >= TILES_TOGETHER) await this.flush(walk);
      await nextTurn();
    }
    if (isBehind(walk))
      throw new LogContradicts(
        `the log ends behind event ${walk.builder.size - 1}; ${walk.mark?.size} events were signed`,
      );
    return walk.builder.size > sealedSize ? this.sign(walk, signing) : last;
  }

  /** How far the streams have come after so many events, from the log alone. */
  private async headsOfLog(size: number): Promise<Hash> {
    const { eventStore, prefixes } = this.sealing;
    const heads = new Map<string, StreamHead>();
    for await (const event of eventStore.readAll({ prefixes, limit: size }))
      heads.set(event.stream, headAfter(heads.get(event.stream), event));
    return headsRoot(heads.values());
  }

  private async flush({ tiles, ends, builder, turn }: Walk): Promise<void> {
    const { sealed } = this.sealing;
    await turn.hold();
    await sealed.putTiles(tiles.splice(0), builder.size);
    await sealed.putPages(ends, builder.size);
    ends.clear();
  }

  /** Tiles, pages and heads are there before the checkpoint that rests on them. */
  private async sign(walk: Walk, signing: SigningKeys): Promise<Sealed> {
    const { sealed, now } = this.sealing;
    const { builder, tree } = walk;
    const { origin } = signing;
    const [size, root] = [builder.size, builder.root()];
    walk.tiles.push(...builder.partial());
    await this.flush(walk);
    const heads = await tree.keep(size);
    if (walk.isDoubted && !(await this.headsOfLog(size)).equals(heads)) throw otherHeads();
    // Nobody else has written what streams have come to since.
    await walk.turn.hold();
    const at = now().toISOString();
    const note = signed(checkpointText({ origin, size, root }), signing);
    const statement = signed(headsText({ origin, size, root, heads }), signing);
    const kept = await sealed.putCheckpoint({ size, at, note, heads: statement });
    // Another process may have been first; that it saw another log is what must never be.
    requireRoot(builder, kept);
    await this.sealing.lastSigned.write(kept.note);
    this.heads = { size, tree };
    return kept;
  }
}

interface Done {
  readonly head: Position | undefined;
  readonly size: number | undefined;
  readonly at: number;
}

interface Walk {
  readonly builder: TileBuilder;
  readonly tree: StreamHeads;
  readonly tiles: Tile[];
  readonly ends: Map<number, PageEnd>;
  readonly mark: Checkpoint | undefined;
  /**
   * What is kept of the streams is not what was signed: a seal was cut off, and it is ahead; or somebody
   * has changed it. The log says which.
   */
  readonly isDoubted: boolean;
  readonly turn: Turn;
  readonly signal: AbortSignal | undefined;
}

const otherHeads = (): LogContradicts =>
  new LogContradicts('how far streams have come is kept otherwise than the log says');

const isBehind = ({ builder, mark }: Walk): boolean => builder.size < (mark?.size ?? 0);

/** @throws BadKeyFile what stands beside the keys is no checkpoint */
function markIn(note: string): Checkpoint {
  try {
    return statedCheckpoint(note);
  } catch (error) {
    throw new BadKeyFile(
      `what is kept beside the keys as signed last is no checkpoint: ${(error as Error).message}`,
    );
  }
}

/** @throws LogContradicts at the place of what was signed last the tree is another */
function take({ builder, tree, tiles, ends, mark }: Walk, event: RecordedEvent): void {
  tiles.push(...builder.append(leafHashOf(event)));
  tree.see(event);
  if (builder.size % PAGE_WIDTH === 0)
    ends.set(builder.size / PAGE_WIDTH - 1, { position: event.position, id: event.id });
  if (builder.size === mark?.size && !builder.root().equals(mark.root))
    throw new LogContradicts(`the first ${mark.size} events are not those that were signed`);
}

const signed = (text: string, keys: SigningKeys): string =>
  noteText({ text, signatures: active(keys).map((key) => key.sign(text)) });

/** @throws OtherKeys */
function requireOwn({ note }: Sealed, { all }: SigningKeys): void {
  try {
    openCheckpoint(
      note,
      all.map(({ key }) => key),
    );
  } catch (error) {
    if (!(error instanceof BrokenProof)) throw error;
    throw new OtherKeys(
      `the log was sealed with other keys than this process has: ${error.message}`,
    );
  }
}

/** @throws LogContradicts */
function requireRoot(builder: TileBuilder, { note, size }: Sealed): void {
  const root: Hash = builder.root();
  const [, , stated] = note.split('\n');
  if (builder.size === size && root.toString('base64') === stated) return;
  throw new LogContradicts(`the tree of ${size} events is not the one that was signed`);
}
