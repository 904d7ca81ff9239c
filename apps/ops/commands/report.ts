import { writeFile } from 'node:fs/promises';
import type { Config } from '#config';
import {
  canBeAgencyCode,
  daysOfPeriod,
  displayDate,
  displayNumber,
  groupings,
  reportColumns,
  reportPeriods,
  type Grouping,
  type ReportSum,
} from '#domain';
import { agencyName, reportOf, reportOfAgencies, type FindPage, type Report } from '#exports';
import { reportWorkbook } from '#paper';
import { ReadModels } from '#projections';
import { table } from '#terminal';
import { found, type Outcome } from '../outcome.ts';
import { untilStopped } from '../run.ts';
import { requireRegister, withStores } from '../stores.ts';

export interface ReportOptions {
  readonly year: string;
  readonly period: string;
  readonly agency?: string;
  readonly under?: string;
  readonly by: string;
  readonly xlsx?: string;
}

interface Asked {
  readonly days: NonNullable<ReturnType<typeof daysOfPeriod>>;
  readonly by: Grouping;
  readonly of: Pick<ReportOptions, 'agency' | 'under'>;
}

const isGrouping = (by: string): by is Grouping => Object.hasOwn(groupings, by);

/** @throws RangeError */
function askedOf({ year, period, agency, under, by }: ReportOptions): Asked {
  const days = daysOfPeriod(year, period);
  if (!days) {
    const known = reportPeriods.map(({ code }) => code).join(', ');
    throw new RangeError(`--year: four digits, as 2026; --period: one of ${known}`);
  }
  if (!isGrouping(by)) throw new RangeError(`--by: one of ${Object.keys(groupings).join(', ')}`);
  if (agency !== undefined && under !== undefined)
    throw new RangeError('--agency or --under, not both');
  for (const code of [agency, under])
    if (code !== undefined && !canBeAgencyCode(code))
      throw new RangeError(`${code} is no agency's code`);
  return {
    days,
    by,
    of: { ...(agency !== undefined && { agency }), ...(under !== undefined && { under }) },
  };
}

/** What was certified in a period: one agency's, or the sum of many, on the terminal and as a workbook. */
export async function printReport(config: Config, options: ReportOptions): Promise<Outcome> {
  const asked = askedOf(options);
  requireRegister(config);
  const signal = untilStopped();
  return withStores(config, async ({ eventStore, readStore }) => {
    const models = new ReadModels(readStore, eventStore);
    const find: FindPage = (projection, query) => models.find(projection, query, signal);
    const { whose, by, report } = await made(find, asked);
    const { days } = asked;
    if (options.xlsx !== undefined) {
      const printed = { whose, days, by, period: days.label, ...report };
      await writeFile(options.xlsx, await reportWorkbook(printed), { mode: 0o600 });
    }
    const title = `${whose}: ${days.label} ${options.year}, ${displayDate(days.from)} – ${displayDate(days.to)}`;
    return found(true, [title, '', tableOf(by, report)], { whose, ...days, ...report });
  });
}

async function made(find: FindPage, { days, by, of: { agency, under } }: Asked) {
  if (agency === undefined) {
    const report = await reportOfAgencies(find, { agencies: 'every', under }, days);
    const whose = under === undefined ? 'Mọi cơ quan' : `Các cơ quan thuộc ${under}`;
    return { whose, by: 'Cơ quan', report };
  }
  const report = await reportOf(find, { agency, days, by });
  return { whose: `${await agencyName(find, agency)} (${agency})`, by: groupings[by], report };
}

function tableOf(by: string, { lines, total }: Report): string {
  const columns = reportColumns.map(({ label, unit }) => `${label} (${unit})`);
  const header = [by, ...columns, 'Việc', 'Phí (đồng)', 'Đã hủy số', 'Đã hủy giá trị pháp lý'];
  const cells = ({ results, matters, fee, voided, revoked }: ReportSum): string[] =>
    [...results, matters, fee, voided, revoked].map(displayNumber);
  const rows = lines.map(({ label, sum }) => [label, ...cells(sum)]);
  return table(header, [...rows, ['Cộng', ...cells(total)]]);
}
