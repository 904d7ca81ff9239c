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
 * this year, those of which something else knows more than the log does, and, for what was begun
 * after the log was copied, this year's registers of every agency it knows.
 * @returns how many were paused
 */
export async function pauseAfterLoss(
  { runners, eventStore }: { readonly runners: Runners; readonly eventStore: EventStore },
  known: readonly KnownNumber[],
  { reason, operator }: { readonly reason: string; readonly operator: Operator },
): Promise<number> {
  const year = yearOf(vietnameseDate(runners.now()));
  const registers = new Map<string, RegisterKey>();
  const add = (register: RegisterKey): unknown => registers.set(registerStream(register), register);
  for (const stream of await streamsOf(eventStore)) {
    const register = registerKeyOf(stream);
    if (register) add(register);
    const agency = agencyCodeOf(stream);
    if (agency !== undefined)
      for (const { code: type } of registerTypes) add({ agency, type, year });
  }
  for (const { register } of known) add(register);
  const lastKnown = new Map(
    known.map(({ register, lastNumber }) => [registerStream(register), lastNumber]),
  );
  const paused = await inBatches([...registers], async ([stream, register]) => {
    const { state } = await runners.registers.load(stream);
    const knownLast = lastKnown.get(stream) ?? null;
    const isConcerned =
      register.year === year ||
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

/** The registers' and agencies' streams in the log, each once. */
async function streamsOf(eventStore: EventStore): Promise<ReadonlySet<string>> {
  const streams = new Set<string>();
  for await (const page of eventStore.readPages({ prefixes: ['register-', 'agency-'] })) {
    for (const { stream } of page) streams.add(stream);
  }
  return streams;
}
