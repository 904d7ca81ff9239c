import { useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { Button } from '../parts/button.tsx';
import { Failure } from '../parts/failure.tsx';
import { Loading } from '../parts/loading.tsx';
import { Pager } from '../parts/pager.tsx';
import { hasRole, useSession } from '../session/session.ts';
import { useWords } from '../words/words.tsx';
import { calls, ROWS, type Kind } from './kinds.ts';
import { SpecimenTable } from './specimen-table.tsx';
import { SpecimenWindows } from './specimen-windows.tsx';
import type { SpecimenSearch } from './specimen-search.ts';

export const SignaturePage = () => <SpecimenPage kind="signature" />;
export const SealPage = () => <SpecimenPage kind="seal" />;

/** Who makes them: a signature its signer, a seal the agency's clerk. */
const makers = { signature: 'certifier', seal: 'clerk' } as const;
const places = { signature: '/tai-khoan/chu-ky', seal: '/tai-khoan/con-dau' } as const;

/** Danh sách chữ ký, danh sách con dấu: the guide's second and third chapter. */
function SpecimenPage({ kind }: { readonly kind: Kind }) {
  const words = useWords();
  const session = useSession();
  const search: SpecimenSearch = useSearch({ from: `/shell${places[kind]}` });
  const navigate = useNavigate();
  const turn = (next: SpecimenSearch): void => void navigate({ to: places[kind], search: next });
  const page = search.trang ?? 1;
  const { data, error, refetch } = useQuery({
    queryKey: [session.agency, kind, 'list', page],
    queryFn: ({ signal }) => calls[kind].list(session.agency, page, signal),
  });
  const isMaker = hasRole(session, makers[kind]);
  return (
    <div className="page">
      <div className="page-head">
        <h1>{words.specimens[kind].title}</h1>
        {isMaker && (
          <Button kind="main-act" onClick={() => turn({ ...search, them: true })}>
            {words.specimens.add}
          </Button>
        )}
      </div>
      <Failure error={error} onRetry={() => void refetch()} />
      {!data && !error && <Loading />}
      {data && (
        <>
          <SpecimenTable kind={kind} items={data.items} isMaker={isMaker} turn={turn} />
          <Pager
            summary={data.summary}
            page={page}
            hasNext={page * ROWS < data.total}
            onPage={(trang) => turn({ trang })}
          />
          <SpecimenWindows kind={kind} items={data.items} search={search} turn={turn} />
        </>
      )}
    </div>
  );
}
