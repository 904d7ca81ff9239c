import { applyChanges, bookNameOrder, type BookFields } from '#domain';
import type { Doc } from '#read-store';
import { oneChange, type Projection } from '../projection.ts';
import { registerOf } from './register-event.ts';

/** Danh sách quyển sổ chứng thực: one document a book, the columns of the guide's first screen. */
export const bookList: Projection = {
  name: 'book_list',
  version: 2,
  indexes: [
    ['agency', 'nameOrder'],
    ['agency', 'openedOn'],
    ['agency', 'closesOn'],
    ['agency', 'firstNumber'],
  ],
  searchable: ['name'],
  project: oneChange({
    BookOpened: ({ reason: _reason, ...fields }, projected) => {
      const nameOrder = bookNameOrder(fields.name);
      const create = { ...registerOf(projected), ...fields, nameOrder, state: 'open' };
      return { id: fields.bookId, create };
    },
    BookEdited: ({ bookId, changes }) => ({
      id: bookId,
      change: (before) => {
        const after = applyChanges(before as unknown as BookFields, changes);
        return { ...(after as unknown as Doc), nameOrder: bookNameOrder(after.name) };
      },
    }),
    BookDiscarded: ({ bookId }) => ({
      id: bookId,
      change: (before) => ({ ...before, state: 'discarded' }),
    }),
    BookClosed: ({ bookId }) => ({
      id: bookId,
      change: (before) => ({ ...before, state: 'closed' }),
    }),
  }),
};
