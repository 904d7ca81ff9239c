import type { Writable } from 'node:stream';
import { registerType } from '#domain';
import type { PrintOrder } from '../order.ts';
import type { Printer } from '../printer.ts';
import { Sums } from '../sums.ts';
import { checkpointText, momentText, qrText, scopeText } from '../titles.ts';
import { closing, laterChanges } from './closing.ts';
import { cover } from './cover.ts';
import { PaperDocument } from './document.ts';
import { Table } from './table.ts';

/** The register as the law has it printed: cover, rows, later changes, totals. */
export function pdfPrinter(order: PrintOrder, out: Writable): Printer {
  const { title } = registerType(order.register.type);
  const subject = scopeText(order);
  const paper = new PaperDocument(out, {
    title: `Sổ chứng thực – ${subject}`,
    author: order.agency.name,
    subject: title,
    at: new Date(order.at),
    code: qrText(order),
    foot: [`${order.agency.name} – ${subject} – ${momentText(order)}`, checkpointText(order)],
  });
  cover(paper, order);
  const table = new Table(paper, order.layout.columns);
  const sums = new Sums(order.since);
  return {
    print: async (rows) => {
      for (const row of rows) {
        sums.take(row);
        table.row(row);
      }
      await paper.written();
    },
    finish: () => {
      table.end();
      laterChanges(paper, order, sums);
      closing(paper, order, sums);
      paper.finish();
      return Promise.resolve({ pages: paper.pages });
    },
  };
}
