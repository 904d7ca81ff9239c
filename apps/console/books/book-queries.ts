import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import type { BookRow } from '#client';
import { asked, portal } from '../api/portal.ts';
import type { BooksSearch } from './books-search.ts';

export interface BookPath {
  readonly agency: string;
  readonly bookId: string;
}

export const ROWS = 10;
export const TYPE = 'SCTDT.BS' as const;
export type BookStatus = BookRow['status'];
type Sort = NonNullable<Parameters<typeof portal.listBooks>[1]>['sort'];

/** A page of the books of an agency. */
export const bookPage = (agency: string, search: BooksSearch, typed: string) =>
  queryOptions({
    queryKey: [agency, 'books', search.trang, search.xep, search.nam, search.trangthai, typed],
    queryFn: async ({ signal }) => {
      const { trang = 1, xep, nam, trangthai } = search;
      const query = {
        limit: ROWS,
        offset: (trang - 1) * ROWS,
        ...(xep !== undefined && { sort: xep as NonNullable<Sort> }),
        ...(nam !== undefined && { year: nam }),
        ...(trangthai !== undefined && { status: trangthai as BookStatus }),
        ...(typed !== '' && { search: typed }),
      };
      return (await portal.listBooks({ agency }, query, asked(signal))).data;
    },
    placeholderData: keepPreviousData,
  });

/** One book with its totals, and the revision it was seen at. */
export const oneBook = (agency: string, bookId: string) =>
  queryOptions({
    queryKey: [agency, 'book', bookId],
    queryFn: async ({ signal }) => {
      const { data, etag } = await portal.getBook({ agency, bookId }, asked(signal));
      return { book: data, etag };
    },
  });

/** The book with what others have written up to a position; what was read before does not count. */
export const bookAfter = ({ agency, bookId }: BookPath, position: string | null) =>
  queryOptions({
    queryKey: [agency, 'book', bookId, 'after', position],
    queryFn: async ({ signal }) =>
      (await portal.getBook({ agency, bookId }, { signal, readAfter: position })).data,
    staleTime: 0,
    gcTime: 0,
  });

/** What the form of a new book begins with. */
export const nextBook = (agency: string, year: number) =>
  queryOptions({
    queryKey: [agency, 'next-book', year],
    queryFn: async ({ signal }) =>
      (await portal.nextBook({ agency, type: TYPE, year }, { signal })).data,
    staleTime: 0,
    gcTime: 0,
  });
