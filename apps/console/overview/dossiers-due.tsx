import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { asked, portal } from '../api/portal.ts';
import { shownNumber } from '../parts/days.ts';
import { Failure } from '../parts/failure.tsx';
import { Loading } from '../parts/loading.tsx';
import { useSession } from '../session/session.ts';
import { useWords } from '../words/words.tsx';

const shown = ['overdue', 'due-today', 'waiting'] as const;

/** How many dossiers stand how, of those that are not done. */
function useCounts() {
  const { agency } = useSession();
  return useQuery({
    queryKey: [agency, 'dossiers', 'counts'],
    queryFn: async ({ signal }) => {
      const pages = shown.map((status) =>
        portal.listDossiers({ agency }, { status, limit: 1 }, asked(signal)),
      );
      return (await Promise.all(pages)).map(({ data }, at) => {
        const { total, totalIsAtLeast } = data;
        return [shown[at] ?? 'waiting', shownNumber(total) + (totalIsAtLeast ? '+' : '')] as const;
      });
    },
  });
}

/** Hồ sơ theo hạn trả, each count with the list of them. */
export function DossiersDue() {
  const { overview, dossiers } = useWords();
  const { data, error, refetch } = useCounts();
  return (
    <section className="stack">
      <h2>{overview.dossiers}</h2>
      <Failure error={error} onRetry={() => void refetch()} />
      {!data && !error && <Loading />}
      {data && (
        <div className="sheet">
          <dl className="facts">
            {data.map(([status, count]) => (
              <div key={status}>
                <dt>{dossiers.statuses[status]}</dt>
                <dd className="number">
                  <Link to="/hoso/tiep-nhan" search={{ trangthai: status }}>
                    {count}
                  </Link>
                </dd>
              </div>
            ))}
          </dl>
        </div>
      )}
    </section>
  );
}
