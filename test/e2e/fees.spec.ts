import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { readSheet } from 'read-excel-file/node';
import { backends } from '../support/backends.ts';
import { guideBook, openOffice, paper, type Office, type Person } from '../support/office.ts';

interface Made {
  readonly entry: Record<string, unknown>;
}

describe.each(backends)('types of register, and their fees, on $name', (backend) => {
  let office: Office;
  let officer: Person;
  const books: Record<string, string> = {};
  let latest = '';

  const open = async (type: string): Promise<void> => {
    const json = { ...guideBook, type };
    const answer = await officer.post<{ book: { bookId: string; name: string } }>(
      `${office.home}/books`,
      { json },
    );
    expect(answer.status).toBe(201);
    books[type] = answer.body.book.bookId;
  };
  const assign = async (type: string, given: object) => {
    const path = `${office.home}/books/${books[type] ?? ''}/entries`;
    const answer = await officer.post<Made>(path, { json: paper(given) });
    latest = answer.headers.get('position') ?? latest;
    return answer;
  };
  const statement = (month: string) =>
    officer.get<{ items: object[]; total: object }>(`${office.home}/fees/${month}`, {
      headers: { 'Read-After': latest },
    });

  beforeAll(async () => {
    office = await openOffice(backend);
    officer = await office.as('receiving-officer');
    for (const type of ['SCT.CKND', 'SCTDT.BS', 'SCT.BS']) await open(type);
  }, 60_000);
  afterAll(() => office.dispose());

  it('numbers each type by itself, with its own suffix, beside the others’ open books', async () => {
    const texts = [];
    for (const type of ['SCTDT.BS', 'SCT.BS', 'SCT.CKND', 'SCT.BS'])
      for (const document of [1, 2])
        texts.push(
          (await assign(type, { dossier: `${type}-${texts.length}`, document })).body.entry,
        );
    expect(texts.map(({ numberText }) => numberText)).toEqual([
      ...['001/ĐT', '002/ĐT', '001', '002', '001', '002', '003', '004'],
    ]);
    expect(texts.at(-1)).toMatchObject({
      citation: 'Số chứng thực: 004; quyển số: 01/2024-SCT/BS',
    });
  });

  it('narrows the list of books by type', async () => {
    const list = await officer.get<{ items: { type: string }[] }>(
      `${office.home}/books?type=SCT.CKND`,
      { headers: { 'Read-After': latest } },
    );
    expect(list.body.items.map(({ type }) => type)).toEqual(['SCT.CKND']);
  });

  it('tells a screen the columns of each type’s form', async () => {
    const { body } = await officer.get<{
      items: { code: string; firstNumber: string; forms: { columns: { label: string }[] }[] }[];
    }>('/v1/register-types');
    expect(body.items.map(({ code, firstNumber }) => [code, firstNumber])).toEqual([
      ['SCTDT.BS', '001/ĐT'],
      ['SCT.BS', '001'],
      ['SCT.CKND', '001'],
    ]);
    expect(body.items[2]?.forms[0]?.columns.map(({ label }) => label)).toContain(
      'Số bản dịch đã được chứng thực',
    );
  });

  it('records the fee of the tariff beside the officer’s own, and corrects it with the pages', async () => {
    const { body } = await assign('SCTDT.BS', { dossier: 'P-1', pages: 3, copies: 2, fee: 9000 });
    expect(body.entry).toMatchObject({ pages: 3, proposedFee: 10000, fee: 9000 });
    const path = `${office.home}/books/${books['SCTDT.BS'] ?? ''}/entries/3`;
    const noted = await officer.post<Made>(`${path}/correct`, {
      json: { note: 'Giảm phí', reason: 'Hộ nghèo' },
    });
    expect(noted.body.entry).toMatchObject({ proposedFee: 10000 });
    const corrected = await officer.post<Made>(`${path}/correct`, {
      json: { pages: 1, reason: 'Đếm nhầm trang' },
    });
    latest = corrected.headers.get('position') ?? latest;
    expect(corrected.body.entry).toMatchObject({ pages: 1, proposedFee: 4000, fee: 9000 });
    const row = await officer.get(path, { headers: { 'Read-After': latest } });
    expect(row.body).toMatchObject({ pages: 1, proposedFee: 4000 });
    expect(row.body['remarks']).toContain('Phí theo biểu phí (đồng): 10.000 → 4.000');
  });

  it('proposes to a screen what it would record', async () => {
    const asked = 'type=SCTDT.BS&pages=3&copies=2';
    const proposal = await officer.get(`/v1/fees/proposal?${asked}`);
    const source = 'Thông tư 226/2016/TT-BTC';
    expect(proposal.body).toEqual({ proposedFee: 10000, source });
    const before = await officer.get(`/v1/fees/proposal?${asked}&certifiedOn=2016-12-31`);
    expect(before.body).toEqual({ proposedFee: null, source: null });
    const refused = await officer.get('/v1/fees/proposal?type=SCT.X&pages=0&copies=1');
    expect(refused.status).toBe(422);
  });

  it('sums a month by type, voided numbers apart, and says by when it is remitted', async () => {
    const path = `${office.home}/books/${books['SCT.BS'] ?? ''}/entries/4/void`;
    const voided = await officer.post(path, { json: { reason: 'Rút hồ sơ' } });
    latest = voided.headers.get('position') ?? latest;
    const { body } = await statement('2024-05');
    const sums = { revoked: 0, feesThatDiffer: 0 };
    expect(body).toMatchObject({ month: '2024-05', remitBy: '2024-06-05' });
    expect(body.items).toEqual([
      expect.objectContaining({
        ...{ type: 'SCTDT.BS', matters: 3, copies: 6, fee: 49000, proposedFee: 4000 },
        ...{ withoutProposal: 2, feesThatDiffer: 1, voided: 0 },
      }),
      expect.objectContaining({
        ...{ ...sums, type: 'SCT.BS', matters: 3, copies: 6, fee: 60000, voided: 1 },
        ...{ proposedFee: 0, withoutProposal: 3 },
      }),
      expect.objectContaining({
        ...{ type: 'SCT.CKND', matters: 2, copies: 4, fee: 40000, proposedFee: 40000 },
        ...{ withoutProposal: 0, feesThatDiffer: 0, voided: 0 },
      }),
    ]);
    expect(body.total).toMatchObject({ matters: 8, copies: 16, fee: 149000, voided: 1 });
  });

  it('sums a year day by day and month by month, of all types, with what was corrected', async () => {
    const { body } = await officer.get<{ days: object[]; months: object[] }>(
      `${office.home}/figures/2024`,
      { headers: { 'Read-After': latest } },
    );
    const sums = { matters: 8, copies: 16, fee: 149000, voided: 1 };
    expect(body).toMatchObject({ year: 2024, total: sums, numbers: 9, corrections: 2 });
    expect(body.days).toEqual([expect.objectContaining({ day: '2024-05-10', ...sums })]);
    expect(body.months).toEqual([expect.objectContaining({ month: '2024-05', ...sums })]);
    const none = await officer.get(`${office.home}/figures/2023`);
    expect(none.body).toMatchObject({ days: [], months: [], numbers: 0, total: { matters: 0 } });
    expect((await officer.get(`${office.home}/figures/24`)).status).toBe(404);
  });

  it('has nothing of a month in which nothing was certified, and no month that is none', async () => {
    const { body } = await statement('2024-04');
    expect(body).toMatchObject({ items: [], total: { matters: 0, fee: 0 } });
    expect((await statement('2024-13')).status).toBe(404);
  });

  interface Sum {
    readonly matters: number;
    readonly fee: number;
    readonly results: readonly number[];
  }
  interface Report {
    readonly items: readonly (Sum & { readonly key: string; readonly label: string })[];
    readonly total: Sum;
  }
  const reported = (path: string, who = officer) =>
    who.get<Report>(path, { headers: { 'Read-After': latest } });

  it('reports a period as the statement has it, electronic copies apart, told apart as asked', async () => {
    const { body } = await reported(`${office.home}/reports/2024/05`);
    const { body: fees } = await statement('2024-05');
    expect(body.total).toMatchObject({ ...fees.total, results: [6, 6, 2] });
    const ways = ['type', 'book', 'signer', 'month'].map(async (by) => {
      const answer = await reported(`${office.home}/reports/2024/half-year?by=${by}`);
      expect(answer.body.total).toEqual(body.total);
      return answer.body.items.map(({ label }) => label);
    });
    expect(await Promise.all(ways)).toEqual([
      ['SCT/BS', 'SCT/CKND', 'SCTĐT/BS'],
      ['01/2024-SCT/BS', '01/2024-SCT/CKND', '01/2024-SCTĐT/BS'],
      ['Nguyễn Văn An, Phó Chủ tịch UBND'],
      ['Tháng 05/2024'],
    ]);
    expect((await reported(`${office.home}/reports/2024/05?by=fee`)).status).toBe(422);
    for (const wrong of ['2024/13', '24/05', '2024/quarter'])
      expect((await reported(`${office.home}/reports/${wrong}`)).status).toBe(404);
  });

  it('sums agencies for the auditor they are granted to, and for nobody else', async () => {
    const path = '/v1/reports/2024/full-year';
    const [every, own, other] = await Promise.all(
      [['*'], [office.agency], ['KHAC']].map((agencies) => office.as('auditor', { agencies })),
    );
    const { body: alone } = await reported(`${office.home}/reports/2024/full-year`);
    for (const who of [every, own]) {
      const { body } = await reported(`${path}?under=${office.agency}`, who);
      expect(body).toMatchObject({ items: [{ key: office.agency }], total: alone.total });
    }
    expect((await reported(path, other)).body.items).toEqual([]);
    expect((await reported(path)).status).toBe(403);
  });

  it('gives a report as a workbook, the same for the same figures', async () => {
    const path = `${office.home}/reports/2024/05/file?by=book`;
    const one = await officer.get<ArrayBuffer>(path);
    const two = await officer.get<ArrayBuffer>(path);
    expect(one.headers.get('content-disposition')).toMatch(/bao-cao-.*-2024-05-book\.xlsx/);
    const rows = await readSheet(Buffer.from(one.body));
    expect(rows.at(-1)).toEqual(['Cộng', 6, 6, 2, 8, 149000, 1, 0]);
    expect(rows.map(([label]) => label)).toContain('01/2024-SCTĐT/BS');
    expect(Buffer.from(two.body).equals(Buffer.from(one.body))).toBe(true);
  });

  it('shows an agency’s fees to nobody of another', async () => {
    const stranger = await office.as('receiving-officer', { agencies: ['KHAC'] });
    expect((await stranger.get(`${office.home}/fees/2024-05`)).status).toBe(403);
    expect((await stranger.get(`${office.home}/figures/2024`)).status).toBe(403);
  });
});
