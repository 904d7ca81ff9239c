import {
  groupOf,
  isWithin,
  nothingReported,
  reported,
  reportedTogether,
  type Counted,
  type Group,
  type Grouping,
  type Period,
  type RegisterKey,
  type ReportSum,
} from '#domain';
import { agencyList, bookList, countedIn, figures, type Projection } from '#projections';
import type { Page, Query, StoredDoc } from '#read-store';

/** How pages of read models are read. */
export type FindPage = (projection: Projection, query: Query) => Promise<Page>;

/** A line of a report: what was counted under one thing. */
export interface ReportLine extends Group {
  readonly sum: ReportSum;
}

export interface Report {
  /** In the order of what people read. */
  readonly lines: readonly ReportLine[];
  readonly total: ReportSum;
}

/** Documents read at once. */
const PAGE = 100;

/** Every document a query finds, a page at a time. */
export async function* documentsOf(
  find: FindPage,
  projection: Projection,
  query: Pick<Query, 'filter' | 'sort'>,
): AsyncGenerator<StoredDoc> {
  let after: string | undefined;
  do {
    const from = after === undefined ? {} : { after };
    const page = await find(projection, { ...query, limit: PAGE, ...from });
    yield* page.items;
    after = page.next;
  } while (after !== undefined);
}

/** Numbers of one register, some at a time. */
export interface CountedPart {
  readonly register: RegisterKey;
  readonly rows: readonly Counted[];
}

/** What was certified in some days of one year, by one agency or by all that a range of codes holds. */
export async function* certifiedIn(
  find: FindPage,
  { agency, days }: { readonly agency: string | Codes | undefined; readonly days: Period },
): AsyncGenerator<CountedPart> {
  const year = Number(days.from.slice(0, 4));
  const filter = { ...(agency !== undefined && { agency }), year };
  for await (const { doc } of documentsOf(find, figures, { filter })) {
    const register = doc as unknown as RegisterKey;
    const rows = countedIn(doc).filter(({ certifiedOn }) => isWithin(days, certifiedOn));
    if (rows.length > 0) yield { register, rows };
  }
}

/** Codes from one on, up to another. */
interface Codes {
  readonly gte: string;
  readonly lt: string;
}

/** Sums told apart by the key of what they are of. */
class Lines {
  private readonly lines = new Map<string, ReportLine>();

  add({ key, label }: Group, type: string, entry: Counted): void {
    const sum = this.lines.get(key)?.sum ?? nothingReported;
    this.lines.set(key, { key, label, sum: reported(sum, type, entry) });
  }

  /** @param names what people read, where it is not known from the numbers */
  report(names: ReadonlyMap<string, string>): Report {
    const { compare } = new Intl.Collator('vi', { numeric: true });
    const lines = [...this.lines.values()]
      .map((line) => ({ ...line, label: names.get(line.key) ?? line.label }))
      .sort((a, b) => compare(a.label, b.label) || (a.key < b.key ? -1 : 1));
    const total = lines.map(({ sum }) => sum).reduce(reportedTogether, nothingReported);
    return { lines, total };
  }
}

/** What one agency certified in some days of a year. */
export async function reportOf(
  find: FindPage,
  { agency, days, by }: { readonly agency: string; readonly days: Period; readonly by: Grouping },
): Promise<Report> {
  const lines = new Lines();
  for await (const { register, rows } of certifiedIn(find, { agency, days }))
    for (const row of rows) lines.add(groupOf(by, register.type, row), register.type, row);
  return lines.report(by === 'book' ? await bookNames(find, agency) : new Map());
}

async function bookNames(find: FindPage, agency: string): Promise<ReadonlyMap<string, string>> {
  const names = new Map<string, string>();
  const query = { filter: { agency }, sort: [{ field: 'nameOrder' }] };
  for await (const { doc } of documentsOf(find, bookList, query)) {
    const { bookId, name } = doc as { readonly bookId: string; readonly name: string };
    names.set(bookId, name);
  }
  return names;
}

/** Which agencies are summed. */
export interface Summed {
  /** `every`, or the codes of those there may be. */
  readonly agencies: 'every' | readonly string[];
  /** Only the agency of this code and those below it, `H55` and `H55.1`; by default all. */
  readonly under?: string | undefined;
}

/** True of the agency itself and of those below it: levels are joined by dots (QĐ 20/2020/QĐ-TTg). */
const isUnder = (under: string | undefined, code: string): boolean =>
  under === undefined || code === under || code.startsWith(`${under}.`);

/** Behind the code itself and all that go on with a dot: `/` is the sign behind it. */
const below = (under: string): Codes => ({ gte: under, lt: `${under}/` });

/** Of whom documents are read: one range of codes, or one code after another. */
function codesOf({ agencies, under }: Summed): readonly (string | Codes | undefined)[] {
  if (agencies === 'every') return [under === undefined ? undefined : below(under)];
  return [...new Set(agencies)].filter((code) => isUnder(under, code));
}

/**
 * What several agencies certified in some days of a year, a line for each that certified anything:
 * a province's sum over its communes. Agencies that have ended are among them.
 */
export async function reportOfAgencies(
  find: FindPage,
  summed: Summed,
  days: Period,
): Promise<Report> {
  const lines = new Lines();
  const names = new Map<string, string>();
  for (const agency of codesOf(summed))
    for await (const { register, rows } of certifiedIn(find, { agency, days })) {
      const { agency: key, type } = register;
      if (!isUnder(summed.under, key)) continue;
      for (const row of rows) lines.add({ key, label: key }, type, row);
      if (!names.has(key)) names.set(key, await agencyName(find, key));
    }
  return lines.report(names);
}

/** What people call an agency; its code where nobody registered it. */
export async function agencyName(find: FindPage, code: string): Promise<string> {
  const { items } = await find(agencyList, { filter: { code }, limit: 1 });
  return (items[0]?.doc as { readonly name: string } | undefined)?.name ?? code;
}
