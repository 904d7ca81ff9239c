import { nameOf } from '../names.ts';
import { registerTypes } from '../register/types.ts';
import { counted, noFigures, sumOfBoth, type Counted, type Figures } from './figures.ts';

/** A column of the report. */
export interface ReportColumn {
  readonly code: string;
  readonly label: string;
  /** Bản: copies; việc: matters. */
  readonly unit: 'bản' | 'việc';
  /** Codes of the register types that are counted in it. */
  readonly types: readonly string[];
}

/**
 * Thông tư 03/2019/TT-BTP, biểu 17a: copies in bản, everything else in việc; Thông tư
 * 17/2025/TT-BTP: electronic copies apart. Columns of matters no register here is kept of are left
 * out; each type of register is counted in one column.
 */
export const reportColumns: readonly ReportColumn[] = [
  { code: 'copies', label: 'Bản sao từ bản chính', unit: 'bản', types: ['SCT.BS'] },
  {
    code: 'electronicCopies',
    label: 'Bản sao điện tử từ bản chính',
    unit: 'bản',
    types: ['SCTDT.BS'],
  },
  { code: 'translators', label: 'Chữ ký người dịch', unit: 'việc', types: ['SCT.CKND'] },
];

/** By what an agency's numbers are told apart in its report. */
export const groupings = {
  type: 'Loại sổ',
  book: 'Quyển sổ',
  signer: 'Người ký chứng thực',
  month: 'Tháng',
} as const;
export type Grouping = keyof typeof groupings;

/** Sums of a report: its columns in their order, and beside them what every sum has. */
export interface ReportSum extends Figures {
  readonly results: readonly number[];
}

export const nothingReported: ReportSum = { ...noFigures, results: reportColumns.map(() => 0) };

/**
 * The sums with one number more. A number counts in the period of its certification date, as it
 * stands now: corrected copies, fees and dates count as corrected. A voided number (Đã hủy số) was
 * never certified: it counts apart and nowhere else. A revoked one (Đã hủy giá trị pháp lý) was
 * certified and its fee was taken: it counts like any other, and apart. Lost numbers have no date and
 * count in no report.
 */
export function reported(sum: ReportSum, type: string, entry: Counted): ReportSum {
  const { matters, copies } = counted(noFigures, entry);
  const results = reportColumns.map(({ types, unit }, index) => {
    const more = !types.includes(type) ? 0 : unit === 'bản' ? copies : matters;
    return (sum.results[index] ?? 0) + more;
  });
  return { ...counted(sum, entry), results };
}

/** Two reports as one: of an agency and another, of a row and the next. */
export function reportedTogether(one: ReportSum, other: ReportSum): ReportSum {
  const { results, ...figures } = one;
  const { results: more, ...others } = other;
  const both = results.map((value, index) => value + (more[index] ?? 0));
  return { ...sumOfBoth(figures, others), results: both };
}

/** What a number is counted under, and what people read there. A book's name is not known here. */
export interface Group {
  readonly key: string;
  readonly label: string;
}

/** @param entry one with a certification date */
export function groupOf(by: Grouping, type: string, entry: Counted): Group {
  switch (by) {
    case 'type':
      return { key: type, label: registerTypes.find(({ code }) => code === type)?.label ?? type };
    case 'book':
      return { key: entry.bookId, label: entry.bookId };
    case 'signer': {
      const { certifierFullName, certifierTitle } = entry;
      const label = [certifierFullName, certifierTitle].filter((part) => part !== '').join(', ');
      return { key: nameOf(certifierFullName, certifierTitle), label };
    }
    case 'month': {
      const [year = '', month = ''] = (entry.certifiedOn ?? '').split('-');
      return { key: `${year}-${month}`, label: `Tháng ${month}/${year}` };
    }
    default:
      return by satisfies never;
  }
}
