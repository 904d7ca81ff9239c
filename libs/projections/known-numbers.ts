import { registerStream, type RegisterKey } from '#domain';
import type { EventStore } from '#event-store';
import type { ReadStore } from '#read-store';
import { astrayFrom } from './checking/astray.ts';
import { readCheckpoint } from './folding/checkpoint.ts';
import { specOf } from './ledger/collections.ts';
import { findLedger } from './ledger/record.ts';
import { bookDetails } from './models/book-details.ts';

/** The last number of a register. */
export interface LastNumber {
  readonly register: RegisterKey;
  readonly lastNumber: number;
}

interface BookFacts extends RegisterKey {
  readonly lastAssigned: number | null;
}

/** The last number the read models know of each register, whichever log they were filled from. */
export async function knownNumbers(readStore: ReadStore): Promise<readonly LastNumber[]> {
  const live = (await findLedger(readStore, bookDetails))?.live;
  if (!live) return [];
  const known = new Map<string, LastNumber>();
  for await (const { doc } of readStore.scan(specOf(bookDetails, live.collection))) {
    const { agency, type, year, lastAssigned } = doc as unknown as BookFacts;
    const register = { agency, type, year };
    const before = known.get(registerStream(register))?.lastNumber ?? 0;
    const lastNumber = Math.max(before, lastAssigned ?? 0);
    if (lastNumber > 0) known.set(registerStream(register), { register, lastNumber });
  }
  return [...known.values()];
}

/**
 * What the read models know of registers, where they were filled from another log than this one or
 * from a part of it that is gone; nothing where they were not. @throws EventStoreUnavailable @throws ReadStoreUnavailable
 */
export async function knownAstray({
  eventStore,
  readStore,
}: {
  readonly eventStore: EventStore;
  readonly readStore: ReadStore;
}): Promise<readonly LastNumber[]> {
  const live = (await findLedger(readStore, bookDetails))?.live;
  if (!live) return [];
  const reached = await readCheckpoint(readStore, { name: live.collection });
  const reason = await astrayFrom(eventStore, reached);
  return reason === undefined ? [] : knownNumbers(readStore);
}
