import qrcode from 'qrcode-generator';

/** White around the code, in its modules: ISO/IEC 18004 asks for four; the page is white. */
const QUIET = 2;

/** A QR code (ISO/IEC 18004, level L: the larger its modules, the better they print) as the content of a drawing of this side, in points. */
export function qrContent(text: string, side: number): string {
  const code = qrcode(0, 'L');
  code.addData(text, 'Byte');
  code.make();
  const count = code.getModuleCount();
  const module = side / (count + 2 * QUIET);
  const parts = [`0 g`];
  for (let row = 0; row < count; row += 1)
    for (let column = 0; column < count; column += 1) {
      if (!code.isDark(row, column)) continue;
      const x = (column + QUIET) * module;
      const y = side - (row + 1 + QUIET) * module;
      // A hair wider, so that no white shows between neighbours.
      const width = (module + 0.02).toFixed(3);
      parts.push(`${x.toFixed(3)} ${y.toFixed(3)} ${width} ${width} re`);
    }
  return [...parts, 'f'].join('\n');
}
