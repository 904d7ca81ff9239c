import { registerHeadAt, type Runners } from '#commands';
import { statedCheckpoint, toBase64 } from '#audit/proofs';
import { NotSealed, type Audit } from '#audit';
import {
  agencyStream,
  exportsStream,
  registerStream,
  type Book,
  type FormLayout,
  type RegisterKey,
  type SaidThen,
} from '#domain';
import type { EventStore, Position } from '#event-store';
import { renderImage, wholeImage, type ImageStore } from '#image-store';
import {
  booksIn,
  orderOf,
  type Earlier,
  type Format,
  type PrintedCheckpoint,
  type PrintedSeal,
  type PrintOrder,
  type Scope,
} from '#paper';
import {
  bookDetails,
  bookDocId,
  exportList,
  printedName,
  registerEntries,
  type Projection,
  type ReadModels,
} from '#projections';
import type { Query } from '#read-store';

/** What prints are made from. */
export interface ExportSources {
  readonly runners: Runners;
  readonly eventStore: EventStore;
  readonly models: ReadModels;
  readonly audit: Pick<Audit, 'proofs'>;
  readonly layouts: readonly FormLayout[];
  readonly images: ImageStore;
}

export interface ExportAsked {
  readonly register: RegisterKey;
  readonly scope: Scope;
  readonly format: Format;
  /** Of the register; by default the last. */
  readonly revision?: number | undefined;
  /** What the first print under the request’s key said, where there was one: this one says it again. */
  readonly said?: SaidThen | undefined;
}

/** There is no such book in the register, or nothing in it at all. */
export class NothingToPrint extends Error {
  override readonly name = 'NothingToPrint';
}

/** The register has not come as far. */
export class RevisionAhead extends Error {
  override readonly name = 'RevisionAhead';
  constructor(readonly last: number) {
    super(`the last revision is ${last}`);
  }
}

/** The read models have not come as far as the register, or stand still. Ask again. */
export class EntriesBehind extends Error {
  override readonly name = 'EntriesBehind';
}

const PATIENCE_MS = 20_000;

/** The register at the revision asked for, which the read model has passed. */
async function headOf({ runners, eventStore, models }: ExportSources, asked: ExportAsked) {
  const stream = registerStream(asked.register);
  const now = await runners.registers.load(stream);
  if (now.revision === 'no-stream' || now.position === undefined)
    throw new NothingToPrint(`${stream} is empty`);
  const { revision = now.revision } = asked;
  if (revision > now.revision) throw new RevisionAhead(now.revision);
  for (const model of [registerEntries, bookDetails])
    await requirePassed(models, model, { stream, position: now.position });
  const head = revision === now.revision ? now : await registerHeadAt(eventStore, stream, revision);
  return { state: head.state, revision, at: await recordedAt(eventStore, stream, revision) };
}

/** @throws EntriesBehind */
async function requirePassed(
  models: ReadModels,
  model: Projection,
  { stream, position }: { readonly stream: string; readonly position: Position },
): Promise<void> {
  if (!(await models.waitFor(model, position, PATIENCE_MS))) throw new EntriesBehind(stream);
}

async function recordedAt(store: EventStore, stream: string, revision: number): Promise<string> {
  for await (const { metadata } of store.readStream(stream, { from: revision, limit: 1 }))
    return String((metadata as { readonly occurredAt?: unknown }).occurredAt);
  throw new Error(`${stream} has no revision ${revision}`);
}

interface EarlierPrints {
  /** What was said at this very revision, and the last print of an earlier one. */
  readonly same: SaidThen | undefined;
  readonly before: Earlier | undefined;
}

/**
 * What was printed of the same up to a revision, as far as anything was: the list is waited for, as
 * what a first print says of an earlier one is said for ever.
 * @throws EntriesBehind
 */
async function earlierPrints(
  { runners, models }: Pick<ExportSources, 'runners' | 'models'>,
  { register, scope, format, said }: ExportAsked,
  revision: number,
): Promise<EarlierPrints> {
  if (said) return { same: said, before: undefined };
  const { agency } = register;
  const stream = exportsStream(agency);
  const { position } = await runners.exports.load(stream);
  if (position === undefined) return { same: undefined, before: undefined };
  await requirePassed(models, exportList, { stream, position });
  const of = { agency, printed: nameOfPrint(register, scope) };
  const at = { ...of, registerRevision: revision };
  const same = (await lastPrint(models, { ...at, format })) ?? (await lastPrint(models, at));
  if (same) return { same, before: undefined };
  const before = await lastPrint(models, { ...of, registerRevision: { lt: revision } });
  return { same: undefined, before };
}

/** The print of the latest revision, of these the last that was made. */
async function lastPrint(
  models: ReadModels,
  filter: NonNullable<Query['filter']>,
): Promise<Earlier | undefined> {
  const sort = ['registerRevision', 'order'].map((field) => ({ field, descending: true }));
  const { items } = await models.find(exportList, { filter, sort, limit: 1 });
  return items[0]?.doc as unknown as Earlier | undefined;
}

async function latestCheckpoint({
  proofs,
}: Pick<Audit, 'proofs'>): Promise<PrintedCheckpoint | null> {
  try {
    const { note } = await proofs.latest();
    const { origin, size, root } = statedCheckpoint(note);
    return { origin, size, root: toBase64(root) };
  } catch (error) {
    if (error instanceof NotSealed) return null;
    throw error;
  }
}

/** The seal the last of the books was closed with; null where its picture is not at hand: it is printed all the same. */
async function sealOf(
  { images }: Pick<ExportSources, 'images'>,
  books: readonly Book[],
): Promise<PrintedSeal | null> {
  const last = books.at(-1);
  if (last?.state !== 'closed' || !last.seal) return null;
  const { version, sha256 } = last.seal;
  const bytes = await wholeImage(images, sha256);
  if (!bytes) return null;
  return { version, sha256, png: (await renderImage(bytes, 'preview')).bytes };
}

/** What is in an order, and how many rows there are to be about. */
export interface Prepared {
  readonly order: PrintOrder;
  readonly total: number;
}

/** What a print is called among all of an agency. */
export function nameOfPrint({ type, year }: RegisterKey, scope: Scope): string {
  const exportedBook = scope.kind === 'book' ? scope.bookId : null;
  const month = scope.kind === 'month' ? scope.month : null;
  return printedName({ registerType: type, year, exportedBook, month });
}

/** Finds out all that a print says beside its rows. @throws NothingToPrint @throws RevisionAhead @throws EntriesBehind */
export async function prepareExport(sources: ExportSources, asked: ExportAsked): Promise<Prepared> {
  const { models, runners, audit, layouts } = sources;
  const { register, scope } = asked;
  const { state, revision, at } = await headOf(sources, asked);
  const books = booksIn(state, scope);
  if (scope.kind === 'book' && books.length === 0) throw new NothingToPrint(scope.bookId);
  const { agency } = register;
  const earlier = await earlierPrints(sources, asked, revision);
  const known = await runners.agencies.load(agencyStream(agency));
  const closings = new Map<string, number | undefined>();
  for (const { bookId } of books) {
    const found = await models.get(bookDetails, bookDocId(register, bookId));
    closings.set(bookId, found?.doc['closedRevision'] as number | undefined);
  }
  const order = orderOf({
    ...{ register, scope, layouts, revision, at, ...earlier, head: state },
    agencyName: known.state?.name ?? agency,
    checkpoint: await latestCheckpoint(audit),
    seal: await sealOf(sources, books),
    closedAt: (bookId) => closings.get(bookId),
  });
  const total = books.reduce((sum, { totals }) => sum + totals.entries + totals.lost, 0);
  return { order, total };
}
