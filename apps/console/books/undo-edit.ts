import { useQueryClient } from '@tanstack/react-query';
import { PortalProblem, type EditBookDto } from '#client';
import { portal, wrote } from '../api/portal.ts';
import { say } from '../parts/toasts.tsx';
import { useWords } from '../words/words.tsx';
import type { BookPath } from './book-queries.ts';

interface Undone {
  /** What the fields said before. */
  readonly before: EditBookDto;
  /** The revision the edit made: what somebody else has done since is not taken back. */
  readonly ifMatch: string | null;
}

/** Takes an edit of a book back, by another one. */
export function useUndo(path: BookPath): (undone: Undone) => void {
  const words = useWords();
  const client = useQueryClient();
  const undo = async ({ before, ifMatch }: Undone): Promise<void> => {
    try {
      const { position } = await portal.editBook(path, before, { ifMatch });
      wrote(position);
      say(words.undone);
    } catch (error) {
      say(error instanceof PortalProblem ? error.detail : words.unreachable);
    }
    await client.invalidateQueries();
  };
  return (undone) => void undo(undone);
}
