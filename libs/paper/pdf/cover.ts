import { registerType } from '#domain';
import type { PrintOrder } from '../order.ts';
import { bookText, checkpointText, momentText, scopeText } from '../titles.ts';
import { BODY, type Canvas } from './canvas.ts';
import type { PaperDocument } from './document.ts';
import type { Face } from './fonts.ts';

/** Books named on the cover at most; each stands in its rows. */
const MOST_BOOKS = 8;
const HALF = BODY.width / 2;

interface Styled {
  readonly text: string;
  readonly face: Face;
  readonly size: number;
  /** Empty space above, in points. */
  readonly above?: number;
}

/** Lines in the middle of a column, from a height on; answers where they end. */
function centered(
  paper: PaperDocument,
  canvas: Canvas,
  { x, width, y }: { readonly x: number; readonly width: number; readonly y: number },
  texts: readonly Styled[],
): number {
  let at = y;
  for (const { text, face, size, above = 0 } of texts) {
    at += above;
    for (const line of paper.lettering.lines([{ text, face }], width, size)) {
      at += size * 1.3;
      canvas.line(line, { x, y: at, width, size, align: 'center' });
    }
  }
  return at;
}

/** Quốc hiệu on the right, the agency on the left, as NĐ 30/2020 Phụ lục I places them. */
function heading(paper: PaperDocument, canvas: Canvas, { agency }: PrintOrder): void {
  const y = BODY.top + 6;
  const name = agency.name.toLocaleUpperCase('vi');
  const left = { x: BODY.left, width: HALF - 20, y };
  const code = `Mã cơ quan: ${agency.code}`;
  const under = centered(paper, canvas, left, [
    { text: name, face: 'bold', size: 13 },
    { text: code, face: 'regular', size: 10 },
  ]);
  const middle = BODY.left + (HALF - 20) / 2;
  canvas.rule([middle - 40, middle + 40], under + 8);
  const right = { x: BODY.left + HALF, width: HALF, y };
  const motto = 'Độc lập - Tự do - Hạnh phúc';
  const foot = centered(paper, canvas, right, [
    { text: 'CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM', face: 'bold', size: 13 },
    { text: motto, face: 'bold', size: 13 },
  ]);
  const wide = paper.lettering.lines([{ text: motto, face: 'bold' }], HALF, 13)[0] ?? [];
  const width = wide.reduce((sum, segment) => sum + segment.width, 0) * 13;
  const from = BODY.left + HALF + (HALF - width) / 2;
  canvas.rule([from, from + width], foot + 4);
}

/** The cover of a register: whose it is, which, and of which moment. */
export function cover(paper: PaperDocument, order: PrintOrder): void {
  const canvas = paper.page();
  heading(paper, canvas, order);
  const { books, layout, register } = order;
  const { title } = registerType(register.type);
  const named = books.slice(0, MOST_BOOKS).map(bookText);
  const more = books.length - named.length;
  const rest = more > 0 ? [`và ${more} quyển khác`] : [];
  const small = (text: string): Styled => ({ text, face: 'regular', size: 12, above: 2 });
  centered(paper, canvas, { x: BODY.left, width: BODY.width, y: 185 }, [
    { text: 'SỔ CHỨNG THỰC', face: 'bold', size: 30 },
    { text: title.toLocaleUpperCase('vi'), face: 'bold', size: 17, above: 6 },
    { text: scopeText(order), face: 'bold', size: 16, above: 14 },
    { ...small([...named, ...rest][0] ?? 'Chưa mở quyển nào'), above: 14 },
    ...[...named, ...rest].slice(1).map(small),
    { ...small(`Mẫu sổ theo Nghị định số ${layout.form}`), above: 14 },
    { text: momentText(order), face: 'italic', size: 11, above: 4 },
    { text: checkpointText(order), face: 'italic', size: 9, above: 2 },
  ]);
}

export { centered, type Styled };
