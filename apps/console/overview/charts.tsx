import type { YearFigures } from '#client';
import { BarChart } from '../parts/bar-chart.tsx';
import { shownDay, shownNumber } from '../parts/days.ts';
import { ChoiceField } from '../parts/field.tsx';
import { PlainTable } from '../parts/plain-table.tsx';
import { useWords } from '../words/words.tsx';
import { barsOfDays, barsOfMonths, monthsOf } from './months.ts';

interface DaysProps {
  readonly figures: YearFigures;
  /** From 1. */
  readonly month: number;
  readonly onMonth: (month: number) => void;
}

/** `2024-05` → `05/2024`. */
const shownMonth = (month: string): string => month.split('-').reverse().join('/');

/** Numbers of each day of a month. */
export function Days({ figures, month, onMonth }: DaysProps) {
  const { overview } = useWords();
  const months = monthsOf(figures.year);
  const shown = months[month - 1] ?? '';
  const rows = figures.days.filter(({ day }) => day.startsWith(shown));
  return (
    <section className="stack">
      <div className="page-head">
        <h2>{overview.byDay}</h2>
        <ChoiceField
          name="month"
          label={overview.month}
          value={String(month)}
          onValue={(value) => onMonth(Number(value))}
          options={months.map((one, at): [string, string] => [String(at + 1), shownMonth(one)])}
        />
      </div>
      <div className="chart-row">
        <div className="sheet">
          <BarChart
            title={`${overview.numbers}, ${shownMonth(shown)}`}
            bars={barsOfDays(figures, shown)}
          />
        </div>
        <Sums
          title={`${overview.byDay}, ${shownMonth(shown)}`}
          head={overview.day}
          rows={rows.map((row) => ({ key: shownDay(row.day), ...row }))}
        />
      </div>
    </section>
  );
}

/** Copies and fees of each month. */
export function Months({ figures }: Pick<DaysProps, 'figures'>) {
  const { overview } = useWords();
  return (
    <section className="stack">
      <h2>{overview.byMonth}</h2>
      <div className="chart-row">
        <div className="sheet stack">
          <BarChart title={overview.copies} bars={barsOfMonths(figures, 'copies')} />
          <BarChart title={overview.fee} bars={barsOfMonths(figures, 'fee')} />
        </div>
        <Sums
          title={overview.byMonth}
          head={overview.month}
          rows={figures.months.map((row) => ({ key: shownMonth(row.month), ...row }))}
        />
      </div>
    </section>
  );
}

type Row = YearFigures['total'] & { readonly key: string };

interface SumsProps {
  readonly title: string;
  readonly head: string;
  readonly rows: readonly Row[];
}

/** The same as a table. */
function Sums({ title, head, rows }: SumsProps) {
  const { overview } = useWords();
  if (rows.length === 0) return <p className="sheet empty">{overview.nothing}</p>;
  const columns = [head, overview.matters, overview.copies, overview.fee, overview.voided];
  return (
    <PlainTable title={title} columns={columns}>
      {rows.map(({ key, matters, copies, fee, voided }) => (
        <tr key={key}>
          <th scope="row" className="number">
            {key}
          </th>
          {[matters, copies, fee, voided].map((value, at) => (
            <td key={columns[at + 1]} className="right">
              {shownNumber(value)}
            </td>
          ))}
        </tr>
      ))}
    </PlainTable>
  );
}
