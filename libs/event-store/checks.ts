import type { NewEvent } from './port.ts';

/** Faults of the calling code, not of the store: reported as plain errors before anything is sent. */
export function checkAppend(stream: string, events: readonly NewEvent[]): void {
  checkStream(stream);
  if (events.length === 0) throw new RangeError(`nothing to append to ${stream}`);
}

/** Names starting with `$` belong to the store itself; no reader would ever be shown what is in them. */
export function checkStream(stream: string): void {
  if (stream === '' || stream.startsWith('$')) {
    throw new RangeError(`not a stream of this system: "${stream}"`);
  }
}

/** An empty list would match nothing in one store and everything in another. */
export function checkPrefixes(prefixes: readonly string[] | undefined): void {
  if (prefixes?.length === 0) throw new RangeError('name a prefix, or leave the prefixes out');
}
