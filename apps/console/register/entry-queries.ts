import { infiniteQueryOptions, keepPreviousData, queryOptions } from '@tanstack/react-query';
import type { EntryRow } from '#client';
import { asked, portal } from '../api/portal.ts';
import type { BookPath } from '../books/book-queries.ts';

export type EntryState = EntryRow['state'];
const ROWS = 100;

interface Narrowed {
  readonly typed: string;
  readonly state: string | undefined;
}

/** The numbers of a book, latest first, page behind page by the service's cursor. */
export const entryPages = (path: BookPath, { typed, state }: Narrowed) =>
  infiniteQueryOptions({
    queryKey: [path.agency, 'book', path.bookId, 'entries', typed, state],
    queryFn: async ({ signal, pageParam }) => {
      const query = {
        limit: ROWS,
        sort: '-number' as const,
        ...(pageParam !== '' && { after: pageParam }),
        ...(typed !== '' && { search: typed }),
        ...(state !== undefined && { state: state as EntryState }),
      };
      return (await portal.listEntries(path, query, asked(signal))).data;
    },
    initialPageParam: '',
    getNextPageParam: ({ next }) => next,
    placeholderData: keepPreviousData,
  });

/** Who has asked lately and for what: offered while typing, read from the register and kept nowhere. */
export const latestEntries = (path: BookPath) =>
  queryOptions({
    queryKey: [path.agency, 'book', path.bookId, 'latest'],
    queryFn: async ({ signal }) =>
      (await portal.listEntries(path, { limit: ROWS, sort: '-number' }, asked(signal))).data.items,
    staleTime: 60_000,
  });

export const oneEntry = (path: BookPath, number: number) =>
  queryOptions({
    queryKey: [path.agency, 'book', path.bookId, 'entry', number],
    queryFn: async ({ signal }) => (await portal.getEntry({ ...path, number }, asked(signal))).data,
  });
