import Database from 'better-sqlite3';
import { sealAggregate, signatureAggregate } from '#commands';
import { registerStream, sealStream, signatureStream, type SpecimenImage } from '#domain';
import { openSqliteEventStore, type EventStore } from '#event-store';
import { newEvent, RegisterWriter, type RegisterPlan } from './register-writer.ts';
import { createSamples } from './samples.ts';

/** Events of one year; then the next begins with empty registers, so the writer's memory is bounded. */
const PER_YEAR = 100_000;
export const FIRST_YEAR = 2001;
/** Up to 2024: from November 2025 a number needs a mandate, and no book can be of a year to come. */
const YEARS = 24;
const AGENCIES = 40;
/** Events of one stream per append; appends that wait together share a commit. */
const PER_APPEND = 50;

const image: SpecimenImage = {
  sha256: 'd1f0a5c37b92e84610fd5b3c9e7a28d4'.repeat(2),
  mediaType: 'image/png',
  width: 640,
  height: 320,
  bytes: 48_213,
  warnings: [],
};

/** A signature and a seal for an agency. */
async function writeSpecimens(store: EventStore, agency: string): Promise<void> {
  const at = `${FIRST_YEAR}-01-01T01:00:00.000Z`;
  const signer = { signerFullName: 'Nguyễn Văn An', signerTitle: 'Phó Chủ tịch UBND' };
  const signatures = signatureAggregate.decide(signatureAggregate.initial(), {
    type: 'RegisterSignature',
    id: `signature-${agency}`,
    fields: { name: 'Chữ ký lãnh đạo', isDefault: true, authority: 'KT.', ...signer },
    image,
  });
  const seals = sealAggregate.decide(sealAggregate.initial(), {
    type: 'RegisterSeal',
    id: `seal-${agency}`,
    fields: { name: 'Con dấu cơ quan', isDefault: true },
    image,
  });
  await Promise.all([
    store.append(
      signatureStream(agency, 'an.nguyen'),
      'no-stream',
      signatures.map((event) => newEvent(event, agency, at)),
    ),
    store.append(
      sealStream(agency),
      'no-stream',
      seals.map((event) => newEvent(event, agency, at)),
    ),
  ]);
}

/** Writes all of a year's registers side by side, so that their events lie mixed in the log. */
async function writeYear(
  store: EventStore,
  year: number,
  shares: readonly number[],
): Promise<void> {
  const writers = shares.map((events, index) => {
    const agency = agencyCode(index);
    return new RegisterWriter(createSamples(year * 1000 + index), { agency, year, events });
  });
  for (let written = 0; written < (shares[0] ?? 0); written += PER_APPEND) {
    await Promise.all(writers.map((writer) => writer.write(store, PER_APPEND)));
  }
}

export const agencyCode = (index: number): string => `BK-${String(index + 1).padStart(3, '0')}`;

/** So many parts of a whole, as equal as whole numbers can be; the greater ones first. */
const divide = (whole: number, parts: number): number[] =>
  Array.from({ length: parts }, (_, index) => Math.ceil((whole - index) / parts));

/**
 * A log of exactly so many events, decided by the domain, as the service would have written it. What is
 * more than all years hold are copies of these, year by year, for as many other agencies and others
 * again; they have no specimens.
 */
export async function writeLog(path: string, events: number, agencies = AGENCIES): Promise<void> {
  const store = openSqliteEventStore(path);
  const codes = Array.from({ length: agencies }, (_, index) => agencyCode(index));
  for (const agency of codes) await writeSpecimens(store, agency);
  let left = events - 2 * agencies;
  for (let at = 0; at < YEARS && left > 0; at += 1) {
    const now = Math.min(left, PER_YEAR);
    await writeYear(store, FIRST_YEAR + at, divide(now, agencies));
    left -= now;
  }
  await store.close();
  if (left > 0) copyYears(path, left, agencies);
}

/** So many events more, for agencies behind the first ones. */
function copyYears(path: string, events: number, agencies: number): void {
  const db = new Database(path);
  let left = events;
  for (let at = 0; left > 0; at += 1) {
    const year = FIRST_YEAR + (at % YEARS);
    const before = agencies * (1 + Math.floor(at / YEARS));
    const shares = divide(Math.min(left, PER_YEAR), agencies);
    const copies = shares.map((_, index) => copierOf(db, agencyCode(index), year));
    for (let from = 0; from < (shares[0] ?? 0); from += STRETCH) {
      shares.forEach((share, index) => {
        const other = before + index;
        const upTo = Math.min(from + STRETCH, share);
        copies[index]?.({
          agency: agencyCode(other),
          index: other * 100 + (at % YEARS),
          from,
          upTo,
        });
      });
    }
    left -= PER_YEAR;
  }
  db.close();
}

/** A log of one large register and of many small ones, which are copies of one and of no other's agency. */
export async function writeRegisters(
  path: string,
  large: RegisterPlan,
  small: Omit<RegisterPlan, 'agency'> & { readonly agencies: readonly string[] },
): Promise<void> {
  const [first = '', ...others] = small.agencies;
  await writeRegister(path, large);
  await writeRegister(path, { ...small, agency: first });
  const db = new Database(path);
  const copy = copierOf(db, first, small.year);
  others.forEach((agency, index) => copy({ agency, index, from: 0, upTo: small.events }));
  db.close();
}

/** Events of a register that are copied before those of another. */
const STRETCH = 200;

/** A log of so many years of so many communes, whose years are copies of one commune's, mixed in the log. */
export async function writeCommunes(
  path: string,
  communes: number,
  { years, events }: { readonly years: number; readonly events: number },
): Promise<void> {
  const first = agencyCode(0);
  for (let year = FIRST_YEAR; year < FIRST_YEAR + years; year += 1) {
    await writeRegister(path, { agency: first, year, events });
    const db = new Database(path);
    const copy = copierOf(db, first, year);
    for (let from = 0; from < events; from += STRETCH) {
      for (let at = 1; at < communes; at += 1) {
        const index = year * 10_000 + at;
        copy({ agency: agencyCode(at), index, from, upTo: from + STRETCH });
      }
    }
    db.close();
  }
}

interface Copied {
  readonly agency: string;
  /** Of the copy, in the ids of its events. */
  readonly index: number;
  /** Revisions. */
  readonly from: number;
  readonly upTo: number;
}

/** The domain decides some thousand events a second; a thousand full registers are too many for it. */
function copierOf(db: Database.Database, first: string, year: number): (copied: Copied) => void {
  db.pragma('synchronous = OFF');
  const stream = registerStream({ agency: first, type: 'SCTDT.BS', year });
  const copy = db.prepare(`
    INSERT INTO events (stream, revision, id, type, data, metadata, recorded_at)
    SELECT replace(stream, :first, :agency), revision,
      printf('%08x-0000-4000-8000-%012x', :index, revision), type,
      replace(data, :first, :agency), replace(metadata, :first, :agency), recorded_at
    FROM events WHERE stream = :stream AND revision >= :from AND revision < :upTo
    ORDER BY revision`);
  return (copied) => void copy.run({ stream, first, ...copied });
}

/** A log of one register alone. */
export async function writeRegister(path: string, plan: RegisterPlan): Promise<void> {
  const store = openSqliteEventStore(path);
  const writer = new RegisterWriter(createSamples(plan.year), plan);
  for (let written = 0; written < plan.events; written += 2000) await writer.write(store, 2000);
  await store.close();
}
