import { CsvError, parse, type InfoRecord } from 'csv-parse/sync';

/** A line of a CSV file: its cells, and the line of the file it begins on, from 1. */
export interface CsvLine {
  readonly line: number;
  readonly cells: readonly string[];
}

/** What spreadsheets write between cells: by the country's custom a comma or a semicolon, or a tab. */
const DELIMITERS = [',', ';', '\t'] as const;
/** Longest line, in characters. */
const MOST = 64 * 1024;

interface Parsed {
  readonly record: readonly string[];
  readonly info: InfoRecord;
}

/**
 * The lines of a CSV text as spreadsheets write it (RFC 4180, or semicolons or tabs between cells),
 * empty ones left out.
 * @throws RangeError naming the line whose quotes do not match, or that is too long
 */
export function parseCsv(text: string): readonly CsvLine[] {
  let end = 0;
  return read(text).flatMap(({ record, info }) => {
    const line = end + 1;
    end = info.lines;
    const cells = record.map((cell) => cell.trim());
    return cells.some((cell) => cell !== '') ? [{ line, cells }] : [];
  });
}

function read(text: string): readonly Parsed[] {
  const options = {
    delimiter: delimiterOf(text),
    record_delimiter: '\n',
    bom: true,
    info: true,
    trim: true,
    relax_column_count: true,
    max_record_size: MOST,
  };
  try {
    // One sign for the end of a line: within quotes the parser counts each of two.
    return parse(text.replace(/\r\n?/g, '\n'), options) as unknown as readonly Parsed[];
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    const { code, lines } = error as CsvError & { readonly lines?: number };
    const isLong = code === 'CSV_MAX_RECORD_SIZE';
    const problem = isLong
      ? `longer than ${MOST} characters`
      : 'a quotation mark is not closed or misplaced';
    throw new RangeError(`line ${lines ?? 1}: ${problem}`, { cause: error });
  }
}

/** What stands most often in the first line that says anything: the names of columns hold none of them. */
function delimiterOf(text: string): string {
  const [header = ''] = /[^\r\n]*[^\s\ufeff][^\r\n]*/.exec(text) ?? [];
  const times = (delimiter: string): number => header.split(delimiter).length;
  return DELIMITERS.reduce((most, one) => (times(one) > times(most) ? one : most));
}
