import { dossierStream, type DossierKey } from '#domain';
import type { Page, Query } from '#read-store';
import { auditHistory, entryKeyOf } from './models/audit-history.ts';
import { registerEntries } from './models/register-entries.ts';
import type { Projection } from './projection.ts';

type Filter = NonNullable<Query['filter']>;

/** What of an agency's history is wanted: all that is given must hold. */
export interface HistoryAsked {
  readonly agency: string;
  readonly account?: string | undefined;
  /** Of event. */
  readonly type?: string | undefined;
  readonly number?: number | undefined;
  /** Tidied. */
  readonly dossier?: string | undefined;
  /** Of the request. */
  readonly correlationId?: string | undefined;
  /** Of the command. */
  readonly causationId?: string | undefined;
  /** Where in the log to begin: an instant, ISO 8601 UTC. */
  readonly startAt?: StartAt | undefined;
  /** A range of times; empty: any. */
  readonly occurredAt: { readonly gte?: string; readonly lt?: string };
}

/** Forwards: from the first event at or behind it; backwards: what stands before that event. */
export interface StartAt {
  readonly instant: string;
  readonly isBackwards: boolean;
}

export type Find = (projection: Projection, query: Query) => Promise<Pick<Page, 'items' | 'next'>>;

/** The filter of `auditHistory` for what is asked. Only the register's entries know which dossier they are of. */
export async function historyFilter(find: Find, asked: HistoryAsked): Promise<Filter> {
  const { agency, account, type, number, dossier, occurredAt } = asked;
  const { correlationId, causationId, startAt } = asked;
  return {
    agency,
    ...(correlationId !== undefined && { correlationId }),
    ...(causationId !== undefined && { causationId }),
    ...(startAt && (await placeOf(find, agency, startAt))),
    ...(account !== undefined && { account }),
    ...(type !== undefined && { type }),
    ...(number !== undefined && { entry: number }),
    ...(dossier !== undefined && { entryKey: { in: await keysOf(find, { agency, dossier }) } }),
    ...(Object.keys(occurredAt).length > 0 && { occurredAt }),
  };
}

/**
 * Fields the history is sorted by for what is asked. As the log has it, which no clock can change;
 * a period, which is long or short and anywhere, is read by its times, or all before it would be.
 */
export const historyOrder = ({ number, dossier, occurredAt }: HistoryAsked) =>
  Object.keys(occurredAt).length > 0 && number === undefined && dossier === undefined
    ? 'occurredAt'
    : 'order';

const AT_ONCE = 1000;

/** Events of one moment, at most: those of a command, or of several at once. */
const AT_A_MOMENT = 100;

/**
 * Where the log had come to at an instant, as a filter: a place that no later event moves, and at
 * which reading forwards and backwards meet without gap or overlap.
 */
export async function placeOf(
  find: Find,
  agency: string,
  { instant, isBackwards }: StartAt,
): Promise<Filter> {
  const { items } = await find(auditHistory, {
    filter: { agency, occurredAt: { gte: instant } },
    sort: [{ field: 'occurredAt' }],
    limit: AT_A_MOMENT,
  });
  const [first] = items;
  // Nothing has happened since: all there is lies before.
  if (!first) return isBackwards ? {} : { order: { in: [] } };
  const together = items.filter(({ doc }) => doc['occurredAt'] === first.doc['occurredAt']);
  const place = together.map(({ doc }) => doc['order'] as string).sort()[0] ?? '';
  return { order: isBackwards ? { lt: place } : { gte: place } };
}

/** The dossier itself, and all of its numbers. */
const keysOf = async (find: Find, dossier: DossierKey): Promise<readonly string[]> => [
  dossierStream(dossier),
  ...(await entryKeys(find, { ...dossier })),
];

/** All of the numbers of a dossier. */
async function entryKeys(find: Find, filter: Filter): Promise<readonly string[]> {
  const sort = [{ field: 'bookId' }, { field: 'number' }];
  const keys: string[] = [];
  let after: string | undefined;
  do {
    const page = await find(registerEntries, {
      filter,
      sort,
      limit: AT_ONCE,
      ...(after && { after }),
    });
    keys.push(
      ...page.items.map(({ doc }) => entryKeyOf(doc['bookId'] as string, doc['number'] as number)),
    );
    after = page.next;
  } while (after !== undefined);
  return keys;
}
