import {
  bookNameOrder,
  daysOfMonth,
  displayDate,
  layoutOf,
  registerFormOn,
  vietnameseDate,
  type Book,
  type FormLayout,
  type RegisterHead,
  type RegisterKey,
  type SaidThen,
} from '#domain';
import type { PrintedCheckpoint, PrintedSeal, PrintOrder, Scope, Since } from './order.ts';

/** What of an earlier print of the same a later one goes by. */
export interface Earlier extends SaidThen {
  readonly registerRevision: number;
  readonly sha256: string;
  /** ISO 8601. */
  readonly exportedAt: string;
}

/** What an order is made of. */
export interface Known {
  readonly register: RegisterKey;
  readonly scope: Scope;
  readonly layouts: readonly FormLayout[];
  readonly agencyName: string;
  readonly checkpoint: PrintedCheckpoint | null;
  /** The register at the revision. */
  readonly head: RegisterHead;
  readonly revision: number;
  /** When the event there was recorded, ISO 8601. */
  readonly at: string;
  /** Where in the stream a book was closed. */
  readonly closedAt: (bookId: string) => number | undefined;
  /** What the print of the same at this very revision said, and the last one of an earlier. */
  readonly same: SaidThen | undefined;
  readonly before: Earlier | undefined;
  readonly seal: PrintedSeal | null;
}

/** The books a scope prints, those that were discarded left out, in the order people count them. */
export function booksIn({ books }: RegisterHead, scope: Scope): readonly Book[] {
  const kept = books.filter(({ state }) => state !== 'discarded');
  const days = scope.kind === 'month' ? daysOfMonth(scope.month) : undefined;
  const wanted = kept.filter(({ bookId, openedOn, closesOn }) => {
    if (scope.kind === 'book') return bookId === scope.bookId;
    return !days || (openedOn <= days.to && closesOn >= days.from);
  });
  return [...wanted].sort((one, other) =>
    bookNameOrder(one.name) < bookNameOrder(other.name) ? -1 : 1,
  );
}

/** Behind what changes are listed: the closing of all that is printed, else the print before. */
function sinceOf(books: readonly Book[], { closedAt, before }: Known): Since | null {
  const closings = books.map((book) =>
    book.state === 'closed' ? closedAt(book.bookId) : undefined,
  );
  const last = books.at(-1);
  if (last?.state === 'closed' && closings.every((one) => one !== undefined)) {
    const revision = Math.max(...closings);
    return { revision, text: `khi khóa sổ ngày ${displayDate(last.closedOn)}` };
  }
  if (!before) return null;
  const day = displayDate(vietnameseDate(new Date(before.exportedAt)));
  const text = `lần in ngày ${day} (SHA-256 ${before.sha256.slice(0, 16)}…)`;
  return { revision: before.registerRevision, text };
}

/** At a moment that was printed before, everything is as it was printed then. */
export const asPrinted = (
  order: PrintOrder,
  { agencyName, checkpoint, since }: SaidThen,
): PrintOrder => ({ ...order, agency: { ...order.agency, name: agencyName }, checkpoint, since });

/** What is printed. */
export function orderOf(known: Known): PrintOrder {
  const { register, scope, layouts, head, revision, at, same } = known;
  const books = booksIn(head, scope);
  const form = books.at(-1)?.form ?? registerFormOn(`${register.year}-12-31`);
  const order = {
    agency: { code: register.agency, name: known.agencyName },
    register,
    scope,
    books,
    layout: layoutOf(layouts, { form, type: register.type }),
    revision,
    at,
    checkpoint: known.checkpoint,
    since: sinceOf(books, known),
    seal: known.seal,
  };
  return same ? asPrinted(order, same) : order;
}
