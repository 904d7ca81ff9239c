import { PassThrough, type Writable } from 'node:stream';
import { finished } from 'node:stream/promises';
import yazl from 'yazl';
import { columnKinds, entryStateLabels, type ColumnField } from '#domain';
import type { PrintOrder } from '../order.ts';
import type { Printer } from '../printer.ts';
import { valueOf, type PaperRow } from '../row.ts';
import { whenDrained } from '../sink.ts';
import { Sums } from '../sums.ts';
import { bookText, checkpointText, momentText, scopeText, totalLines } from '../titles.ts';
import { columnName, head, plain, rowXml, text, title, type Cell } from './cells.ts';
import { sameParts, SHEET_END, sheetHead, styles, workbookXml, ZIPPED } from './parts.ts';

const SHEET = 'Sổ chứng thực';
const TOTALS = 'Tổng hợp';
/** Characters for one share of the page's width. */
const WIDTH = 1.25;
const HEAD_ROW = 6;

function cellOf(field: ColumnField, row: PaperRow): Cell {
  const value = valueOf(field, row);
  const kind = columnKinds[field];
  if (kind === 'date') return { value, style: styles.date };
  if (kind !== 'text') return { value, style: styles.number };
  const isVoided = row.state === 'voided' && field !== 'remarks' && field !== 'numberText';
  return { value, style: isVoided ? styles.struck : styles.text };
}

/** The register as a workbook: one sheet of rows, one of totals and of what was done later. */
export function xlsxPrinter(order: PrintOrder, out: Writable): Printer {
  const zip = new yazl.ZipFile();
  zip.outputStream.pipe(out);
  const add = (name: string, content: string): void =>
    zip.addBuffer(Buffer.from(content), name, ZIPPED);
  for (const [name, content] of Object.entries(sameParts)) add(name, content);
  const sheet = new PassThrough();
  zip.addReadStream(sheet, 'xl/worksheets/sheet1.xml', ZIPPED);
  const { columns } = order.layout;
  sheet.write(beginning(order));
  const sums = new Sums(order.since);
  let last = HEAD_ROW;
  return {
    print: async (rows) => {
      for (const row of rows) {
        sums.take(row);
        const cells = columns.map(({ field }) => cellOf(field, row));
        const beside = [text(row.bookName), text(entryStateLabels[row.state])];
        sheet.write(rowXml([...cells, ...beside], (last += 1)));
      }
      await whenDrained(sheet);
    },
    finish: async () => {
      sheet.end(SHEET_END);
      add('xl/worksheets/sheet2.xml', totals(order, sums));
      const lastColumn = columnName(columns.length + 1);
      const area = { sheet: SHEET, beside: TOTALS, lastColumn, headRow: HEAD_ROW, lastRow: last };
      add('xl/workbook.xml', workbookXml(area));
      zip.end();
      await finished(sheet);
      return { pages: null };
    },
  };
}

function beginning(order: PrintOrder): string {
  const { agency, books, layout } = order;
  const widths = [...layout.columns.map(({ share }) => share * WIDTH), 20, 20];
  const above = [
    [title(`${agency.name} (${agency.code})`)],
    [title(`SỔ CHỨNG THỰC – ${scopeText(order)}`)],
    [plain(books.map(bookText).join('; '))],
    [plain(`Mẫu sổ theo Nghị định số ${layout.form}. ${momentText(order)}`)],
    [plain(checkpointText(order))],
  ];
  const labels = [...layout.columns.map(({ label }) => label), 'Quyển số', 'Trạng thái'];
  const rows = [...above, labels.map(head)].map((cells, index) => rowXml(cells, index + 1));
  return [sheetHead(widths, HEAD_ROW), ...rows].join('');
}

function totals(order: PrintOrder, sums: Sums): string {
  const lines = totalLines(sums.figures, sums.numbers).map(({ label, value }) => [
    text(label),
    typeof value === 'number' ? { value, style: styles.number } : text(value),
  ]);
  const since = order.since && sums.later.length > 0 ? order.since.text : undefined;
  const later = [
    ...sums.later.map((change) => [text(`Số ${change.numberText}`), text(change.text)]),
    ...(sums.unlisted > 0 ? [[text('Thay đổi khác'), text(String(sums.unlisted))]] : []),
  ];
  const rows = [
    [title(scopeText(order))],
    ...lines,
    ...(since === undefined ? [] : [[title(`Các thay đổi sau ${since}`)], ...later]),
  ];
  const written = rows.map((cells, index) => rowXml(cells, index + 1));
  return [sheetHead([42, 90], 0), ...written, SHEET_END].join('');
}
