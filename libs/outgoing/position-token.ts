import type { Position } from '#event-store';

/** Characters of the event's id in a token. */
const MARK = 8;
const TOKEN = /^(\w{1,40})(?:-(\w{1,16}))?$/;
/** The same for whoever describes it. */
export const POSITION_TOKEN = '^[0-9A-Za-z_]{1,40}(-[0-9A-Za-z_]{1,16})?$';

/** A place in the log, and how the id of the event there begins, where it was told. */
export interface Place {
  readonly position: Position;
  readonly mark: string | undefined;
}

const plain = (eventId: string): string => eventId.replace(/\W/g, '');

/** A position alone cannot tell a log from one that was put back and has grown past it: some of the event's id does. */
export const tokenOf = (position: Position, eventId = ''): string =>
  [position, plain(eventId).slice(0, MARK)].filter((part) => part !== '').join('-');

/** What a token says; undefined where it is none. */
export function placeIn(token: string): Place | undefined {
  const [, position, mark] = TOKEN.exec(token) ?? [];
  return position === undefined ? undefined : { position: position as Position, mark };
}

/** Whether the event that stands there is the one the token was made of. */
export const isMarked = (eventId: string, mark = ''): boolean => plain(eventId).startsWith(mark);
