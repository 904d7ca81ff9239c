import {
  EventStoreUnavailable,
  type EventStore,
  type Position,
  type RecordedEvent,
} from '#event-store';
import {
  leafHashOf,
  subtreesOf,
  PAGE_WIDTH,
  TILE_HEIGHT,
  TILE_WIDTH,
  type Hash,
} from '../proofs/index.ts';
import { type PageEnd, type SealedLog } from './sealed-log.ts';
import { TileBuilder } from './tile-builder.ts';

/** The log is not the one that was sealed: an event was changed, taken away, put in between. */
export class LogContradicts extends Error {
  override readonly name = 'LogContradicts';
}

/** A tree to go on with, and where in the log its last event stands. */
export interface Resumed {
  readonly builder: TileBuilder;
  readonly after: Position | undefined;
}

export interface Resuming {
  readonly eventStore: EventStore;
  readonly sealed: SealedLog;
  readonly prefixes: readonly string[];
  readonly log: (message: string, detail: object) => void;
}

/**
 * The tree of so many leaves, held against the log: the last events it covers are looked at again,
 * all of them where they stand elsewhere than they stood, as in a log that was moved.
 * @throws LogContradicts
 */
export async function resume(resuming: Resuming, size: number): Promise<Resumed> {
  if (size === 0) return { builder: new TileBuilder(0, []), after: undefined };
  const { sealed, eventStore, log } = resuming;
  const tile = Math.floor((size - 1) / TILE_WIDTH);
  const pages = await sealed.pages();
  const before = tile === 0 ? undefined : await pages((tile * TILE_WIDTH) / PAGE_WIDTH - 1);
  const isMoved = tile > 0 && !(before && (await stands(eventStore, before)));
  if (isMoved) {
    log('the log stands elsewhere than when it was sealed; all of it is looked at', { size });
    await sealed.moveOn();
  }
  const from = isMoved ? 0 : tile;
  const after = await requireSame(resuming, {
    size,
    from,
    after: isMoved ? undefined : before?.position,
  });
  return { builder: new TileBuilder(size, await edgeOf(sealed, size)), after };
}

async function stands(eventStore: EventStore, { position, id }: PageEnd): Promise<boolean> {
  try {
    return (await eventStore.eventAt(position))?.id === id;
  } catch (error) {
    if (error instanceof EventStoreUnavailable) throw error;
    // A position that another kind of store has made.
    return false;
  }
}

interface Looking {
  readonly size: number;
  /** First level-0 tile that is looked at. */
  readonly from: number;
  readonly after: Position | undefined;
}

/** Position of the last event under the tree. @throws LogContradicts naming the first event that is another */
async function requireSame(
  { eventStore, sealed, prefixes }: Resuming,
  { size, from, after }: Looking,
): Promise<Position | undefined> {
  let [index, position, tile] = [from * TILE_WIDTH, after, [] as readonly Hash[]];
  const ends = new Map<number, PageEnd>();
  const limit = size - index;
  for await (const event of eventStore.readAll({ after, prefixes, limit })) {
    if (index % TILE_WIDTH === 0)
      tile = await sealed.tile({ level: 0, index: index / TILE_WIDTH }, size);
    requireLeaf(event, index, tile[index % TILE_WIDTH]);
    index += 1;
    position = event.position;
    if (index % PAGE_WIDTH === 0)
      ends.set(index / PAGE_WIDTH - 1, { position: event.position, id: event.id });
  }
  if (index < size)
    throw new LogContradicts(`the log ends behind event ${index - 1}; ${size} events were sealed`);
  await sealed.putPages(ends, size);
  return position;
}

/** @throws LogContradicts */
function requireLeaf(event: RecordedEvent, index: number, sealed: Hash | undefined): void {
  if (sealed !== undefined && leafHashOf(event).equals(sealed)) return;
  throw new LogContradicts(
    `event ${index} is not the one that was sealed: ${event.stream} ${event.revision} (${event.type}, ${event.id})`,
  );
}

/** The partial tiles at the right edge, by level. */
async function edgeOf(sealed: SealedLog, size: number): Promise<readonly (readonly Hash[])[]> {
  const levels = subtreesOf(size)[0]?.level ?? 0;
  const edge: (readonly Hash[])[] = [];
  for (let level = 0; level <= levels / TILE_HEIGHT; level += 1) {
    const index = Math.floor(size / TILE_WIDTH ** (level + 1));
    edge.push(await sealed.tile({ level, index }, size));
  }
  return edge;
}
