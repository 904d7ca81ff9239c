import { applyChanges, bookNameOrder, type BookFields } from '#domain';
import type { Doc } from '#read-store';
import { oneChange, type Projection } from '../projection.ts';
import { bookDocId } from './doc-ids.ts';
import { registerOf } from './register-event.ts';

/** Danh sách quyển sổ chứng thực: one document a book, the columns of the guide's first screen. */
export const bookList: Projection = {
  name: 'book_list',
  version: 6,
  reads: ['register-'],
  indexes: [
    ['agency', 'nameOrder'],
    ['agency', 'openedOn'],
    ['agency', 'closesOn'],
    ['agency', 'firstNumber'],
  ],
  counted: [['agency', 'state']],
  searchable: ['name'],
  project: oneChange({
    BookOpened: ({ reason: _reason, ...fields }, projected) => {
      const register = registerOf(projected);
      const nameOrder = bookNameOrder(fields.name);
      const create = { ...register, ...fields, nameOrder, state: 'open' };
      return { id: bookDocId(register, fields.bookId), create };
    },
    BookEdited: ({ bookId, changes }, projected) => ({
      id: bookDocId(registerOf(projected), bookId),
      change: (before) => {
        const after = applyChanges(before as unknown as BookFields, changes);
        return { ...(after as unknown as Doc), nameOrder: bookNameOrder(after.name) };
      },
    }),
    BookDiscarded: ({ bookId }, projected) => ({
      id: bookDocId(registerOf(projected), bookId),
      change: (before) => ({ ...before, state: 'discarded' }),
    }),
    BookClosed: ({ bookId }, projected) => ({
      id: bookDocId(registerOf(projected), bookId),
      change: (before) => ({ ...before, state: 'closed' }),
    }),
  }),
};
