import {
  auditHistory,
  causationTree,
  historyFilter,
  historyOrder,
  ReadModels,
  type AuditChange,
  type Find,
  type HistoryAsked,
} from '#projections';
import type { Config } from '#config';
import {
  behindInstantIn,
  canBeAgencyCode,
  displayInstant,
  firstInstantIn,
  shownValue,
  tidy,
} from '#domain';
import type { Doc } from '#read-store';
import { found, type Outcome } from '../outcome.ts';
import { withStoresAsTheyAre } from '../stores.ts';
import { wholeNumber } from '../whole-number.ts';

export interface HistoryOptions {
  readonly agency: string;
  readonly correlation?: string;
  readonly causation?: string;
  readonly account?: string;
  readonly type?: string;
  readonly number?: string;
  readonly dossier?: string;
  readonly from?: string;
  readonly to?: string;
  readonly startAt?: string;
  readonly newestFirst?: boolean;
  readonly limit: string;
  readonly after?: string;
}

const MOST = 1000;

/** A page of an agency's history, and the cursor of the next. */
export const listHistory = (config: Config, options: HistoryOptions): Promise<Outcome> =>
  withHistory(config, async (find) => {
    const limit = wholeNumber('--limit', options.limit);
    if (limit < 1 || limit > MOST) throw new RangeError(`--limit: 1 to ${MOST}`);
    const wanted = wantedOf(options);
    const filter = await historyFilter(find, wanted);
    const sort = [{ field: historyOrder(wanted), descending: options.newestFirst === true }];
    const { after } = options;
    const query = { filter, sort, limit, ...(after !== undefined && { after }) };
    const { items, next } = await find(auditHistory, query);
    const docs = items.map(({ doc }) => doc);
    const more = next === undefined ? [] : [`--after ${next}`];
    return found(true, [...docs.flatMap(linesOf), ...more], ...docs, { next: next ?? null });
  });

export interface CausationOptions {
  readonly agency: string;
}

/** What one request has led to: its commands, and the events of each. */
export const showCausation = (
  config: Config,
  correlationId: string,
  { agency }: CausationOptions,
): Promise<Outcome> =>
  withHistory(config, async (find) => {
    const tree = await causationTree(find, { agency: agencyIn(agency), correlationId });
    if (!tree) throw new RangeError(`${correlationId}: no request of ${agency} by that name`);
    const lines = tree.commands.flatMap(({ causationId, actor, account, events }) => [
      `└─ ${causationId} ── ${actor} (${account})`,
      ...events.flatMap((event) => linesOf(event).map((line) => `   ${line}`)),
    ]);
    const cut = tree.isCut ? ['…'] : [];
    return found(true, [correlationId, ...lines, ...cut], { correlationId, ...tree });
  });

const withHistory = (config: Config, work: (find: Find) => Promise<Outcome>): Promise<Outcome> =>
  withStoresAsTheyAre(config, ({ eventStore, readStore }) => {
    const models = new ReadModels(readStore, eventStore);
    return work((projection, query) => models.find(projection, query));
  });

/** @throws RangeError */
function agencyIn(code: string): string {
  if (!canBeAgencyCode(code)) throw new RangeError(`--agency: no agency's code: ${code}`);
  return code;
}

/** @throws RangeError */
function wantedOf(options: HistoryOptions): HistoryAsked {
  const { agency, account, type, number, dossier, startAt } = options;
  const from = instantIn('--from', options.from, firstInstantIn);
  const to = instantIn('--to', options.to, behindInstantIn);
  const start = instantIn('--start-at', startAt, firstInstantIn);
  if (start !== undefined && (from ?? to) !== undefined)
    throw new RangeError('--start-at: not together with --from or --to');
  const isBackwards = options.newestFirst === true;
  return {
    agency: agencyIn(agency),
    account,
    type,
    number: number === undefined ? undefined : wholeNumber('--number', number),
    dossier: dossier === undefined ? undefined : tidy(dossier),
    correlationId: options.correlation,
    causationId: options.causation,
    occurredAt: { ...(from !== undefined && { gte: from }), ...(to !== undefined && { lt: to }) },
    // Behind a cursor the cursor says where.
    startAt:
      start !== undefined && options.after === undefined
        ? { instant: start, isBackwards }
        : undefined,
  };
}

/** @throws RangeError */
function instantIn(
  option: string,
  text: string | undefined,
  read: (text: string) => Date | undefined,
): string | undefined {
  if (text === undefined) return undefined;
  const instant = read(text);
  if (!instant) throw new RangeError(`${option}: no day or instant: ${text}`);
  return instant.toISOString();
}

/** A line of the history, as far as people are told of it. */
interface Line {
  readonly stream: string;
  readonly revision: number;
  readonly label: string;
  readonly actor: string;
  readonly occurredAt: string;
  readonly changes: readonly AuditChange[];
}

function linesOf(doc: Doc): readonly string[] {
  const { stream, revision, label, actor, occurredAt, changes } = doc as unknown as Line;
  const when = displayInstant(new Date(occurredAt));
  return [
    `${when} ── ${label} ── ${stream} ${revision} ── ${actor}`,
    ...changes.map(
      ({ label: name, from, to }) => `   ${name}: ${shownValue(from)} → ${shownValue(to)}`,
    ),
  ];
}
