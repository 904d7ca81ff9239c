import { table } from '#terminal';

/** The guide's screens, drawn as text. */

const date = (iso: string): string => `${iso.slice(8, 10)}/${iso.slice(5, 7)}/${iso.slice(0, 4)}`;

const vietnamTime = new Intl.DateTimeFormat('vi-VN', {
  timeZone: 'Asia/Ho_Chi_Minh',
  day: '2-digit',
  month: '2-digit',
  year: 'numeric',
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
});

interface List<T> {
  readonly items: readonly T[];
  readonly summary: string;
}

const screen = (title: string, body: string, summary: string): string =>
  `\n■ ${title}\n\n${body}\n\n${summary}\n`;

export interface Book {
  readonly name: string;
  readonly firstNumber: number;
  readonly openedOn: string;
  readonly closesOn: string;
  readonly statusLabel: string;
}

export function bookScreen({ items, summary }: List<Book>): string {
  const header = [
    'Tên quyển sổ chứng thực',
    'Số bắt đầu',
    'Ngày mở sổ',
    'Ngày đóng sổ',
    'Trạng thái',
    'Action',
  ];
  const rows = items.map((book) => [
    book.name,
    String(book.firstNumber),
    date(book.openedOn),
    date(book.closesOn),
    book.statusLabel,
    book.statusLabel === 'Đã khóa' ? '' : '✎ 🗑',
  ]);
  return screen('Thêm Quyển sổ chứng thực · Tìm kiếm', table(header, rows), summary);
}

export interface Entry {
  readonly numberText: string;
  readonly certifiedOn: string | null;
  readonly requester: string;
  readonly documentTitle: string;
  readonly certifierFullName: string;
  readonly certifierTitle: string;
  readonly copies: number;
  readonly fee: number;
  readonly stateLabel: string;
}

export function entryScreen({ items, summary }: List<Entry>): string {
  const header = [
    'Số chứng thực',
    'Ngày chứng thực',
    'Người yêu cầu',
    'Tên bản chính',
    'Người ký',
    'Số bản sao',
    'Lệ phí (đồng)',
    'Trạng thái',
  ];
  const rows = items.map((entry) => [
    entry.numberText,
    entry.certifiedOn === null ? '–' : date(entry.certifiedOn),
    entry.requester,
    entry.documentTitle,
    `${entry.certifierFullName}, ${entry.certifierTitle}`,
    String(entry.copies),
    entry.fee.toLocaleString('vi-VN'),
    entry.stateLabel,
  ]);
  return screen('Sổ chứng thực', table(header, rows), summary);
}

export interface Specimen {
  readonly name: string;
  readonly version: number;
  readonly stateLabel: string;
  readonly isDefault: boolean;
  readonly imageUrl: string;
}

export function specimenScreen(
  title: string,
  name: string,
  { items, summary }: List<Specimen>,
): string {
  const header = [name, 'Phiên bản', 'Trạng thái', 'Mặc định', 'Ảnh'];
  const rows = items.map((one) => [
    one.name,
    String(one.version),
    one.stateLabel,
    one.isDefault ? '✓' : '',
    one.imageUrl,
  ]);
  return screen(`${title} · Thêm mới`, table(header, rows), summary);
}

export interface HistoryLine {
  readonly occurredAt: string;
  readonly actor: string;
  readonly label: string;
  readonly reason: string;
  readonly revision: number;
  readonly changes: readonly {
    readonly label: string;
    readonly from?: unknown;
    readonly fromText: string;
    readonly toText: string;
  }[];
}

export function historyScreen({ items, summary }: List<HistoryLine>): string {
  const lines = items.flatMap(({ occurredAt, actor, label, reason, revision, changes }) => [
    `${String(revision).padStart(3)}  ${vietnamTime.format(new Date(occurredAt))}  ${actor}  ${label}${reason === '' ? '' : ` (lý do: ${reason})`}`,
    ...changes.map((change) =>
      change.from === null
        ? `       ${change.label}: ${change.toText}`
        : `       ${change.label}: ${change.fromText} → ${change.toText}`,
    ),
  ]);
  return screen('Nhật ký của quyển sổ', lines.join('\n'), summary);
}
