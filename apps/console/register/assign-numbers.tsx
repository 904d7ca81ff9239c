import { useQuery } from '@tanstack/react-query';
import type { BookDetails } from '#client';
import { portal, asked } from '../api/portal.ts';
import { Failure } from '../parts/failure.tsx';
import { Loading } from '../parts/loading.tsx';
import { Window } from '../parts/window.tsx';
import { useSession } from '../session/session.ts';
import { useWords } from '../words/words.tsx';
import { signerKey } from './assign-draft.ts';
import { AssignForm } from './assign-form.tsx';

interface AssignProps {
  readonly book: BookDetails;
  readonly onClose: () => void;
}

const MOST = 100;

/** What is chosen from: signatures and seals in use, the default first. */
function useStamps(agency: string) {
  return useQuery({
    queryKey: [agency, 'stamps'],
    queryFn: async ({ signal }) => {
      const query = { state: 'in-use' as const, limit: MOST };
      const [signatures, seals] = await Promise.all([
        portal.listSignatures({ agency }, query, asked(signal)),
        portal.listSeals({ agency }, query, asked(signal)),
      ]);
      return {
        signatures: signatures.data.items.map((one) => ({
          key: signerKey(one.account, one.id),
          label: `${one.signerFullName}, ${[one.authority, one.signerTitle].filter(Boolean).join(' ')} (${one.name})`,
          isDefault: one.isDefault,
        })),
        seals: seals.data.items.map(({ id, name, isDefault }) => ({
          key: id,
          label: name,
          isDefault,
        })),
      };
    },
  });
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

export type Stamps = NonNullable<ReturnType<typeof useStamps>['data']>;
