import { useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { CheckpointAnswer } from '#client';
import { portal } from '../api/portal.ts';
import { TYPE } from '../books/book-queries.ts';
import { Button } from '../parts/button.tsx';
import { shownInstant, shownNumber } from '../parts/days.ts';
import { Failure } from '../parts/failure.tsx';
import { ChoiceField } from '../parts/field.tsx';
import { Loading } from '../parts/loading.tsx';
import { PlainTable } from '../parts/plain-table.tsx';
import { saveFile } from '../parts/save-file.ts';
import { lastYears } from '../parts/years.ts';
import { useSession } from '../session/session.ts';
import { useWords } from '../words/words.tsx';

/** Gói kiểm toán: what is verified without us, and the signed checkpoints it rests on. */
export function BundlePage() {
  const words = useWords();
  const { bundle } = words.auditor;
  return (
    <div className="page">
      <div className="page-head">
        <h1>{bundle.title}</h1>
      </div>
      <Download />
      <section className="stack">
        <h2>{bundle.checkpoints}</h2>
        <Checkpoints />
      </section>
    </div>
  );
}

/** Fetches the bundle of the agency, or of its register of one year, and saves it. */
function Download() {
  const words = useWords();
  const { bundle } = words.auditor;
  const { agency, me } = useSession();
  const [year, setYear] = useState('');
  const { mutate, isPending, error, isSuccess } = useMutation({
    mutationFn: async () => {
      const scope = year === '' ? {} : { type: TYPE, year: Number(year) };
      const { data } = await portal.getAgencyBundle({ agency }, scope);
      saveFile(data, `bundle-${agency}${year === '' ? '' : `-${year}`}.jsonl`);
    },
  });
  const whole: readonly [string, string] = ['', bundle.whole(agency)];
  const years = lastYears(me.today).map((one): [string, string] => [one, bundle.ofYear(one)]);
  return (
    <section className="sheet stack">
      <p>{bundle.what}</p>
      <ChoiceField
        name="year"
        label={bundle.scope}
        value={year}
        onValue={setYear}
        options={[whole, ...years]}
      />
      <div className="row">
        <Button kind="main-act" disabled={isPending} onClick={() => mutate()}>
          {bundle.download}
        </Button>
      </div>
      {isPending && <Loading />}
      {isSuccess && (
        <p className="notice good" role="status">
          {bundle.saved}
        </p>
      )}
      <Failure error={error} />
    </section>
  );
}

const SHOWN = 20;

function Checkpoints() {
  const words = useWords();
  const { bundle } = words.auditor;
  const { data, error, refetch } = useQuery({
    queryKey: ['checkpoints'],
    queryFn: async ({ signal }) =>
      (await portal.listCheckpoints({ limit: SHOWN }, { signal })).data,
  });
  if (error) return <Failure error={error} onRetry={() => void refetch()} />;
  if (!data) return <Loading />;
  if (data.items.length === 0) return <p className="sheet empty">{bundle.none}</p>;
  const { at, size, root, stamps } = bundle.columns;
  return (
    <PlainTable title={bundle.checkpoints} columns={[at, size, root, stamps]}>
      {data.items.map((one) => (
        <Checkpoint key={one.size} one={one} />
      ))}
    </PlainTable>
  );
}

function Checkpoint({ one: { at, size, root, timestamps } }: { readonly one: CheckpointAnswer }) {
  return (
    <tr>
      <td className="number">{shownInstant(at)}</td>
      <td className="right">{shownNumber(size)}</td>
      <td className="breaks">{root}</td>
      <td>
        {timestamps.map(({ tsa, at: stamped }) => (
          <span key={`${tsa} ${stamped}`} className="hint block">
            {tsa} {shownInstant(stamped)}
          </span>
        ))}
      </td>
    </tr>
  );
}
