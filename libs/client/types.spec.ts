import { describe, expect, it } from '@jest/globals';
import type { BookAnswer, EntryPage, PortalClient } from './index.ts';

/** Compiled and never run: the document's types hold callers to it. */
export function callers(portal: PortalClient) {
  const path = { agency: 'BK-001' };
  const params = { path };
  const where = { path: { ...path, bookId: 'x' } };
  const books = '/v1/agencies/{agency}/books';
  const seals = '/v1/agencies/{agency}/seals';
  const body = { name: '01/2024', firstNumber: 1, openedOn: '2024-05-10', closesOn: '2024-12-31' };
  const lost = { path, query: { status: 'lost' } } as const;
  const opened = portal.post(books, { params, body });
  // @ts-expect-error -- no such path
  void portal.get('/v1/agencies/{agency}/boks', { params });
  // @ts-expect-error -- a path is called by the methods it has
  void portal.patch(books, { params, body });
  // @ts-expect-error -- what the path names has to be given
  void portal.get(books, { params: {} });
  // @ts-expect-error -- a number is no text
  void portal.post(books, { params, body: { ...body, firstNumber: '1' } });
  // @ts-expect-error -- a field is missing
  void portal.post(books, { params, body: { name: '01/2024' } });
  // @ts-expect-error -- none of the statuses there are
  void portal.get(books, { params: lost });
  // @ts-expect-error -- a picture is a file
  void portal.post(seals, { params, body: { name: 'x', image: 'x' } });
  // @ts-expect-error -- a method takes what its path names
  void portal.openBook({}, body);
  // @ts-expect-error -- and its body as the document has it
  void portal.openBook(path, { ...body, firstNumber: '1' });
  // @ts-expect-error -- a query holds to nothing
  void portal.listBooks(path, {}, { ifMatch: '"1"' });
  const named = portal.openBook(path, body, { key: 'k', ifMatch: null });
  const picture = portal.getSealImage({ ...path, id: 'x' }, { variant: 'thumbnail' });
  const entries = portal.get(`${books}/{bookId}/entries`, { params: where });
  return { opened, named, picture, entries };
}

type Data<K extends keyof ReturnType<typeof callers>> = Awaited<
  ReturnType<typeof callers>[K]
>['data'];

describe('what the client answers', () => {
  it('has the type the document gives it', () => {
    // Each holds the other's: what is compared is checked by the compiler.
    const opened = (data: Data<'opened'>): BookAnswer => data;
    const book = (data: BookAnswer): Data<'opened'> => data;
    const entries = (data: Data<'entries'>): EntryPage['items'] => data.items;
    const named = (data: Data<'named'>): Data<'opened'> => data;
    const picture = (data: Data<'picture'>): Blob => data;
    expect([opened, book, named, picture, entries].every((one) => typeof one === 'function')).toBe(
      true,
    );
  });
});
