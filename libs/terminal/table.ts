/** Columns a text takes: what is printed is NFC, one code point to a column. */
const width = (text: string): number => Array.from(text).length;

/** Text in columns, as wide as their widest cell; the header underlined. */
export function table(header: readonly string[], rows: readonly (readonly string[])[]): string {
  const widths = header.map((name, column) =>
    Math.max(width(name), ...rows.map((row) => width(row[column] ?? ''))),
  );
  const line = (cells: readonly string[]): string =>
    cells
      .map((cell, column) => cell + ' '.repeat((widths[column] ?? 0) - width(cell)))
      .join('  ')
      .trimEnd();
  const rule = widths.map((columns) => '─'.repeat(columns)).join('  ');
  return [line(header), rule, ...rows.map(line)].join('\n');
}
