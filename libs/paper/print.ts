import { rename, rm } from 'node:fs/promises';
import type { Writable } from 'node:stream';
import { csvPrinter } from './csv.ts';
import type { Format, PrintOrder } from './order.ts';
import { pdfPrinter } from './pdf/printer.ts';
import type { Printer } from './printer.ts';
import type { PaperRow } from './row.ts';
import { hashedFile, type Written } from './sink.ts';
import { xlsxPrinter } from './xlsx/printer.ts';

const printers: Readonly<Record<Format, (order: PrintOrder, out: Writable) => Printer>> = {
  pdf: pdfPrinter,
  xlsx: xlsxPrinter,
  csv: csvPrinter,
};

/** A print as it lies on the disk. */
export interface Printed extends Written {
  readonly rows: number;
  /** Of a PDF; null of the others. */
  readonly pages: number | null;
}

/** One print into one file, which has its name only when it is whole. */
export class Print {
  private readonly part: string;
  private readonly file: ReturnType<typeof hashedFile>;
  private readonly printer: Printer;
  private rows = 0;

  constructor(
    private readonly path: string,
    format: Format,
    order: PrintOrder,
  ) {
    this.part = `${path}.part`;
    this.file = hashedFile(this.part);
    // It is waited for when all is written; what goes wrong before is told there.
    this.file.written.catch(() => undefined);
    this.printer = printers[format](order, this.file.out);
  }

  /** Settles when the file has room for more. */
  async print(rows: readonly PaperRow[]): Promise<void> {
    await Promise.race([this.printer.print(rows), this.broken()]);
    this.rows += rows.length;
  }

  async finish(): Promise<Printed> {
    const { pages } = await Promise.race([this.printer.finish(), this.broken()]);
    const written = await this.file.written;
    await rename(this.part, this.path);
    return { ...written, rows: this.rows, pages };
  }

  /** Leaves nothing behind. */
  async abandon(): Promise<void> {
    // With an error: without one the file behind it is left open, and would be waited for for ever.
    this.file.out.destroy(new Error('abandoned'));
    await this.file.written.catch(() => undefined);
    await rm(this.part, { force: true });
  }

  /** Never fulfilled: rejects when the file can no longer be written. */
  private broken(): Promise<never> {
    return new Promise((_resolve, reject) => void this.file.written.catch(reject));
  }
}
