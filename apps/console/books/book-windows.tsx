import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { Failure } from '../parts/failure.tsx';
import { Loading } from '../parts/loading.tsx';
import { Window } from '../parts/window.tsx';
import { useSession } from '../session/session.ts';
import { useWords } from '../words/words.tsx';
import { DiscardBook } from './discard-book.tsx';
import { EditBook } from './edit-book.tsx';
import { OpenBook } from './open-book.tsx';
import { nextBook, oneBook } from './book-queries.ts';
import type { BooksSearch } from './books-search.ts';

/** The window the address names, before the list. */
export function BookWindows({ search }: { readonly search: BooksSearch }) {
  const navigate = useNavigate({ from: '/hoso/quyensochungthuc' });
  const { them, sua, xoa, ...list } = search;
  const close = (): void => void navigate({ search: list });
  if (them) return <NewBook onClose={close} />;
  if (sua !== undefined) return <KnownBook key={sua} bookId={sua} act="edit" onClose={close} />;
  if (xoa !== undefined) return <KnownBook key={xoa} bookId={xoa} act="discard" onClose={close} />;
  return null;
}

function NewBook({ onClose }: { readonly onClose: () => void }) {
  const words = useWords();
  const { agency, me } = useSession();
  // What is being typed is not begun anew by a new year.
  const [year] = useState(Number(me.today.slice(0, 4)));
  const { data, error } = useQuery(nextBook(agency, year));
  if (data) return <OpenBook next={data} onClose={onClose} />;
  return (
    <Window title={words.books.title} onClose={onClose}>
      {error ? <Failure error={error} /> : <Loading />}
    </Window>
  );
}

interface KnownProps {
  readonly bookId: string;
  readonly act: 'edit' | 'discard';
  readonly onClose: () => void;
}

function KnownBook({ bookId, act, onClose }: KnownProps) {
  const words = useWords();
  const { agency } = useSession();
  const { data, error } = useQuery({ ...oneBook(agency, bookId), refetchOnWindowFocus: false });
  if (data && act === 'edit') return <EditBook {...data} onClose={onClose} />;
  if (data) return <DiscardBook {...data} onClose={onClose} />;
  return (
    <Window title={words.books.title} onClose={onClose}>
      {error ? <Failure error={error} /> : <Loading />}
    </Window>
  );
}
