import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { portal } from '../api/portal.ts';
import { Failure } from '../parts/failure.tsx';
import { Loading } from '../parts/loading.tsx';
import { useSession } from '../session/session.ts';
import { useWords } from '../words/words.tsx';
import { Comparison } from './comparison.tsx';
import { MomentSlider } from './moment-slider.tsx';
import { StepState } from './step-state.tsx';
import type { TimelineSearch } from './timeline-search.ts';

/** The state after one event of a stream. */
function useStep(agency: string, stream: string, revision: number) {
  return useQuery({
    queryKey: [agency, 'replay', stream, revision],
    queryFn: async ({ signal }) =>
      (await portal.replayStream({ agency }, { stream, from: revision, limit: 1 }, { signal }))
        .data,
    placeholderData: keepPreviousData,
  });
}

/** Diễn biến: a stream's states one after another, and two of them side by side. */
export function TimelinePage() {
  const words = useWords();
  const { timeline } = words.auditor;
  const { luong, ...at } = useSearch({ from: '/shell/kiem-toan/dien-bien' });
  return (
    <div className="page">
      <div className="page-head">
        <div>
          <Link to="/kiem-toan/nhat-ky" className="no-print">
            {words.auditor.history}
          </Link>
          <h1>{timeline.title}</h1>
        </div>
      </div>
      {luong === undefined ? (
        <p className="sheet empty">{timeline.choose}</p>
      ) : (
        <Timeline stream={luong} at={at} />
      )}
    </div>
  );
}

interface TimelineProps {
  readonly stream: string;
  readonly at: Pick<TimelineSearch, 'tai' | 'moc'>;
}

function Timeline({ stream, at: { tai = 0, moc } }: TimelineProps) {
  const { timeline } = useWords().auditor;
  const { agency } = useSession();
  const navigate = useNavigate({ from: '/kiem-toan/dien-bien' });
  const { data, error, refetch, isPlaceholderData } = useStep(agency, stream, tai);
  // Sliding is no way that anybody wants to go back step by step.
  const turn = (next: Omit<TimelineSearch, 'luong'>): void =>
    void navigate({ search: { luong: stream, tai, ...next }, replace: true });
  const kept = moc === undefined ? {} : { moc };
  if (error) return <Failure error={error} onRetry={() => void refetch()} />;
  const [step] = data?.items ?? [];
  if (!data || !step) return <Loading />;
  const { last } = data;
  return (
    <>
      <section className="sheet stack">
        <p className="hint breaks">{stream}</p>
        <MomentSlider
          label={timeline.moment}
          value={tai}
          last={last}
          onValue={(value) => turn({ ...kept, tai: value })}
        />
      </section>
      <div aria-busy={isPlaceholderData} className="stack">
        <StepState step={step} />
      </div>
      <Comparison
        {...{ step, last, moc }}
        onMoc={(next) => turn(next === undefined ? {} : { moc: next })}
      />
    </>
  );
}
