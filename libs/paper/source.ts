import { daysOfMonth, isWithin } from '#domain';
import type { Page, Query } from '#read-store';
import type { PrintOrder } from './order.ts';
import { rowAsOf, type PaperRow } from './row.ts';

/** Reads a page of the entries' read model. */
export type FindEntries = (query: Query) => Promise<Page>;

/** Rows read and printed at once. */
const PAGE = 500;

/** The rows of an order, page by page, as they stood at its revision: books in order, then numbers. */
export async function* rowsOf(
  find: FindEntries,
  { register: { agency }, scope, books, revision }: PrintOrder,
): AsyncGenerator<readonly PaperRow[]> {
  const days = scope.kind === 'month' ? daysOfMonth(scope.month) : undefined;
  const isWanted = (row: PaperRow): boolean => !days || isWithin(days, row.certifiedOn);
  for (const { bookId } of books) {
    const filter = { agency, bookId };
    let after: string | undefined;
    do {
      const from = after === undefined ? {} : { after };
      const page = await find({ filter, sort: [{ field: 'number' }], limit: PAGE, ...from });
      const rows = page.items.flatMap(({ doc }) => rowAsOf(doc, revision) ?? []);
      yield rows.filter(isWanted);
      after = page.next;
    } while (after !== undefined);
  }
}
