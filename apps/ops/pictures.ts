import { picturesIn, streamPrefixes } from '#domain';
import type { EventStore, RecordedEvent } from '#event-store';
import { ImageCorrupt, type ImageStore } from '#image-store';

/** A picture the log names that is not there as it was stored. */
export interface PictureTrouble {
  readonly sha256: string;
  readonly problem: 'missing' | 'damaged' | 'unreadable';
  /** The first event that names it. */
  readonly namedBy: string;
}

const HASH = /^[0-9a-f]{64}$/;

/** Every picture the log names, by its hash, with the first event that does. @throws EventStoreUnavailable */
export async function picturesNamed(
  eventStore: EventStore,
): Promise<{ readonly events: number; readonly named: ReadonlyMap<string, string> }> {
  const named = new Map<string, string>();
  let events = 0;
  for await (const page of eventStore.readPages({ prefixes: streamPrefixes })) {
    events += page.length;
    for (const event of page) note(event, named);
  }
  return { events, named };
}

function note(event: RecordedEvent, named: Map<string, string>): void {
  const place = `${event.type} ${event.stream}@${event.revision}`;
  const hashes = picturesIn(event.data).filter((one) => HASH.test(one));
  for (const sha256 of hashes) if (!named.has(sha256)) named.set(sha256, place);
}

/**
 * Reads every picture named and holds it against its hash; those that are whole are handed over. A
 * picture that cannot be read is told, and the others are looked at all the same.
 * @throws what `onWhole` throws
 */
export async function lookAtPictures(
  images: ImageStore,
  named: ReadonlyMap<string, string>,
  onWhole: (sha256: string, bytes: Buffer) => Promise<void> = () => Promise.resolve(),
): Promise<readonly PictureTrouble[]> {
  const troubles: PictureTrouble[] = [];
  for (const [sha256, namedBy] of named) {
    const found = await read(images, sha256);
    if (typeof found === 'string') troubles.push({ sha256, problem: found, namedBy });
    else await onWhole(sha256, found);
  }
  return troubles;
}

async function read(
  images: ImageStore,
  sha256: string,
): Promise<Buffer | PictureTrouble['problem']> {
  try {
    return (await images.get(sha256)) ?? 'missing';
  } catch (error) {
    return error instanceof ImageCorrupt ? 'damaged' : 'unreadable';
  }
}

export const toldPicture = ({ sha256, problem, namedBy }: PictureTrouble): string =>
  `picture ${sha256} is ${problem}; ${namedBy} names it`;
