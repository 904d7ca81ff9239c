/** A line of a CSV file: its cells, and the line of the file it begins on, from 1. */
export interface CsvLine {
  readonly line: number;
  readonly cells: readonly string[];
}

/** One cell and what ends it: a quoted one, in which quotes are doubled, or a plain one. */
const CELL = /(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n|\n|\r|$)/y;

/**
 * The lines of a CSV text (RFC 4180), a byte order mark and empty lines left out.
 * @throws RangeError naming the line whose quotes do not match
 */
export function parseCsv(text: string): readonly CsvLine[] {
  const source = text.replace(/^\ufeff/, '');
  const lines: CsvLine[] = [];
  let [cells, line, begins, at] = [[] as string[], 1, 1, 0];
  for (;;) {
    CELL.lastIndex = at;
    const match = CELL.exec(source);
    if (!match) throw new RangeError(`line ${line}: a quotation mark is not closed or misplaced`);
    const [whole, quoted, plain = '', end] = match;
    cells.push(quoted === undefined ? plain.trim() : quoted.replaceAll('""', '"').trim());
    line += (whole.match(/\r\n|\n|\r/g) ?? []).length;
    at += whole.length;
    if (end === ',') continue;
    if (cells.some((cell) => cell !== '')) lines.push({ line: begins, cells });
    if (at >= source.length) return lines;
    [cells, begins] = [[], line];
  }
}
