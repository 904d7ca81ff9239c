import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { backends } from '../support/backends.ts';
import { seal, signature } from '../support/draw/index.ts';
import {
  after,
  form,
  guideBook,
  openOffice,
  paper,
  type Office,
  type Person,
} from '../support/office.ts';

interface Items {
  readonly items: readonly Record<string, unknown>[];
  readonly summary: string;
  readonly total: number;
}
type BookAnswer = { book: { bookId: string; name: string; statusLabel: string } };
type EntryAnswer = { entry: Record<string, unknown>; revision: number };

describe.each(backends)('the guide, over HTTP, on $name', (backend) => {
  let office: Office;
  let officer: Person;
  let certifier: Person;
  let clerk: Person;
  let auditor: Person;
  let book: string;

  beforeAll(async () => {
    office = await openOffice(backend);
    [officer, certifier, clerk, auditor] = await Promise.all([
      office.as('receiving-officer'),
      office.as('certifier'),
      office.as('clerk'),
      office.as('auditor'),
    ]);
  }, 60_000);

  afterAll(() => office.dispose());

  describe('chapter 1: Sổ chứng thực', () => {
    it('opens the book 01/2024 and shows it in the list, with the suffix, as Đang mở', async () => {
      const opened = await officer.post<BookAnswer>(`${office.home}/books`, { json: guideBook });
      expect(opened.status).toBe(201);
      book = opened.headers.get('location') ?? '';
      const list = await officer.get<Items>(`${office.home}/books`, after(opened));
      expect(list.body.items).toEqual([
        expect.objectContaining({
          name: '01/2024-SCTĐT/BS',
          firstNumber: 1,
          openedOn: '2024-05-10',
          closesOn: '2024-05-10',
          statusLabel: 'Đang mở',
        }),
      ]);
      expect(list.body.summary).toBe('Hiển thị từ 1 đến 1 của 1 dòng');
    });

    it('edits the book after Cập nhật', async () => {
      const json = { closesOn: '2024-12-31', reason: 'Gia hạn' };
      const edited = await officer.patch<BookAnswer>(book, { json });
      expect([edited.status, edited.body.book]).toEqual([
        200,
        expect.objectContaining({ closesOn: '2024-12-31' }),
      ]);
      const list = await officer.get<Items>(`${office.home}/books`, after(edited));
      expect(list.body.items[0]).toMatchObject({ closesOn: '2024-12-31' });
    });

    it('holds an edit to the revision that was seen', async () => {
      const tag = (await officer.get(book)).headers.get('etag') ?? '';
      const json = { closesOn: '2024-12-30' };
      const held = await officer.patch(book, { json, headers: { 'if-match': tag } });
      expect(held.status).toBe(200);
      const stale = await officer.patch(book, { json: guideBook, headers: { 'if-match': tag } });
      expect([stale.status, stale.body['code']]).toEqual([412, 'CONFLICT']);
      const back = await officer.patch(book, { json: { closesOn: '2024-12-31' } });
      expect(back.headers.get('etag')).not.toBe(tag);
    });

    it('numbers documents 001/ĐT, 002/ĐT, 003/ĐT, and gives a document asked again its number', async () => {
      const answers = [];
      for (const document of [1, 2, 3, 2]) {
        answers.push(
          await officer.post<EntryAnswer>(`${book}/entries`, { json: paper({ document }) }),
        );
      }
      expect(answers.map(({ status }) => status)).toEqual([201, 201, 201, 200]);
      const numbers = answers.map(({ body }) => body.entry['numberText']);
      expect(numbers).toEqual(['001/ĐT', '002/ĐT', '003/ĐT', '002/ĐT']);
      expect(answers[0]?.body.entry).toMatchObject({
        citation: 'Số chứng thực: 001/ĐT; quyển số: 01/2024-SCTĐT/BS',
        certifiedOn: '2024-05-10',
        stateLabel: 'Đã cấp số',
      });
    });

    it('gives many callers at once numbers without gap or repeat', async () => {
      const documents = Array.from({ length: 40 }, (_, index) => index + 1);
      const answers = await Promise.all(
        documents.map((document) =>
          officer.post<EntryAnswer>(`${book}/entries`, {
            json: paper({ dossier: 'H03-0002', document }),
          }),
        ),
      );
      const numbers = answers.map(({ body }) => Number(body.entry['number']));
      expect([...numbers].sort((a, b) => a - b)).toEqual(documents.map((document) => document + 3));
    });

    it('corrects, voids and revokes, and the register shows it all', async () => {
      const entries = `${book}/entries`;
      const correction = { requester: 'Lê Thị Cúc Hoa', reason: 'Ghi sai họ tên' };
      await officer.post(`${entries}/1/correct`, { json: correction });
      await officer.post(`${entries}/2/void`, { json: { reason: 'Rút hồ sơ' } });
      const decision = {
        decisionNumber: '12/QĐ',
        decisionDate: '2024-05-10',
        reason: 'Bản chính giả',
      };
      const revoked = await certifier.post(`${entries}/3/revoke`, { json: decision });
      expect(revoked.status).toBe(200);
      const list = await officer.get<Items>(`${entries}?limit=3`, after(revoked));
      expect(list.body.items).toEqual([
        expect.objectContaining({
          requester: 'Lê Thị Cúc Hoa',
          stateLabel: 'Đã đính chính',
          remarks:
            'Đính chính ngày 10/05/2024, Người receiving-officer.a: Họ tên người yêu cầu chứng thực: Lê Thị Cúc → Lê Thị Cúc Hoa (Ghi sai họ tên).',
          annotations: [
            expect.objectContaining({
              kind: 'corrected',
              reason: 'Ghi sai họ tên',
              changes: { requester: { from: 'Lê Thị Cúc', to: 'Lê Thị Cúc Hoa' } },
            }),
          ],
        }),
        expect.objectContaining({ stateLabel: 'Đã hủy số' }),
        expect.objectContaining({ stateLabel: 'Đã hủy giá trị pháp lý' }),
      ]);
      expect(list.body.summary).toBe('Hiển thị từ 1 đến 3 của 43 dòng');
    });

    it('finds entries whatever the case and the diacritics, sorts and pages them', async () => {
      const found = await officer.get<Items>(`${book}/entries?search=LE%20thi%20cuc%20hoa`);
      expect(found.body.total).toBe(1);
      const last = await officer.get<Items>(`${book}/entries?sort=-number&limit=2`);
      expect(last.body.items.map((row) => row['number'])).toEqual([43, 42]);
      const next = (last.body as unknown as { next: string }).next;
      const query = `sort=-number&limit=2&after=${encodeURIComponent(next)}`;
      const behind = await officer.get<Items>(`${book}/entries?${query}`);
      expect(behind.body.items.map((row) => row['number'])).toEqual([41, 40]);
    });
  });

  describe('chapters 2 and 3: Chữ ký and Con dấu', () => {
    const signer = {
      signerFullName: 'Nguyễn Văn An',
      signerTitle: 'Phó Chủ tịch UBND',
      authority: 'KT.',
    };
    let signatureId: string;

    it('registers the certifier’s signature and shows it in Danh sách chữ ký', async () => {
      const fields = { name: 'Chữ ký lãnh đạo', ...signer };
      const made = await certifier.post<{ id: string; warnings: unknown[] }>(
        `${office.home}/signatures`,
        {
          form: form(fields, await signature()),
        },
      );
      expect([made.status, made.body.warnings]).toEqual([201, []]);
      signatureId = made.body.id;
      const list = await certifier.get<Items>(`${office.home}/signatures`, after(made));
      expect(list.body.items).toEqual([
        expect.objectContaining({
          name: 'Chữ ký lãnh đạo',
          isDefault: true,
          stateLabel: 'Đang sử dụng',
          version: 1,
        }),
      ]);
    });

    it('registers the agency’s seal from a scanned JPEG, with the advice of NĐ 30', async () => {
      const made = await clerk.post<{ warnings: { code: string; detail: string }[] }>(
        `${office.home}/seals`,
        {
          form: form({ name: 'Con dấu cơ quan' }, await seal({ format: 'jpeg' }), 'con-dau.jpg'),
        },
      );
      expect(made.status).toBe(201);
      expect(made.body.warnings).toContainEqual({
        code: 'IMAGE_WARN',
        detail: 'Ảnh chưa đúng khuyến nghị PNG nền trong suốt.',
      });
    });

    it('serves the picture with a strong tag, and nothing at all to who has it', async () => {
      const path = `${office.home}/signatures/${signatureId}/image?variant=thumbnail`;
      const image = await certifier.get<ArrayBuffer>(path);
      expect([image.status, image.headers.get('content-type')]).toEqual([200, 'image/png']);
      const tag = image.headers.get('etag') ?? '';
      expect(tag).toMatch(/^"[0-9a-f]{32}"$/);
      const again = await certifier.get(path, { headers: { 'if-none-match': tag } });
      expect(again.status).toBe(304);
    });

    it('records the versions in use with a number, and keeps them when the picture is replaced', async () => {
      const json = paper({ dossier: 'H03-0003', signature: { account: 'certifier.a' }, seal: {} });
      const {
        certifierFullName: _n,
        certifierTitle: _t,
        ...unsigned
      } = json as Record<string, unknown>;
      const assigned = await officer.post<EntryAnswer>(`${book}/entries`, { json: unsigned });
      expect(assigned.body.entry).toMatchObject({
        certifierFullName: 'Nguyễn Văn An',
        authority: 'KT.',
        signature: { id: signatureId, version: 1, account: 'certifier.a' },
        seal: { version: 1 },
      });
      const another = { ...unsigned, document: 7, certifierFullName: 'Người khác' };
      const contradicting = await officer.post(`${book}/entries`, { json: another });
      expect([contradicting.status, contradicting.body['code']]).toEqual([422, 'SIGNATURE_SIGNER']);
      const number = String(assigned.body.entry['number']);
      const replaced = await certifier.patch(`${office.home}/signatures/${signatureId}`, {
        form: form({ reason: 'Ký lại' }, await signature({ ink: '#0b2a8a' })),
      });
      expect(replaced.body).toMatchObject({ version: 2 });
      const entry = await officer.get(`${book}/entries/${number}`, after(replaced));
      expect(entry.body['signature']).toMatchObject({ version: 1 });
      const row = await officer.get<{ versions: object[] }>(
        `${office.home}/signatures/${signatureId}`,
      );
      expect(row.body.versions).toEqual([
        expect.objectContaining({ version: 1, stateLabel: 'Đã thay thế' }),
        expect.objectContaining({ version: 2, stateLabel: 'Đang sử dụng' }),
      ]);
    });

    it('takes a signature out of use, for new numbers only', async () => {
      const path = `${office.home}/signatures/${signatureId}/revoke`;
      const revoked = await certifier.post(path, { json: { reason: 'Nghỉ hưu' } });
      expect(revoked.body).toMatchObject({ state: 'revoked', isDefault: false });
      const json = paper({ document: 9, signature: { account: 'certifier.a', id: signatureId } });
      const refused = await officer.post(`${book}/entries`, { json });
      expect([refused.status, refused.body['code']]).toEqual([409, 'SIGNATURE_REVOKED']);
    });
  });

  describe('khóa sổ, and looking back', () => {
    it('closes the book with its totals, for good', async () => {
      const json = { confirmedByFullName: 'Nguyễn Văn An', confirmedByTitle: 'Phó Chủ tịch UBND' };
      const closed = await officer.post<BookAnswer>(`${book}/close`, { json });
      expect(closed.body.book.statusLabel).toBe('Đã khóa');
      const details = await officer.get(book, after(closed));
      expect(details.body).toMatchObject({
        statusLabel: 'Đã khóa',
        entries: 44,
        voided: 1,
        revoked: 1,
        copies: 86,
        closingTotals: { firstNumber: 1, lastNumber: 44, entries: 44, voided: 1, copies: 86 },
      });
      const refused = await officer.post(`${book}/entries`, { json: paper({ document: 99 }) });
      expect([refused.status, refused.body['code']]).toEqual([409, 'BOOK_CLOSED']);
    });

    it('suggests the next book’s name and number', async () => {
      const next = await officer.get(`${office.home}/books/next/SCTDT.BS/2024`);
      expect(next.body).toMatchObject({ name: '02/2024', firstNumber: 45 });
    });

    it('tells auditors every event in order: who, when, what, why', async () => {
      const page = await auditor.get<Items>(`${book}/history?limit=2`);
      expect(page.body.items).toEqual([
        expect.objectContaining({
          label: 'Mở sổ chứng thực',
          actor: 'Người receiving-officer.a',
          account: 'receiving-officer.a',
          role: 'receiving-officer',
          revision: 0,
        }),
        expect.objectContaining({
          label: 'Sửa thông tin sổ',
          reason: 'Gia hạn',
          changes: [
            { field: 'closesOn', label: 'Ngày đóng sổ', from: '2024-05-10', to: '2024-12-31' },
          ],
        }),
      ]);
      expect(page.body.total).toBe(52);
      const entry = await auditor.get<Items>(`${book}/entries/1/history`);
      expect(entry.body.items.map((row) => row['label'])).toEqual([
        'Cấp số chứng thực',
        'Đính chính',
      ]);
    });

    it('tells what an agency and an account did in a period', async () => {
      const day = 'from=2024-05-10T00:00:00%2B07:00&to=2024-05-11T00:00:00%2B07:00';
      const all = await auditor.get<Items>(`${office.home}/history?${day}`);
      expect(all.body.total).toBe(56);
      const mine = await auditor.get<Items>(`${office.home}/history?${day}&account=certifier.a`);
      expect(mine.body.total).toBe(4);
      const before = await auditor.get<Items>(
        `${office.home}/history?to=2024-05-10T00:00:00%2B07:00`,
      );
      expect(before.body.total).toBe(0);
    });

    it('tells what a book and an entry were after a revision and at an instant', async () => {
      const first = await auditor.get(`${book}/as-of?revision=0`);
      expect(first.body['state']).toMatchObject({ closesOn: '2024-05-10', state: 'open' });
      const now = await auditor.get(`${book}/as-of?at=2024-05-10T23:00:00%2B07:00`);
      expect(now.body['state']).toMatchObject({ closesOn: '2024-12-31', state: 'closed' });
      const never = await auditor.get(`${book}/as-of?at=2024-05-09T00:00:00%2B07:00`);
      expect(never.body).toEqual({ state: null, revision: -1, occurredAt: null });
      const entry = await auditor.get(`${book}/entries/1/as-of?revision=4`);
      expect(entry.body['state']).toMatchObject({ requester: 'Lê Thị Cúc', state: 'assigned' });
    });
  });

  it('has everything still after a restart', async () => {
    await office.restart();
    const list = await officer.get<Items>(`${office.home}/books`);
    expect(list.body.items[0]).toMatchObject({ statusLabel: 'Đã khóa' });
    const next = await officer.get(`${office.home}/books/next/SCTDT.BS/2024`);
    expect(next.body).toMatchObject({ firstNumber: 45 });
  });
});
