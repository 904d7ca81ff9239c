import { stringify } from 'csv-stringify';
import { columnKinds, displayDate, entryStateLabels } from '#domain';
import type { PrintOrder } from './order.ts';
import { valueOf, type PaperRow } from './row.ts';
import type { Printer } from './printer.ts';
import { whenDrained } from './sink.ts';
import type { Writable } from 'node:stream';

/** What Excel takes for UTF-8, RFC 4180 otherwise. */
const LAYOUT = {
  bom: true,
  record_delimiter: 'windows',
  // `=1+1` in a name is a name: OWASP, CSV injection.
  escape_formulas: true,
} as const;

/** The register as CSV: the form's columns, then book and state. */
export function csvPrinter({ layout }: PrintOrder, out: Writable): Printer {
  const { columns } = layout;
  const lines = stringify(LAYOUT);
  lines.pipe(out);
  lines.write([...columns.map(({ label }) => label), 'Quyển số', 'Trạng thái']);
  const cell = (row: PaperRow) => (field: (typeof columns)[number]['field']) => {
    const value = valueOf(field, row);
    if (value === null) return '';
    return columnKinds[field] === 'date' ? displayDate(String(value)) : String(value);
  };
  return {
    print: async (rows) => {
      for (const row of rows) {
        const cells = columns.map(({ field }) => cell(row)(field));
        lines.write([...cells, row.bookName, entryStateLabels[row.state]]);
      }
      await whenDrained(lines);
    },
    finish: () => {
      lines.end();
      return Promise.resolve({ pages: null });
    },
  };
}
