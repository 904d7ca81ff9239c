import { counted, noFigures, sumOfBoth, type Figures } from '#domain';
import { documentsOf, type FindPage } from '#exports';
import { bookDetails, countedIn, figures } from '#projections';
import type { YearFigures } from './figures.dto.ts';

interface OfYear {
  readonly agency: string;
  readonly year: number;
}

type Sums = Map<string, Figures>;

const inOrder = (sums: Sums): readonly (readonly [string, Figures])[] =>
  [...sums].sort(([one], [other]) => (one < other ? -1 : 1));

/** Sums as of months, out of those of their days. */
function byMonth(days: Sums): Sums {
  const months: Sums = new Map();
  for (const [day, sum] of days) {
    const month = day.slice(0, 7);
    months.set(month, sumOfBoth(months.get(month) ?? noFigures, sum));
  }
  return months;
}

/** The sums of each day on which something was certified. */
async function daysOf(find: FindPage, { agency, year }: OfYear): Promise<Sums> {
  const days: Sums = new Map();
  for await (const { doc } of documentsOf(find, figures, { filter: { agency, year } })) {
    for (const entry of countedIn(doc)) {
      // A number whose data is lost is of no day anybody knows.
      const { certifiedOn: day } = entry;
      if (day !== null) days.set(day, counted(days.get(day) ?? noFigures, entry));
    }
  }
  return days;
}

/** How many numbers the books of a year have given, and how often these were corrected. */
async function booksOf(find: FindPage, { agency, year }: OfYear) {
  let [numbers, corrections] = [0, 0];
  for await (const { doc } of documentsOf(find, bookDetails, { filter: { agency, year } })) {
    numbers += Number(doc['entries']);
    corrections += Number(doc['corrections']);
  }
  return { numbers, corrections };
}

/** What an agency's registers of a year come to, day by day and month by month. */
export async function yearFigures(find: FindPage, of: OfYear): Promise<YearFigures> {
  const days = await daysOf(find, of);
  return {
    year: of.year,
    days: inOrder(days).map(([day, sum]) => ({ day, ...sum })),
    months: inOrder(byMonth(days)).map(([month, sum]) => ({ month, ...sum })),
    total: [...days.values()].reduce(sumOfBoth, noFigures),
    ...(await booksOf(find, of)),
  };
}
