import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import type { CopyRow } from '#client';
import { asked, portal } from '../api/portal.ts';
import type { BookPath } from '../books/book-queries.ts';
import type { CopySearch } from './copy-search.ts';

export const ROWS = 20;

/** A page of electronic copies: those that wait for their signature by default. */
export const copyPage = (agency: string, { trangthai, quyen, trang = 1 }: CopySearch) =>
  queryOptions({
    queryKey: [agency, 'copies', trangthai, quyen, trang],
    queryFn: async ({ signal }) => {
      const query = {
        limit: ROWS,
        offset: (trang - 1) * ROWS,
        ...(trangthai !== undefined && { state: trangthai as CopyRow['state'] | 'all' }),
        ...(quyen !== undefined && { bookId: quyen }),
      };
      return (await portal.listCopies({ agency }, query, asked(signal))).data;
    },
    placeholderData: keepPreviousData,
  });

/** The electronic copy of a number, if it has one. */
export const oneCopy = (path: BookPath, number: number) =>
  queryOptions({
    queryKey: [path.agency, 'book', path.bookId, 'entry', number, 'copy'],
    queryFn: async ({ signal }) => (await portal.getCopy({ ...path, number }, asked(signal))).data,
  });
