import {
  displayDate,
  displayInstant,
  displayNumber,
  registerType,
  type Book,
  type Figures,
} from '#domain';
import type { PrintOrder } from './order.ts';

/** `ngày 10 tháng 5 năm 2024`, as decisions and books write a date. */
export function longDate(day: string): string {
  const [year = '', month = '', date = ''] = day.split('-');
  return `ngày ${date} tháng ${month} năm ${year}`;
}

/** What is printed, in one line: a book, a month or a year of one type. */
export function scopeText({ scope, books, register }: PrintOrder): string {
  const { label } = registerType(register.type);
  switch (scope.kind) {
    case 'book':
      return `Quyển số: ${books[0]?.name ?? ''}`;
    case 'month': {
      const [year, month] = scope.month.split('-');
      return `Tháng ${month ?? ''} năm ${year ?? ''} – ${label}`;
    }
    case 'year':
      return `Năm ${register.year} – ${label} (gộp ${books.length} quyển)`;
    default:
      return scope satisfies never;
  }
}

/** How a book ended, or that it has not. */
export const endOf = (book: Book): string =>
  book.state === 'closed' ? `Khóa sổ ${longDate(book.closedOn)}` : 'Sổ chưa khóa';

/** When a book was opened and how it ended. */
export const bookText = (book: Book): string =>
  `${book.name}: mở sổ ${longDate(book.openedOn)}; ${endOf(book).toLocaleLowerCase('vi')}`;

/** Of which moment the print is. */
export function momentText({ revision, at }: PrintOrder): string {
  return `Số liệu đến ${displayInstant(new Date(at))}, phiên bản ${displayNumber(revision)} của sổ`;
}

/** What the log looked like when it was printed: in words. */
export function checkpointText({ checkpoint }: PrintOrder): string {
  if (!checkpoint) return 'Nhật ký chưa được niêm phong';
  const { origin, size, root } = checkpoint;
  return `Điểm kiểm tra ${origin}, ${displayNumber(size)} sự kiện, gốc ${root}`;
}

/** The same for machines, as the QR code holds it: the first three lines of a checkpoint (C2SP tlog-checkpoint), then what was printed. */
export function qrText({ checkpoint, register, revision }: PrintOrder): string {
  const log = checkpoint ? [checkpoint.origin, checkpoint.size, checkpoint.root] : ['', 0, ''];
  const { agency, type, year } = register;
  return [...log, `${agency} ${type} ${year} ${revision}`].join('\n');
}

/** First and last number, and how many were lost, beside the sums. */
export interface Numbers {
  readonly first: string;
  readonly last: string;
  readonly lost: number;
}

/** The totals, a line each: what the closing page, the workbook and the report say. */
export function totalLines(sums: Figures, { first, last, lost }: Numbers): readonly Total[] {
  const range = first === '' ? 'không có' : `từ ${first} đến ${last}`;
  return [
    { label: 'Các số đã cấp', value: range },
    { label: 'Số việc đã chứng thực', value: sums.matters },
    { label: 'Số bản sao (bản dịch) đã chứng thực', value: sums.copies },
    { label: 'Tổng lệ phí/phí đã thu (đồng)', value: sums.fee },
    { label: 'Tổng phí theo biểu phí (đồng)', value: sums.proposedFee },
    { label: 'Số việc thu khác biểu phí', value: sums.feesThatDiffer },
    { label: 'Số việc không tính được theo biểu phí', value: sums.withoutProposal },
    { label: 'Số đã hủy', value: sums.voided },
    { label: 'Số đã hủy giá trị pháp lý', value: sums.revoked },
    { label: 'Số mất dữ liệu', value: lost },
  ];
}

export interface Total {
  readonly label: string;
  readonly value: string | number;
}

/** Who confirmed the closing, where somebody has. */
export function confirmedBy(book: Book | undefined) {
  if (book?.state !== 'closed') return undefined;
  const { confirmedByAuthority, confirmedByTitle, confirmedByFullName, closedOn } = book;
  const title = [confirmedByAuthority ?? '', confirmedByTitle].filter(Boolean).join(' ');
  return { title, fullName: confirmedByFullName, day: displayDate(closedOn) };
}
