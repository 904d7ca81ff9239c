import { useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { Button } from '../parts/button.tsx';
import { Listed } from '../parts/listed.tsx';
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
  const { them: _them, sua: _sua, ngung: _ngung, ...list } = search;
  // A window stands before the page its specimen is on.
  const open = (window: SpecimenSearch): void => turn({ ...list, ...window });
  const page = list.trang ?? 1;
  const query = useQuery({
    queryKey: [session.agency, kind, 'list', page],
    queryFn: ({ signal }) => calls[kind].list(session.agency, page, signal),
  });
  const isMaker = hasRole(session, makers[kind]);
  return (
    <div className="page">
      <div className="page-head">
        <h1>{words.specimens[kind].title}</h1>
        {isMaker && (
          <Button kind="main-act" onClick={() => open({ them: true })}>
            {words.specimens.add}
          </Button>
        )}
      </div>
      <Listed query={query} page={page} rows={ROWS} onPage={(trang) => turn({ trang })}>
        {({ items }) => <SpecimenTable {...{ kind, items, isMaker, open }} />}
      </Listed>
      {query.data && <SpecimenWindows {...{ kind, search, turn }} items={query.data.items} />}
    </div>
  );
}
