import type { PaperRow } from './row.ts';

/** A print in the making, in one format. */
export interface Printer {
  /** Takes the next rows; settles when the file has room for more. */
  print(rows: readonly PaperRow[]): Promise<void>;
  /** Prints what stands behind the rows, and ends the file's text. */
  finish(): Promise<{ readonly pages: number | null }>;
}
