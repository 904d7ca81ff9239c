import { useMutation } from '@tanstack/react-query';
import { portal } from '../api/portal.ts';
import { Button } from '../parts/button.tsx';
import { shownNumber } from '../parts/days.ts';
import { Failure } from '../parts/failure.tsx';
import { useWords } from '../words/words.tsx';
import { verify } from './proof.ts';

interface ProofProps {
  readonly path: { readonly agency: string; readonly bookId: string; readonly number: number };
}

/** That a number was given as it stands, computed in this browser from the sealed log's proof. */
export function ProofCheck({ path }: ProofProps) {
  const words = useWords();
  const { mutate, data, error, isPending } = useMutation({
    mutationFn: async () => {
      const [proof, keys] = await Promise.all([portal.proveEntry(path), portal.listAuditKeys()]);
      return verify(
        proof.data,
        keys.data.items.map(({ key }) => key),
      );
    },
  });
  const holds = data?.isIncluded === true && data.signedBy !== undefined;
  return (
    <section className="stack no-print">
      <div className="row">
        <Button disabled={isPending} onClick={() => mutate()}>
          {words.auditor.proof}
        </Button>
      </div>
      <Failure error={error} />
      {data && (
        <div className={holds ? 'notice good' : 'notice bad'} role="status">
          <strong>{holds ? words.auditor.holds : words.auditor.fails}</strong>
          <p>{words.auditor.inTree(shownNumber(data.size))}</p>
          <p className="hint breaks">{data.root}</p>
          <p className="hint breaks">
            {words.auditor.key}: {data.signedBy ?? '–'}
          </p>
        </div>
      )}
    </section>
  );
}
