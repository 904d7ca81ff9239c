import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { after, held } from '#client';
import { backends } from '../support/backends.ts';
import { expectOnePartitionForEachDocument } from '../support/one-partition.ts';
import { seal, signature } from '../support/draw/index.ts';
import {
  guideBook,
  openOffice,
  paper,
  picture,
  refusalOf,
  type Office,
  type Person,
} from '../support/office.ts';

const AGENCY = '/v1/agencies/{agency}' as const;
const BOOKS = `${AGENCY}/books` as const;
const BOOK = `${BOOKS}/{bookId}` as const;
const ENTRIES = `${BOOK}/entries` as const;
const ENTRY = `${ENTRIES}/{number}` as const;
const SIGNATURES = `${AGENCY}/signatures` as const;
const SIGNATURE = `${SIGNATURES}/{id}` as const;
const SEALS = `${AGENCY}/seals` as const;

describe.each(backends)('the guide, through the portal’s client, on $name', (backend) => {
  let office: Office;
  let officer: Person;
  let certifier: Person;
  let clerk: Person;
  let auditor: Person;
  let home: { agency: string };
  let book: { agency: string; bookId: string };

  const assign = (given: object = {}) =>
    officer.portal.post(ENTRIES, { params: { path: book }, body: paper(given) });

  beforeAll(async () => {
    office = await openOffice(backend);
    home = { agency: office.agency };
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
      const opened = await officer.portal.post(BOOKS, { params: { path: home }, body: guideBook });
      expect(opened.status).toBe(201);
      book = { ...home, bookId: opened.data.book.bookId };
      expect(opened.headers.get('location')).toBe(`${office.home}/books/${book.bookId}`);
      const list = await officer.portal.get(BOOKS, {
        params: { path: home, header: after(opened) },
      });
      expect(list.data.items).toEqual([
        expect.objectContaining({
          name: '01/2024-SCTĐT/BS',
          firstNumber: 1,
          openedOn: '2024-05-10',
          closesOn: '2024-05-10',
          statusLabel: 'Đang mở',
        }),
      ]);
      expect(list.data.summary).toBe('Hiển thị từ 1 đến 1 của 1 dòng');
    });

    it('edits the book after Cập nhật', async () => {
      const body = { closesOn: '2024-12-31', reason: 'Gia hạn' };
      const edited = await officer.portal.patch(BOOK, { params: { path: book }, body });
      expect([edited.status, edited.data.book]).toEqual([
        200,
        expect.objectContaining({ closesOn: '2024-12-31' }),
      ]);
      const list = await officer.portal.get(BOOKS, {
        params: { path: home, header: after(edited) },
      });
      expect(list.data.items[0]).toMatchObject({ closesOn: '2024-12-31' });
    });

    it('holds an edit to the revision that was seen', async () => {
      const seen = await officer.portal.get(BOOK, { params: { path: book } });
      const params = { path: book, header: held(seen) };
      const kept = await officer.portal.patch(BOOK, { params, body: { closesOn: '2024-12-30' } });
      expect(kept.status).toBe(200);
      const stale = await refusalOf(officer.portal.patch(BOOK, { params, body: guideBook }));
      expect([stale.status, stale.code]).toEqual([412, 'CONFLICT']);
      expect(stale.current).toMatchObject({ closesOn: '2024-12-30' });
      expect(stale.headers.get('Position')).toBe(kept.position);
      const body = { closesOn: '2024-12-31' };
      const back = await officer.portal.patch(BOOK, { params: { path: book }, body });
      expect(back.etag).not.toBe(seen.etag);
    });

    it('numbers documents 001/ĐT, 002/ĐT, 003/ĐT, and gives a document asked again its number', async () => {
      const answers = [];
      for (const document of [1, 2, 3, 2]) answers.push(await assign({ document }));
      expect(answers.map(({ status }) => status)).toEqual([201, 201, 201, 200]);
      const numbers = answers.map(({ data }) => data.entry.numberText);
      expect(numbers).toEqual(['001/ĐT', '002/ĐT', '003/ĐT', '002/ĐT']);
      expect(answers[0]?.data.entry).toMatchObject({
        citation: 'Số chứng thực: 001/ĐT; quyển số: 01/2024-SCTĐT/BS',
        certifiedOn: '2024-05-10',
        stateLabel: 'Đã cấp số',
      });
    });

    it('gives many callers at once numbers without gap or repeat', async () => {
      const documents = Array.from({ length: 40 }, (_, index) => index + 1);
      const answers = await Promise.all(
        documents.map((document) => assign({ dossier: 'H03-0002', document })),
      );
      const numbers = answers.map(({ data }) => data.entry.number);
      expect([...numbers].sort((a, b) => a - b)).toEqual(documents.map((document) => document + 3));
    });

    it('corrects, voids and revokes, and the register shows it all', async () => {
      const of = (number: number) => ({ path: { ...book, number } });
      const correction = { requester: 'Lê Thị Cúc Hoa', reason: 'Ghi sai họ tên' };
      await officer.portal.post(`${ENTRY}/correct`, { params: of(1), body: correction });
      await officer.portal.post(`${ENTRY}/void`, {
        params: of(2),
        body: { reason: 'Rút hồ sơ' },
      });
      const decision = {
        decisionNumber: '12/QĐ',
        decisionDate: '2024-05-10',
        reason: 'Bản chính giả',
      };
      const revoked = await certifier.portal.post(`${ENTRY}/revoke`, {
        params: of(3),
        body: decision,
      });
      expect(revoked.status).toBe(200);
      const list = await officer.portal.get(ENTRIES, {
        params: { path: book, query: { limit: 3 }, header: after(revoked) },
      });
      expect(list.data.items).toEqual([
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
      expect(list.data.summary).toBe('Hiển thị từ 1 đến 3 của 43 dòng');
    });

    it('finds entries whatever the case and the diacritics, sorts and pages them', async () => {
      const ask = async (query: object) =>
        (await officer.portal.get(ENTRIES, { params: { path: book, query } })).data;
      expect((await ask({ search: 'LE thi cuc hoa' })).total).toBe(1);
      const last = await ask({ sort: '-number', limit: 2 });
      expect(last.items.map(({ number }) => number)).toEqual([43, 42]);
      const behind = await ask({ sort: '-number', limit: 2, after: last.next });
      expect(behind.items.map(({ number }) => number)).toEqual([41, 40]);
    });
  });

  describe('chapters 2 and 3: Chữ ký and Con dấu', () => {
    const signer = {
      signerFullName: 'Nguyễn Văn An',
      signerTitle: 'Phó Chủ tịch UBND',
      authority: 'KT.' as const,
    };
    let mine: { agency: string; id: string };

    it('registers the certifier’s signature and shows it in Danh sách chữ ký', async () => {
      const body = { name: 'Chữ ký lãnh đạo', ...signer, image: picture(await signature()) };
      const made = await certifier.portal.post(SIGNATURES, { params: { path: home }, body });
      expect([made.status, made.data.warnings]).toEqual([201, []]);
      mine = { ...home, id: made.data.id };
      const list = await certifier.portal.get(SIGNATURES, {
        params: { path: home, header: after(made) },
      });
      expect(list.data.items).toEqual([
        expect.objectContaining({
          name: 'Chữ ký lãnh đạo',
          isDefault: true,
          stateLabel: 'Đang sử dụng',
          version: 1,
        }),
      ]);
    });

    it('registers the agency’s seal from a scanned JPEG, with the advice of NĐ 30', async () => {
      const image = picture(await seal({ format: 'jpeg' }), 'con-dau.jpg');
      const body = { name: 'Con dấu cơ quan', image };
      const made = await clerk.portal.post(SEALS, { params: { path: home }, body });
      expect(made.status).toBe(201);
      expect(made.data.warnings).toContainEqual({
        code: 'IMAGE_WARN',
        detail: 'Ảnh chưa đúng khuyến nghị PNG nền trong suốt.',
      });
    });

    it('serves the picture with a strong tag, and nothing at all to who has it', async () => {
      const asked = {
        params: { path: mine, query: { variant: 'thumbnail' as const } },
        parseAs: 'arrayBuffer' as const,
      };
      const image = await certifier.portal.get(`${SIGNATURE}/image`, asked);
      expect([image.status, image.headers.get('content-type')]).toEqual([200, 'image/png']);
      expect(Buffer.from(image.data).subarray(1, 4).toString()).toBe('PNG');
      expect(image.etag).toMatch(/^"[0-9a-f]{32}"$/);
      const headers = { 'if-none-match': image.etag };
      const again = certifier.portal.get(`${SIGNATURE}/image`, { ...asked, headers });
      expect((await refusalOf(again)).status).toBe(304);
    });

    it('records the versions in use with a number, and keeps them when the picture is replaced', async () => {
      const json = paper({ dossier: 'H03-0003', signature: { account: 'certifier.a' }, seal: {} });
      const { certifierFullName: _name, certifierTitle: _title, ...unsigned } = json;
      const params = { path: book };
      const assigned = await officer.portal.post(ENTRIES, { params, body: unsigned });
      expect(assigned.data.entry).toMatchObject({
        certifierFullName: 'Nguyễn Văn An',
        authority: 'KT.',
        signature: { id: mine.id, version: 1, account: 'certifier.a' },
        seal: { version: 1 },
      });
      const another = { ...unsigned, document: 7, certifierFullName: 'Người khác' };
      const contradicting = await refusalOf(
        officer.portal.post(ENTRIES, { params, body: another }),
      );
      expect([contradicting.status, contradicting.code]).toEqual([422, 'SIGNATURE_SIGNER']);
      const number = assigned.data.entry.number;
      const replaced = await certifier.portal.patch(SIGNATURE, {
        params: { path: mine },
        body: { reason: 'Ký lại', image: picture(await signature({ ink: '#0b2a8a' })) },
      });
      expect(replaced.data).toMatchObject({ version: 2 });
      const header = after(replaced);
      const entry = await officer.portal.get(ENTRY, {
        params: { path: { ...book, number }, header },
      });
      expect(entry.data.signature).toMatchObject({ version: 1 });
      const row = await officer.portal.get(SIGNATURE, { params: { path: mine, header } });
      expect(row.data.versions).toEqual([
        expect.objectContaining({ version: 1, stateLabel: 'Đã thay thế' }),
        expect.objectContaining({ version: 2, stateLabel: 'Đang sử dụng' }),
      ]);
    });

    it('takes a signature out of use, for new numbers only', async () => {
      const body = { reason: 'Nghỉ hưu' };
      const params = { path: mine };
      const revoked = await certifier.portal.post(`${SIGNATURE}/revoke`, { params, body });
      expect(revoked.data).toMatchObject({ state: 'revoked', isDefault: false });
      const signed = { document: 9, signature: { account: 'certifier.a', id: mine.id } };
      const refused = await refusalOf(assign(signed));
      expect([refused.status, refused.code]).toEqual([409, 'SIGNATURE_REVOKED']);
    });
  });

  describe('khóa sổ, and looking back', () => {
    it('closes the book with its totals, for good', async () => {
      const body = { confirmedByFullName: 'Nguyễn Văn An', confirmedByTitle: 'Phó Chủ tịch UBND' };
      const closed = await officer.portal.post(`${BOOK}/close`, { params: { path: book }, body });
      expect(closed.data.book.statusLabel).toBe('Đã khóa');
      const details = await officer.portal.get(BOOK, {
        params: { path: book, header: after(closed) },
      });
      expect(details.data).toMatchObject({
        statusLabel: 'Đã khóa',
        entries: 44,
        voided: 1,
        revoked: 1,
        copies: 86,
        closingTotals: { firstAssigned: 1, lastAssigned: 44, entries: 44, voided: 1, copies: 86 },
      });
      const refused = await refusalOf(assign({ document: 99 }));
      expect([refused.status, refused.code]).toEqual([409, 'BOOK_CLOSED']);
    });

    const nextBook = async () => {
      const path = { ...home, type: 'SCTDT.BS', year: 2024 } as const;
      return (await officer.portal.get(`${BOOKS}/next/{type}/{year}`, { params: { path } })).data;
    };

    it('suggests the next book’s name and number', async () => {
      expect(await nextBook()).toMatchObject({ name: '02/2024', firstNumber: 45 });
    });

    it('tells auditors every event in order: who, when, what, why', async () => {
      const page = await auditor.portal.get(`${BOOK}/history`, {
        params: { path: book, query: { limit: 2 } },
      });
      expect(page.data.items).toEqual([
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
            {
              field: 'closesOn',
              label: 'Ngày đóng sổ',
              from: '2024-05-10',
              to: '2024-12-31',
              fromText: '10/05/2024',
              toText: '31/12/2024',
            },
          ],
        }),
      ]);
      expect(page.data.total).toBe(52);
      const entry = await auditor.portal.get(`${ENTRY}/history`, {
        params: { path: { ...book, number: 1 } },
      });
      expect(entry.data.items.map(({ label }) => label)).toEqual([
        'Cấp số chứng thực',
        'Đính chính',
      ]);
    });

    it('tells what an agency and an account did in a period', async () => {
      const total = async (query: object) => {
        const params = { path: home, query };
        return (await auditor.portal.get(`${AGENCY}/history`, { params })).data.total;
      };
      const day = { from: '2024-05-10T00:00:00+07:00', to: '2024-05-11T00:00:00+07:00' };
      expect(await total(day)).toBe(59);
      expect(await total({ ...day, account: 'certifier.a' })).toBe(6);
      expect(await total({ to: '2024-05-10T00:00:00+07:00' })).toBe(0);
    });

    it('tells what a book and an entry were after a revision and at an instant', async () => {
      const asOf = async (query: object) =>
        (await auditor.portal.get(`${BOOK}/as-of`, { params: { path: book, query } })).data;
      expect((await asOf({ revision: 0 })).state).toMatchObject({
        closesOn: '2024-05-10',
        state: 'open',
      });
      expect((await asOf({ at: '2024-05-10T23:00:00+07:00' })).state).toMatchObject({
        closesOn: '2024-12-31',
        state: 'closed',
      });
      expect(await asOf({ at: '2024-05-09T00:00:00+07:00' })).toEqual({
        state: null,
        revision: -1,
        occurredAt: null,
      });
      const path = { ...book, number: 1 };
      const entry = await auditor.portal.get(`${ENTRY}/as-of`, {
        params: { path, query: { revision: 4 } },
      });
      expect(entry.data.state).toMatchObject({ requester: 'Lê Thị Cúc', state: 'assigned' });
    });

    it('has made every document from the events of one partition', async () => {
      const made = await expectOnePartitionForEachDocument(office.api.stores.eventStore);
      expect(made).toBeGreaterThan(20);
    });

    it('has everything still after a restart', async () => {
      await office.restart();
      const list = await officer.portal.get(BOOKS, { params: { path: home } });
      expect(list.data.items[0]).toMatchObject({ statusLabel: 'Đã khóa' });
      expect(await nextBook()).toMatchObject({ firstNumber: 45 });
    });
  });
});
