import { buffer } from 'node:stream/consumers';
import yazl from 'yazl';
import { displayDate, reportColumns, type Period, type ReportSum } from '#domain';
import { columnName, count, head, plain, rowXml, text, title, type Cell } from './cells.ts';
import { sameParts, SHEET_END, sheetHead, workbookXml, ZIPPED } from './parts.ts';

/** A report as it is printed. */
export interface PrintedReport {
  /** Whose it is, in words. */
  readonly whose: string;
  /** `6 tháng đầu năm`. */
  readonly period: string;
  readonly days: Period;
  /** What stands above the first column. */
  readonly by: string;
  readonly lines: readonly { readonly label: string; readonly sum: ReportSum }[];
  readonly total: ReportSum;
}

const SHEET = 'Kết quả chứng thực';
const RULES = 'Cách tính';
const HEAD_ROW = 5;
const WIDTHS = { label: 48, figure: 16 };

/** Beside the report's own columns. */
const beside = {
  matters: 'Số việc',
  fee: 'Phí đã thu (đồng)',
  voided: 'Số đã hủy',
  revoked: 'Số đã hủy giá trị pháp lý',
} as const;

const figuresOf = (sum: ReportSum): readonly number[] => [
  ...sum.results,
  ...Object.keys(beside).map((name) => sum[name as keyof typeof beside]),
];

const lineOf = (label: Cell, sum: ReportSum): Cell[] => [label, ...figuresOf(sum).map(count)];

function sheet({ whose, period, days, by, lines, total }: PrintedReport): readonly Cell[][] {
  const year = days.from.slice(0, 4);
  const columns = reportColumns.map(({ label, unit }) => `${label} (${unit})`);
  return [
    [title(whose)],
    [title(`KẾT QUẢ CHỨNG THỰC – ${period}, năm ${year}`)],
    [plain(`Từ ngày ${displayDate(days.from)} đến ngày ${displayDate(days.to)}`)],
    [
      plain(
        'Biểu 17a (Thông tư 03/2019/TT-BTP); bản sao điện tử tính riêng (Thông tư 17/2025/TT-BTP)',
      ),
    ],
    [by, ...columns, ...Object.values(beside)].map(head),
    ...lines.map(({ label, sum }) => lineOf(text(label), sum)),
    lineOf(head('Cộng'), total),
  ];
}

/** What a number counts as, for whoever reads the figures without us. */
const rules = [
  'Tính theo ngày chứng thực đang ghi trong sổ: đính chính ngày, số bản, phí thì tính theo số liệu đã đính chính.',
  'Số đã hủy không tính vào bản, việc, phí; chỉ ghi riêng.',
  'Số đã hủy giá trị pháp lý vẫn tính vào bản, việc, phí của kỳ chứng thực, và ghi riêng.',
  'Số mất dữ liệu không có ngày chứng thực, không tính vào kỳ nào.',
];

const sheetXml = (widths: readonly number[], frozen: number, rows: readonly (readonly Cell[])[]) =>
  [sheetHead(widths, frozen), ...rows.map((cells, at) => rowXml(cells, at + 1)), SHEET_END].join(
    '',
  );

/** A report as a workbook: one sheet of figures, one of how they were counted. */
export async function reportWorkbook(report: PrintedReport): Promise<Buffer> {
  const rows = sheet(report);
  const width = figuresOf(report.total).length;
  const widths = [WIDTHS.label, ...Array.from({ length: width }, () => WIDTHS.figure)];
  const lastColumn = columnName(width);
  const area = { sheet: SHEET, beside: RULES, lastColumn, headRow: HEAD_ROW, lastRow: rows.length };
  const parts = {
    ...sameParts,
    'xl/worksheets/sheet1.xml': sheetXml(widths, HEAD_ROW, rows),
    'xl/worksheets/sheet2.xml': sheetXml([110], 0, [
      [title(RULES)],
      ...rules.map((rule) => [text(rule)]),
    ]),
    'xl/workbook.xml': workbookXml(area),
  };
  const zip = new yazl.ZipFile();
  for (const [name, content] of Object.entries(parts))
    zip.addBuffer(Buffer.from(content), name, ZIPPED);
  zip.end();
  return buffer(zip.outputStream);
}
