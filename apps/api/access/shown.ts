import type { AccessKind } from '#audit';
import type { Field } from '#domain';

/** What of the registers an answer shows. */
export interface Shown {
  readonly kind: AccessKind;
  /** How many rows. */
  readonly count: number;
  /** Numbers of the entries among them, each once. */
  readonly numbers: readonly number[];
}

/** Columns by which an object is an entry; renamed in the domain, they do not compile here. */
const COLUMNS = ['requester', 'documentTitle', 'certifierFullName'] as const satisfies Field[];

type Fields = Readonly<Record<string, unknown>>;
const has = (value: object, name: string): boolean => Object.hasOwn(value, name);

/** What an entry is to become shows what it is. */
const isProposal = (value: object): boolean => has(value, 'proposed') && has(value, 'proposedBy');
/** What of it was another at another moment, too. */
const isChangedEntry = (value: object): boolean =>
  has(value, 'number') && hasChanges(value as Fields);
const isEntry = (value: object): boolean =>
  COLUMNS.some((column) => has(value, column)) || isProposal(value) || isChangedEntry(value);
const isEvent = (value: object): boolean => has(value, 'causationId');
const isAsOf = (value: object): boolean =>
  has(value, 'occurredAt') && has(value, 'state') && (value as Fields)['state'] !== null;

const hasChanges = ({ changes }: Fields): boolean => Array.isArray(changes) && changes.length > 0;

/** Changes between two moments. */
const isDifference = (value: object): boolean =>
  has(value, 'from') && has(value, 'to') && hasChanges(value as Fields);

/** Entries as they were, or between two moments. */
const isOfThePast = (value: object): boolean =>
  has(value, 'entries') && (has(value, 'occurredAt') || (has(value, 'from') && has(value, 'to')));

/** Every object in a body, the outermost first; what is in an entry or an event is of that one. */
function* objectsIn(body: unknown): Generator<object> {
  if (body === null || typeof body !== 'object') return;
  yield body;
  if (isEntry(body) || isEvent(body)) return;
  for (const inside of Object.values(body)) yield* objectsIn(inside);
}

/** Entries, history or an earlier state in a body that is about to be sent, wherever in it they stand. */
export function shownIn(body: unknown): Shown | undefined {
  const [entries, events]: [object[], object[]] = [[], []];
  for (const value of objectsIn(body)) {
    if (isEntry(value)) entries.push(value);
    else if (isEvent(value) || isDifference(value)) events.push(value);
  }
  const kind = kindOf(body, entries, events);
  if (kind === undefined) return undefined;
  const named = [...entries.map(numberOf('number')), ...events.map(numberOf('entry'))];
  const numbers = [...new Set(named)].filter((number) => number !== undefined);
  return { kind, numbers, count: Math.max(1, entries.length + events.length) };
}

function kindOf(
  body: unknown,
  { length: entries }: readonly object[],
  { length: events }: readonly object[],
): AccessKind | undefined {
  if (body !== null && typeof body === 'object' && !isEvent(body)) {
    if (isAsOf(body) || isDifference(body)) return 'as-of';
    if (isOfThePast(body) && entries > 0) return 'as-of';
  }
  if (events > 0) return 'history';
  if (entries === 0) return undefined;
  return has(body as object, 'items') ? 'entries' : 'entry';
}

const numberOf =
  (field: string) =>
  (row: object): number | undefined => {
    const number = (row as Fields)[field];
    return typeof number === 'number' ? number : undefined;
  };
