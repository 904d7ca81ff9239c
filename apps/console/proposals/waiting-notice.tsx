import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useSession } from '../session/session.ts';
import { useWords } from '../words/words.tsx';
import { proposalPage } from './proposal-queries.ts';

/** Says on a book's page that something about it waits for another account. */
export function WaitingNotice({ bookId }: { readonly bookId: string }) {
  const { proposals } = useWords();
  const { agency } = useSession();
  const { data } = useQuery(proposalPage(agency, { quyen: bookId }));
  if (!data || data.total === 0) return null;
  return (
    <p className="notice warn no-print">
      <Link to="/hoso/de-nghi" search={{ quyen: bookId }}>
        {proposals.waiting(data.total)}
      </Link>
    </p>
  );
}
