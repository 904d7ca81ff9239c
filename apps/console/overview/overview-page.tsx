import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import type { YearFigures } from '#client';
import { asked, portal } from '../api/portal.ts';
import { shownNumber } from '../parts/days.ts';
import { Facts } from '../parts/facts.tsx';
import { Failure } from '../parts/failure.tsx';
import { ChoiceField } from '../parts/field.tsx';
import { Loading } from '../parts/loading.tsx';
import { lastYears } from '../parts/years.ts';
import { useSession } from '../session/session.ts';
import { useWords } from '../words/words.tsx';
import { BooksToMind } from './books-to-mind.tsx';
import { DossiersDue } from './dossiers-due.tsx';
import { Days, Months } from './charts.tsx';
import { monthToShow, shareOf } from './months.ts';
import type { OverviewSearch } from './overview-search.ts';

const figuresOf = (agency: string, year: number) => ({
  queryKey: [agency, 'figures', year],
  queryFn: async ({ signal }: { signal: AbortSignal }) =>
    (await portal.getYearFigures({ agency, year }, asked(signal))).data,
  placeholderData: keepPreviousData,
});

/** Tổng quan: what a year comes to, and which books want looking after. */
export function OverviewPage() {
  const words = useWords();
  const { overview } = words;
  const { agency, me } = useSession();
  const search = useSearch({ from: '/shell/tong-quan' });
  const navigate = useNavigate({ from: '/tong-quan' });
  const turn = (next: OverviewSearch): void => void navigate({ search: next });
  const { nam = Number(me.today.slice(0, 4)) } = search;
  const { data, error, refetch } = useQuery(figuresOf(agency, nam));
  return (
    <div className="page">
      <div className="page-head">
        <h1>{overview.title}</h1>
        <ChoiceField
          name="year"
          label={words.year}
          value={String(nam)}
          onValue={(year) => turn({ nam: Number(year) })}
          options={lastYears(me.today).map((one): [string, string] => [one, one])}
        />
      </div>
      <DossiersDue />
      <BooksToMind />
      <Failure error={error} onRetry={() => void refetch()} />
      {!data && !error && <Loading />}
      {data && (
        <>
          <Totals figures={data} />
          <Days
            figures={data}
            month={search.thang ?? monthToShow(data, me.today)}
            onMonth={(thang) => turn({ ...search, thang })}
          />
          <Months figures={data} />
        </>
      )}
    </div>
  );
}

function Totals({ figures }: { readonly figures: YearFigures }) {
  const { overview } = useWords();
  const { total, numbers, corrections } = figures;
  const share = (part: number): string => `${shownNumber(part)} (${shareOf(part, numbers)})`;
  return (
    <section className="sheet">
      <Facts
        facts={[
          [overview.numbers, shownNumber(numbers)],
          [overview.matters, shownNumber(total.matters)],
          [overview.copies, shownNumber(total.copies)],
          [overview.fee, shownNumber(total.fee)],
          [overview.corrections, share(corrections)],
          [overview.voided, share(total.voided)],
          [overview.revoked, share(total.revoked)],
        ]}
      />
    </section>
  );
}
