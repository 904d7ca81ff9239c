import { randomUUID } from 'node:crypto';
import { isDamage, type CommandContext, type KnownNumber, type Runners } from '#commands';
import {
  agencyCodeOf,
  registerKeyOf,
  registerStream,
  registerTypes,
  vietnameseDate,
  yearOf,
  type RegisterKey,
} from '#domain';
import type { EventStore } from '#event-store';
import { inBatches } from '../in-batches.ts';

/** Who is recorded. */
export interface Operator {
  readonly account: string;
  readonly name: string;
}

export function contextOf({ account, name }: Operator, agency: string): CommandContext {
  const actor = { account, name, role: 'operator', agency };
  return { actor, correlationId: randomUUID(), causationId: randomUUID() };
}

interface Log {
  readonly runners: Runners;
  readonly eventStore: EventStore;
}

/** What registers are paused for, and by whom. */
interface Pausing {
  readonly reason: string;
  readonly operator: Operator;
}

export interface PausedAfterLoss {
  /** How many were paused. */
  readonly paused: number;
  /** Which could not be, one line each. */
  readonly unpaused: readonly string[];
}

/**
 * Pauses every register whose log may have lost numbers: those with a book that is open, those of
 * the years since the log's last event, those of which something else knows more than the log does,
 * and, for what was begun after the log was copied, those years' registers of every agency it knows.
 * One that is damaged, or not to be read by this version, takes no command, this one neither.
 */
export async function pauseAfterLoss(
  log: Log,
  known: readonly KnownNumber[],
  pausing: Pausing,
): Promise<PausedAfterLoss> {
  const { streams, lastAt } = await contentsOf(log.eventStore);
  const thisYear = yearOf(vietnameseDate(log.runners.now()));
  const years = yearsFrom(lastAt, thisYear);
  const registers = new Map<string, RegisterKey>();
  const add = (register: RegisterKey): unknown => registers.set(registerStream(register), register);
  for (const stream of streams) {
    const register = registerKeyOf(stream);
    if (register) add(register);
    const agency = agencyCodeOf(stream);
    if (agency !== undefined) registersOf(agency, years).forEach(add);
  }
  for (const { register } of known) add(register);
  const lastKnown = new Map(
    known.map(({ register, lastNumber }) => [registerStream(register), lastNumber]),
  );
  const all = await inBatches([...registers], async ([stream, register]) => {
    const isRecent = years.includes(register.year);
    const knownLast = lastKnown.get(stream) ?? null;
    return pauseOne(log.runners, { register, isRecent, knownLast }, pausing);
  });
  return {
    paused: all.filter((one) => one === 'paused').length,
    unpaused: all.flatMap((one) => (typeof one === 'string' ? [] : [one.unpaused])),
  };
}

interface Suspect {
  readonly register: RegisterKey;
  /** Of a year in which something may have been written that the log no longer holds. */
  readonly isRecent: boolean;
  readonly knownLast: number | null;
}

async function pauseOne(
  { registers }: Runners,
  { register, isRecent, knownLast }: Suspect,
  { reason, operator }: Pausing,
): Promise<'paused' | 'as it was' | { readonly unpaused: string }> {
  const stream = registerStream(register);
  try {
    const { state } = await registers.load(stream);
    const isConcerned =
      isRecent ||
      state.books.some((book) => book.state === 'open') ||
      (knownLast ?? 0) > (state.lastNumber ?? 0);
    if (!isConcerned) return 'as it was';
    const command = { type: 'PauseNumbering', reason, knownLast } as const;
    const context = contextOf(operator, register.agency);
    const { events } = await registers.execute(stream, { command, context });
    return events.length > 0 ? 'paused' : 'as it was';
  } catch (error) {
    if (!isDamage(error)) throw error;
    const known = knownLast === null ? '' : `, with --known-last ${knownLast}`;
    const told = `${stream} takes no command and is not paused: ${error.message}`;
    return { unpaused: `${told}; once it can be read: ops numbering pause${known}` };
  }
}

/** The years in which something may have been written that the log no longer holds. */
function yearsFrom(lastAt: string | undefined, thisYear: number): readonly number[] {
  const first = lastAt === undefined ? thisYear : yearOf(vietnameseDate(new Date(lastAt)));
  const years = Math.max(0, thisYear - first) + 1;
  return Array.from({ length: years }, (_, back) => thisYear - back);
}

const registersOf = (agency: string, years: readonly number[]): readonly RegisterKey[] =>
  years.flatMap((year) => registerTypes.map(({ code: type }) => ({ agency, type, year })));

interface Contents {
  /** The registers' and agencies' streams, each once. */
  readonly streams: ReadonlySet<string>;
  /** When the last of their events was recorded, ISO 8601 UTC; undefined where there is none. */
  readonly lastAt: string | undefined;
}

async function contentsOf(eventStore: EventStore): Promise<Contents> {
  const streams = new Set<string>();
  let lastAt: string | undefined;
  for await (const page of eventStore.readPages({ prefixes: ['register-', 'agency-'] })) {
    for (const { stream } of page) streams.add(stream);
    lastAt = page.at(-1)?.recordedAt ?? lastAt;
  }
  return { streams, lastAt };
}
