import type { BookDetails } from '#client';
import { Failure } from '../parts/failure.tsx';
import { Loading } from '../parts/loading.tsx';
import { Window } from '../parts/window.tsx';
import { useSession } from '../session/session.ts';
import { useWords } from '../words/words.tsx';
import { AssignForm } from './assign-form.tsx';
import { useStamps } from './stamps.ts';

interface AssignProps {
  readonly book: BookDetails;
  readonly onClose: () => void;
}

/** Cấp số: one document, or all of a dossier in one go. */
export function AssignNumbers({ book, onClose }: AssignProps) {
  const words = useWords();
  const { agency } = useSession();
  const { data, error } = useStamps(agency);
  if (data) return <AssignForm book={book} stamps={data} onClose={onClose} />;
  return (
    <Window title={words.entries.assignTitle(book.name)} onClose={onClose}>
      {error ? <Failure error={error} /> : <Loading />}
    </Window>
  );
}
