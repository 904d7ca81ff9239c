import { displayNumber } from '#domain';
import type { PrintOrder } from '../order.ts';
import type { LaterChange } from '../row.ts';
import type { Sums } from '../sums.ts';
import { confirmedBy, scopeText, totalLines } from '../titles.ts';
import { BODY, type Canvas } from './canvas.ts';
import { centered, type Styled } from './cover.ts';
import type { PaperDocument } from './document.ts';

const SIZE = 11;
const LEADING = 17;
/** For signature and seal, and the seal's own side: 25 mm. */
const ROOM = 78;
const SEAL = 71;
const LIST_SIZE = 9.5;
const LIST_LEADING = 12;

/** What was done behind the moment the register was closed, or printed before. */
export function laterChanges(paper: PaperDocument, order: PrintOrder, sums: Sums): void {
  const { since } = order;
  if (!since || sums.later.length === 0) return;
  const head = `CÁC THAY ĐỔI SAU ${since.text.toLocaleUpperCase('vi')}`;
  const rest =
    sums.unlisted > 0
      ? [`Và ${displayNumber(sums.unlisted)} thay đổi khác, ghi ở cột Ghi chú.`]
      : [];
  const texts = [...sums.later.map(changeText), ...rest];
  let canvas = paper.page();
  let y = top(paper, canvas, head);
  for (const text of texts)
    for (const line of paper.lettering.lines([{ text, face: 'regular' }], BODY.width, LIST_SIZE)) {
      if (y + LIST_LEADING > BODY.bottom) {
        canvas = paper.page();
        y = top(paper, canvas, `${head} (tiếp)`);
      }
      y += LIST_LEADING;
      canvas.line(line, { x: BODY.left, y, width: BODY.width, size: LIST_SIZE });
    }
}

const changeText = ({ numberText, text }: LaterChange): string => `Số ${numberText}: ${text}`;

const top = (paper: PaperDocument, canvas: Canvas, text: string): number =>
  centered(paper, canvas, { x: BODY.left, width: BODY.width, y: BODY.top }, [
    { text, face: 'bold', size: 12 },
  ]) + 8;

/** The last page: totals, who confirms them, and room for signature and seal (NĐ 23/2015 Điều 13). */
export function closing(paper: PaperDocument, order: PrintOrder, sums: Sums): void {
  const canvas = paper.page();
  const full = { x: BODY.left, width: BODY.width, y: BODY.top + 4 };
  const isClosed = order.books.length > 0 && order.books.every(({ state }) => state === 'closed');
  let y = centered(paper, canvas, full, [
    { text: isClosed ? 'KHÓA SỔ' : 'TỔNG HỢP (SỔ CHƯA KHÓA)', face: 'bold', size: 16 },
    { text: scopeText(order), face: 'bold', size: 12, above: 2 },
  ]);
  y += 12;
  const [x, width] = [BODY.left + 120, BODY.width - 240];
  for (const { label, value } of totalLines(sums.figures, sums.numbers)) {
    y += LEADING;
    canvas.text(`${label}:`, 'regular', { x, y, width, size: SIZE });
    const text = typeof value === 'number' ? displayNumber(value) : value;
    canvas.text(text, 'bold', { x, y, width, size: SIZE, align: 'right' });
    canvas.rule([x, x + width], y + 4, 0.2);
  }
  signature(paper, canvas, { order, y: y + 16 });
}

function signature(
  paper: PaperDocument,
  canvas: Canvas,
  { order, y }: { readonly order: PrintOrder; readonly y: number },
): void {
  const confirmed = order.scope.kind === 'month' ? undefined : confirmedBy(order.books.at(-1));
  const half = { width: BODY.width / 2, y };
  const note: Styled = { text: '(Ký, ghi rõ họ tên)', face: 'italic', size: 10 };
  centered(paper, canvas, { ...half, x: BODY.left }, [
    { text: 'NGƯỜI VÀO SỔ', face: 'bold', size: 12, above: 16 },
    note,
  ]);
  const day = confirmed ? `Xác nhận khóa sổ ngày ${confirmed.day}` : 'Ngày …… tháng …… năm ………';
  const title = confirmed?.title ?? 'NGƯỜI CÓ THẨM QUYỀN CHỨNG THỰC';
  const x = BODY.left + BODY.width / 2;
  const foot = centered(paper, canvas, { ...half, x }, [
    { text: day, face: 'italic', size: 11 },
    { text: title.toLocaleUpperCase('vi'), face: 'bold', size: 12 },
    { ...note, text: '(Ký, ghi rõ họ tên và đóng dấu)' },
    { text: confirmed?.fullName ?? ' ', face: 'bold', size: 12, above: ROOM },
  ]);
  const { seal } = order;
  if (!confirmed || !seal) return;
  // Left of the signature, over a third of it, as NĐ 30/2020 has it.
  paper.picture(seal.png, { x: x + half.width / 2 - SEAL - 12, y: foot - 16 - SEAL, side: SEAL });
  const { version, sha256 } = seal;
  const text = `Con dấu phiên bản ${version}, SHA-256 ${sha256.slice(0, 16)}…`;
  centered(paper, canvas, { ...half, x, y: foot }, [{ text, face: 'italic', size: 8 }]);
}
