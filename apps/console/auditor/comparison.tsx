import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { DifferenceAnswer, ReplayedStep, ReplayedThing } from '#client';
import { portal } from '../api/portal.ts';
import { Button } from '../parts/button.tsx';
import { DayField } from '../parts/day-field.tsx';
import { shownDay, shownInstant, typedDay } from '../parts/days.ts';
import { Failure } from '../parts/failure.tsx';
import { Loading } from '../parts/loading.tsx';
import { ChangesTable } from '../parts/changes-table.tsx';
import { useSession } from '../session/session.ts';
import { useWords } from '../words/words.tsx';
import { MomentSlider } from './moment-slider.tsx';
import { nameOf, nearestFirst } from './step-state.tsx';

type Moment = number | string;

interface ComparisonProps {
  readonly step: ReplayedStep;
  readonly last: number;
  readonly moc: Moment | undefined;
  readonly onMoc: (moc: Moment | undefined) => void;
}

/** What is on the screen beside what it was at another moment, field by field. */
export function Comparison({ step, last, moc, onMoc }: ComparisonProps) {
  const { timeline } = useWords().auditor;
  if (moc === undefined) {
    return (
      <div className="row no-print">
        <Button onClick={() => onMoc(Math.max(0, step.revision - 1))}>{timeline.compare}</Button>
      </div>
    );
  }
  const compared = nearestFirst(step).filter(({ kind }) => kind !== 'register');
  return (
    <section className="stack">
      <h2>{timeline.comparison}</h2>
      <div className="sheet stack no-print">
        <MomentSlider
          label={timeline.mark}
          value={typeof moc === 'number' ? moc : last}
          last={last}
          onValue={onMoc}
        />
        <MarkDay key={moc} moc={moc} onMoc={onMoc} />
        <div className="row">
          <Button onClick={() => onMoc(undefined)}>{timeline.noComparison}</Button>
        </div>
      </div>
      {compared.map((thing) => (
        <Difference key={nameOf(thing)} {...{ thing, moc }} revision={step.revision} />
      ))}
    </section>
  );
}

/** Compared with how a day ended. */
function MarkDay({ moc, onMoc }: Pick<ComparisonProps, 'onMoc'> & { readonly moc: Moment }) {
  const { timeline } = useWords().auditor;
  const [typed, setTyped] = useState(typeof moc === 'string' ? shownDay(moc) : '');
  const change = (value: string): void => {
    setTyped(value);
    const day = typedDay(value);
    if (day !== undefined && day !== moc) onMoc(day);
  };
  return <DayField name="moc" label={timeline.markDay} value={typed} onValue={change} />;
}

type Query = { readonly from: string; readonly to: string };

/** Asks for what differs, of a thing of any kind. */
function differenceOf(agency: string, { kind, id, number }: ReplayedThing) {
  const named = { agency, id: id ?? '' };
  const book = { agency, bookId: id ?? '' };
  return async (query: Query, signal: AbortSignal): Promise<DifferenceAnswer> => {
    const options = { signal };
    switch (kind) {
      case 'entry':
        return (await portal.entryDifference({ ...book, number: number ?? 0 }, query, options))
          .data;
      case 'signature':
        return (await portal.signatureDifference(named, query, options)).data;
      case 'seal':
        return (await portal.sealDifference(named, query, options)).data;
      case 'agency':
        return (await portal.agencyDifference({ agency }, query, options)).data;
      default:
        return (await portal.bookDifference(book, query, options)).data;
    }
  };
}

interface DifferenceProps {
  readonly thing: ReplayedThing;
  readonly moc: Moment;
  readonly revision: number;
}

function Difference({ thing, moc, revision }: DifferenceProps) {
  const { timeline } = useWords().auditor;
  const { agency } = useSession();
  const query = { from: String(moc), to: String(revision) };
  const { data, error, refetch } = useQuery({
    queryKey: [agency, 'difference', thing.kind, thing.id, thing.number, query],
    queryFn: ({ signal }) => differenceOf(agency, thing)(query, signal),
  });
  if (error) return <Failure error={error} onRetry={() => void refetch()} />;
  if (!data) return <Loading />;
  const reached = ({ revision: at, occurredAt }: DifferenceAnswer['from']): string =>
    occurredAt === null ? timeline.notYet : timeline.at(at, shownInstant(occurredAt));
  const columns = [timeline.column, reached(data.from), reached(data.to)];
  return (
    <>
      <h3>{nameOf(thing)}</h3>
      {data.changes.length === 0 ? (
        <p className="sheet empty">{timeline.same}</p>
      ) : (
        <ChangesTable
          title={`${timeline.comparison}: ${nameOf(thing)}`}
          columns={columns}
          changes={data.changes}
        />
      )}
    </>
  );
}
