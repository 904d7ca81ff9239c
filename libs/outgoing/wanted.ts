import { ownerOf, readMetadata, streamPrefixes } from '#domain';
import type { RecordedEvent } from '#event-store';

/** Which events are wanted. */
export interface Wanted {
  /** Only of this agency; by default of all. */
  readonly agency?: string | undefined;
  /** Only of these types, as the log has them; by default all. */
  readonly types?: readonly string[] | undefined;
}

export const agencyOfEvent = ({ stream, metadata }: RecordedEvent): string =>
  ownerOf(stream, () => readMetadata(metadata).actor.agency);

const isOurs = ({ stream }: RecordedEvent): boolean =>
  streamPrefixes.some((prefix) => stream.startsWith(prefix));

/** @throws UnreadableEvent whose it is cannot be read */
export function isWanted(event: RecordedEvent, { agency, types }: Wanted): boolean {
  if (!isOurs(event) || (types && !types.includes(event.type))) return false;
  return agency === undefined || agencyOfEvent(event) === agency;
}
