import { useQuery } from '@tanstack/react-query';
import type { ProjectionRow } from '#client';
import { portal } from '../api/portal.ts';
import { shownNumber } from '../parts/days.ts';
import { Failure } from '../parts/failure.tsx';
import { Loading } from '../parts/loading.tsx';
import { useWords } from '../words/words.tsx';
import { Health } from './health.tsx';

const EVERY_MS = 2000;

const sound: readonly ProjectionRow['state'][] = ['live', 'idle', 'behind'];
const toneOf = (state: ProjectionRow['state']): string =>
  sound.includes(state)
    ? 'chip good'
    : state === 'stopped' || state === 'damaged'
      ? 'chip bad'
      : 'chip warn';

/** Vận hành: the read models against the log, as they are now, and the health of the stores. */
export function ProjectionsPage() {
  const words = useWords();
  const { data, error, refetch } = useQuery({
    queryKey: ['projections'],
    queryFn: async ({ signal }) => (await portal.listProjections({ signal })).data.items,
    refetchInterval: EVERY_MS,
  });
  return (
    <div className="page">
      <div className="page-head">
        <h1>{words.operator.projections}</h1>
      </div>
      <Health />
      <Failure error={error} onRetry={() => void refetch()} />
      {!data && !error && <Loading />}
      {data && <Projections rows={data} />}
    </div>
  );
}

function Projections({ rows }: { readonly rows: readonly ProjectionRow[] }) {
  const words = useWords();
  const { columns } = words.operator;
  const labels = [columns.name, columns.state, columns.lag, columns.rate, columns.now];
  return (
    <div className="table-box" tabIndex={0} role="region" aria-label={words.operator.projections}>
      <table className="table">
        <thead>
          <tr>
            {labels.map((label) => (
              <th key={label} scope="col">
                {label}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.name}>
              <td>
                {row.name}
                <span className="hint block">{row.collection}</span>
              </td>
              <td>
                <span className={toneOf(row.state)}>{words.operator.states[row.state]}</span>
              </td>
              <td className="right">
                {words.operator.lag(shownNumber(row.lag), Math.round(row.lagSeconds))}
              </td>
              <td className="right">{shownNumber(Math.round(row.rate))}</td>
              <td>
                <Now row={row} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

const percentOf = (done: number, total: number): number =>
  total === 0 ? 100 : Math.min(100, Math.round((done / total) * 100));

/** What is going on with it: a rebuild, a failure, streams set aside. */
function Now({ row: { rebuild, failure, parked } }: { readonly row: ProjectionRow }) {
  const words = useWords();
  return (
    <>
      {rebuild && (
        <p>
          {words.operator.rebuilding} {percentOf(rebuild.done, rebuild.total)}%{' '}
          <progress
            max={rebuild.total}
            value={rebuild.done}
            aria-label={words.operator.rebuilding}
          />
        </p>
      )}
      {failure && <p className="fault">{failure.error}</p>}
      {parked.map(({ partition, error }) => (
        <p key={partition} className="fault">
          {words.operator.parked}: {partition}: {error}
        </p>
      ))}
    </>
  );
}
