import type { Doc, ReadStore } from '#read-store';
import type { Projection } from '../projection.ts';
import { parseCollection, specOf } from './collections.ts';
import { newLedger, type Ledger } from './ledger.ts';
import { ledgerOfOlderRecords } from './older-records.ts';
import { expired, neededBy, type Grace } from './keeping.ts';

/** No collection ends in such a name, so it is a record of the store and of none of its collections. */
const keyOf = ({ name }: Projection): string => `ledger/${name}`;

interface Recorded {
  readonly ledger: Ledger;
  readonly version: number;
}

async function read(readStore: ReadStore, projection: Projection): Promise<Recorded | undefined> {
  const record = await readStore.readRecord(keyOf(projection));
  return record && { ledger: record.value as unknown as Ledger, version: record.version };
}

/** Undefined before the projection has ever run. */
export async function findLedger(
  readStore: ReadStore,
  projection: Projection,
): Promise<Ledger | undefined> {
  return (await read(readStore, projection))?.ledger;
}

/** As `findLedger`, beginning with an empty first generation where there is none. */
export async function requireLedger(readStore: ReadStore, projection: Projection): Promise<Ledger> {
  return (await required(readStore, projection)).ledger;
}

async function required(readStore: ReadStore, projection: Projection): Promise<Recorded> {
  const found = await read(readStore, projection);
  if (found) return found;
  const older = await ledgerOfOlderRecords(readStore, projection);
  const ledger = older ?? (await firstLedger(readStore, projection));
  const isFirst = await readStore.writeRecord(keyOf(projection), ledger as unknown as Doc, 0);
  // Named before it is made, so that two who begin at once make one. Until it is there it reads as empty.
  if (isFirst) await readStore.ensure(specOf(projection, ledger.live.collection));
  return required(readStore, projection);
}

/** Above every collection there is, should the record alone have been lost. */
async function firstLedger(readStore: ReadStore, projection: Projection): Promise<Ledger> {
  const names = await readStore.collections();
  const used = names.map((name) => parseCollection(projection, name)?.generation ?? 0);
  return newLedger(projection, Math.max(0, ...used) + 1, new Date().toISOString());
}

export interface Changed {
  readonly before: Ledger;
  readonly after: Ledger;
}

/**
 * The one way a ledger changes: read, transition, compare and set; again where another was first.
 * What the transition throws is thrown, and nothing is written. Durable before it settles, unless it
 * is only told in passing.
 */
export async function changeLedger(
  readStore: ReadStore,
  projection: Projection,
  transition: (before: Ledger) => Ledger,
  isDurable = true,
): Promise<Changed> {
  for (;;) {
    const { ledger: before, version } = await required(readStore, projection);
    const after = transition(before);
    if (after === before) return { before, after };
    const value = after as unknown as Doc;
    const durable = isDurable ? 'durable' : undefined;
    const written = await readStore.writeRecord(keyOf(projection), value, version, durable);
    if (written) return { before, after };
  }
}

/** Drops every collection nobody needs any more: neither live, nor the previous within its time, nor being filled or left to be gone on with. Answers their names. */
export async function dropExpired(
  readStore: ReadStore,
  projection: Projection,
  grace: Grace,
): Promise<readonly string[]> {
  // Listed first: a collection is named in the ledger before it is made, and never again after the
  // ledger has forgotten it, so what was there and is not named now is nobody's.
  const there = await readStore.collections();
  const { after } = await changeLedger(readStore, projection, (ledger) => expired(ledger, grace));
  const needed = neededBy(after);
  const surplus = there.filter(
    (name) => parseCollection(projection, name) !== undefined && !needed.includes(name),
  );
  for (const name of surplus) await readStore.drop({ name });
  return surplus;
}
