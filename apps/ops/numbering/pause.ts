import { randomUUID } from 'node:crypto';
import type { CommandContext, KnownNumber, Runners } from '#commands';
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

/**
 * Pauses every register whose log may have lost numbers: those with a book that is open, those of
 * the years since the log's last event, those of which something else knows more than the log does,
 * and, for what was begun after the log was copied, those years' registers of every agency it knows.
 * @returns how many were paused
 */
export async function pauseAfterLoss(
  { runners, eventStore }: { readonly runners: Runners; readonly eventStore: EventStore },
  known: readonly KnownNumber[],
  { reason, operator }: { readonly reason: string; readonly operator: Operator },
): Promise<number> {
  const { streams, lastAt } = await contentsOf(eventStore);
  const thisYear = yearOf(vietnameseDate(runners.now()));
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
  const paused = await inBatches([...registers], async ([stream, register]) => {
    const { state } = await runners.registers.load(stream);
    const knownLast = lastKnown.get(stream) ?? null;
    const isConcerned =
      years.includes(register.year) ||
      state.books.some((book) => book.state === 'open') ||
      (knownLast ?? 0) > (state.lastNumber ?? 0);
    if (!isConcerned) return 0;
    const command = { type: 'PauseNumbering', reason, knownLast } as const;
    const context = contextOf(operator, register.agency);
    const { events } = await runners.registers.execute(stream, { command, context });
    return events.length;
  });
  return paused.reduce((sum, count) => sum + count, 0);
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
