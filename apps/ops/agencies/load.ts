import { randomUUID } from 'node:crypto';
import { runAgency, type AgencyRequest, type Runners } from '#commands';
import { Refusal } from '#domain';
import { inBatches } from '../in-batches.ts';
import type { AgencyRow, BrokenRow } from './rows.ts';

/** What became of a row: each step that made something, or why one was refused. */
export interface Loaded {
  readonly where: string;
  readonly code: string;
  readonly outcome: 'made' | 'skipped' | 'refused';
  readonly detail: string;
}

export interface Loading {
  readonly runners: Pick<Runners, 'agencies' | 'now'>;
  /** Who is recorded as having asked. */
  readonly account: string;
  readonly name: string;
}

type Step = 'registered' | 'retired';
type Result = { readonly step: Step; readonly made: boolean } | { readonly refusal: string };

const isBroken = (row: AgencyRow | BrokenRow): row is BrokenRow => 'problem' in row;
const isEnding = (row: AgencyRow): boolean => row.successor !== null || row.retiredOn !== null;

/**
 * Carries a file's agencies out as commands: all are registered, then those that are no more are
 * retired, none before whom it is to follow. What was done before is skipped, so a file may be loaded
 * again and again.
 */
export async function loadAgencies(
  loading: Loading,
  rows: readonly (AgencyRow | BrokenRow)[],
): Promise<readonly Loaded[]> {
  const results = new Map<AgencyRow, Result[]>();
  const good = rows.filter((row): row is AgencyRow => !isBroken(row));
  await inBatches(good, async (row) => results.set(row, [await register(loading, row)]));
  const unrefused = (row: AgencyRow): boolean =>
    !(results.get(row) ?? []).some((result) => 'refusal' in result);
  for (const row of inOrderOfEnding(good.filter((one) => isEnding(one) && unrefused(one)))) {
    results.get(row)?.push(await retire(loading, row));
  }
  return rows.map((row) => report(row, isBroken(row) ? [] : (results.get(row) ?? [])));
}

/** Each before its successor, which must still act when it takes over. What runs in a circle comes last, to be refused. */
function inOrderOfEnding(rows: readonly AgencyRow[]): readonly AgencyRow[] {
  const ordered: AgencyRow[] = [];
  let left = rows;
  while (left.length > 0) {
    const awaited = new Set(left.map(({ successor }) => successor));
    const free = left.filter(({ code }) => !awaited.has(code));
    if (free.length === 0) return [...ordered, ...left];
    ordered.push(...free);
    left = left.filter((row) => !free.includes(row));
  }
  return ordered;
}

function register(loading: Loading, row: AgencyRow): Promise<Result> {
  const { code, name, level } = row;
  const codes = {
    ...(row.identifier !== null && { identifier: row.identifier }),
    ...(row.statisticalCode !== null && { statisticalCode: row.statisticalCode }),
  };
  return run(loading, { type: 'RegisterAgency', code, name, level, ...codes }, 'registered');
}

function retire(loading: Loading, row: AgencyRow): Promise<Result> {
  const { code, successor, retiredOn, reason } = row;
  const ending = { ...(retiredOn !== null && { retiredOn }), reason };
  return run(loading, { type: 'RetireAgency', code, successor, ...ending }, 'retired');
}

async function run(loading: Loading, command: AgencyRequest, step: Step): Promise<Result> {
  const { runners, account, name } = loading;
  const context = {
    actor: { account, name, role: 'operator', agency: command.code },
    correlationId: randomUUID(),
    causationId: randomUUID(),
  };
  try {
    const { events } = await runAgency(runners, command, { context });
    return { step, made: events.length > 0 };
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return { refusal: `${error.code} ${JSON.stringify(error.details)}` };
  }
}

function report(row: AgencyRow | BrokenRow, results: readonly Result[]): Loaded {
  const { where, code } = row;
  if (isBroken(row)) return { where, code, outcome: 'refused', detail: row.problem };
  const refused = results.flatMap((result) => ('refusal' in result ? [result.refusal] : []));
  const made = results.flatMap((one) => ('step' in one && one.made ? [one.step] : []));
  const outcome = refused.length > 0 ? 'refused' : made.length > 0 ? 'made' : 'skipped';
  const detail = [...made, ...refused].join(', ');
  return { where, code, outcome, detail: detail || 'as it stands' };
}
