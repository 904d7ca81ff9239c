import {
  agencyStream,
  bookOf,
  emptyRegister,
  evolveAgency,
  evolveRegister,
  evolveSeals,
  evolveSignatures,
  isDomainEventType,
  noAgency,
  noSeals,
  noSignatures,
  registerStream,
  sealStream,
  signatureStream,
  upcast,
  type Agency,
  type AgencyEvent,
  type AgencyState,
  type Book,
  type DomainEvent,
  type EventMetadata,
  type Entry,
  type RegisterEvent,
  type RegisterKey,
  type SealEvent,
  type SealFields,
  type SignatureEvent,
  type SignatureFields,
  type Specimen,
} from '#domain';
import type { EventStore, RecordedEvent } from '#event-store';

/** A moment in a stream's life: right after a revision, or at an instant by the recorded time. */
export type Moment = { readonly revision: number } | { readonly at: Date };

export interface AsOf<T> {
  /** Undefined when the thing did not exist yet. */
  readonly state: T | undefined;
  /** Revision of the last event that counted; -1 when none did. */
  readonly revision: number;
  /** When that event happened, ISO 8601 UTC. */
  readonly occurredAt: string | null;
}

/** Folds a stream from its first event up to the moment. The log alone is asked. */
async function fold<S>(
  store: EventStore,
  stream: string,
  moment: Moment,
  folding: { readonly initial: S; readonly evolve: (state: S, event: DomainEvent) => S },
): Promise<AsOf<S> & { readonly state: S }> {
  let state = folding.initial;
  let revision = -1;
  let occurredAt: string | null = null;
  const limit = 'revision' in moment ? { limit: moment.revision + 1 } : {};
  for await (const record of store.readStream(stream, limit)) {
    const happened = happenedAt(record);
    // Times come from clocks, which may step back; the order of events is that of the log.
    if ('at' in moment && Date.parse(happened) > moment.at.getTime()) break;
    if (!isDomainEventType(record.type)) throw new Error(`unknown event type ${record.type}`);
    const version = (): number => Number(record.metadata['schemaVersion']);
    state = folding.evolve(state, upcast(record.type, record.data, version));
    revision = record.revision;
    occurredAt = happened;
  }
  return { state, revision, occurredAt };
}

const happenedAt = (record: RecordedEvent): string =>
  (record.metadata as unknown as EventMetadata).occurredAt;

const foldRegister = (store: EventStore, key: RegisterKey, moment: Moment) =>
  fold(store, registerStream(key), moment, {
    initial: emptyRegister,
    evolve: (state, event) => evolveRegister(state, event as RegisterEvent),
  });

/** A book as it was. */
export async function bookAsOf(
  store: EventStore,
  { register, bookId }: { readonly register: RegisterKey; readonly bookId: string },
  moment: Moment,
): Promise<AsOf<Book>> {
  const folded = await foldRegister(store, register, moment);
  return { ...folded, state: bookOf(folded.state, bookId) };
}

/** An entry as it was. */
export async function entryAsOf(
  store: EventStore,
  where: { readonly register: RegisterKey; readonly bookId: string; readonly number: number },
  moment: Moment,
): Promise<AsOf<Entry>> {
  const folded = await foldRegister(store, where.register, moment);
  const entry = folded.state.entries.get(where.number);
  return { ...folded, state: entry?.bookId === where.bookId ? entry : undefined };
}

/** A signature as it was. */
export async function signatureAsOf(
  store: EventStore,
  where: { readonly agency: string; readonly account: string; readonly id: string },
  moment: Moment,
): Promise<AsOf<Specimen<SignatureFields>>> {
  const folded = await fold(store, signatureStream(where.agency, where.account), moment, {
    initial: noSignatures,
    evolve: (state, event) => evolveSignatures(state, event as SignatureEvent),
  });
  return { ...folded, state: folded.state.find(({ id }) => id === where.id) };
}

/** A seal as it was. */
export async function sealAsOf(
  store: EventStore,
  where: { readonly agency: string; readonly id: string },
  moment: Moment,
): Promise<AsOf<Specimen<SealFields>>> {
  const folded = await fold(store, sealStream(where.agency), moment, {
    initial: noSeals,
    evolve: (state, event) => evolveSeals(state, event as SealEvent),
  });
  return { ...folded, state: folded.state.find(({ id }) => id === where.id) };
}

/** An agency as it was. */
export async function agencyAsOf(
  store: EventStore,
  code: string,
  moment: Moment,
): Promise<AsOf<Agency>> {
  const folded = await fold<AgencyState>(store, agencyStream(code), moment, {
    initial: noAgency,
    evolve: (state, event) => evolveAgency(state, event as AgencyEvent),
  });
  return { ...folded, state: folded.state ?? undefined };
}
