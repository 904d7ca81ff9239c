import { knownLayouts, layoutOf, type Book } from '#domain';
import type { PrintOrder } from '#paper';
import type { Annotated, PaperRow } from '../../libs/paper/row.ts';

const FORM = '23/2015/NĐ-CP';
const register = { agency: 'H03.12', type: 'SCTDT.BS', year: 2024 };

export const closedBook = {
  ...{ bookId: 'b', name: '01/2024-SCTĐT/BS', firstNumber: 1, form: FORM, lastEntryOn: null },
  ...{ openedOn: '2024-01-02', closesOn: '2024-12-31', state: 'closed', closedOn: '2024-12-31' },
  ...{ confirmedByFullName: 'Nguyễn Văn An', confirmedByTitle: 'Phó Chủ tịch UBND' },
  confirmedByAuthority: 'KT.',
  totals: {} as Book['totals'],
} as unknown as Book;

export const order = (given: Partial<PrintOrder> = {}): PrintOrder => ({
  agency: { code: 'H03.12', name: 'Ủy ban nhân dân xã Ba Bể' },
  register,
  scope: { kind: 'book', bookId: 'b' },
  books: [closedBook],
  layout: layoutOf(knownLayouts, { form: FORM, type: 'SCTDT.BS' }),
  revision: 1234,
  at: '2024-12-31T09:00:00.000Z',
  checkpoint: {
    ...{ origin: 'example.vn/so', size: 104_233 },
    root: 'CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=',
  },
  since: null,
  seal: null,
  ...given,
});

export const paperRow = (number: number, given: Partial<PaperRow> = {}): PaperRow => ({
  ...{ bookId: 'b', bookName: closedBook.name, number },
  numberText: `${String(number).padStart(3, '0')}/ĐT`,
  ...{ dossier: `H03-${number}`, certifiedOn: '2024-05-10', requester: 'Đặng Thị Ánh Nguyệt' },
  ...{ documentTitle: 'Bằng tốt nghiệp đại học', certifierFullName: 'Nguyễn Văn An' },
  ...{ certifierTitle: 'Phó Chủ tịch UBND', authority: 'KT.', copies: 2, fee: 20_000 },
  ...{
    pages: 3,
    proposedFee: 10_000,
    verificationCode: '01AV-9QXT-2B4C-WZ10',
    note: '',
    state: 'assigned',
    annotations: [],
  },
  ...given,
});

export const annotation = (given: Partial<Annotated>): Annotated => ({
  ...{ kind: 'corrected', revision: 50, at: '2024-05-11T02:00:00.000Z' },
  ...{ by: 'Trần Thị Bình', reason: 'Ghi sai' },
  ...given,
});

/** Rows as they are read: some at a time. */
export async function* inPages(
  rows: Iterable<PaperRow>,
  size = 500,
): AsyncGenerator<readonly PaperRow[]> {
  let page: PaperRow[] = [];
  for (const row of rows) {
    page.push(row);
    if (page.length < size) continue;
    yield page;
    // Whoever reads from a store waits between pages.
    await Promise.resolve();
    page = [];
  }
  yield page;
}

export function* manyRows(count: number): Generator<PaperRow> {
  for (let number = 1; number <= count; number += 1) yield paperRow(number);
}
