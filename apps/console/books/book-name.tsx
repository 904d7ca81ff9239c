import { useQuery } from '@tanstack/react-query';
import { useSession } from '../session/session.ts';
import { oneBook } from './book-queries.ts';

/** What a book is called, where only its id is known. */
export function BookName({ bookId }: { readonly bookId: string }) {
  const { agency } = useSession();
  const { data } = useQuery({ ...oneBook(agency, bookId), staleTime: 60_000 });
  return data?.book.name ?? bookId;
}
