import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { RecordMandateDto } from '#client';
import { backends } from '../support/backends.ts';
import { signature } from '../support/draw/index.ts';
import {
  after,
  form,
  openOffice,
  paper,
  refusalOf,
  type Office,
  type Person,
} from '../support/office.ts';

const DAY = '2025-11-03';
const BOOK = { name: '01/2025', firstNumber: 1, openedOn: '2025-10-01', closesOn: '2025-12-31' };
const DEPUTY = { certifierFullName: 'Nguyễn Văn An', certifierTitle: 'Phó Chủ tịch UBND' };
const KT = { ...DEPUTY, authority: 'KT.' } as const;

const mandate = (given: Partial<RecordMandateDto> = {}): RecordMandateDto => ({
  mandateKind: 'assignment',
  holderFullName: DEPUTY.certifierFullName,
  holderTitle: DEPUTY.certifierTitle,
  mandateIssuer: 'Chủ tịch UBND xã Thượng Minh',
  mandateNumber: '15/QĐ-UBND',
  issuedOn: '2025-10-30',
  validFrom: '2025-11-01',
  ...given,
});

describe.each(backends)('who certifies without being chairman ($name)', (backend) => {
  let office: Office;
  let officer: Person;
  let clerk: Person;
  let book: string;
  let dossiers = 0;

  beforeAll(async () => {
    office = await openOffice(backend, { CLOCK_NOW: `${DAY}T08:00:00+07:00` });
    [officer, clerk] = await Promise.all([office.as('receiving-officer'), office.as('clerk')]);
    const opened = await officer.post(`${office.home}/books`, { json: BOOK });
    book = opened.headers.get('location') ?? '';
  }, 60_000);
  afterAll(() => office.dispose());

  const assign = (given: object) =>
    officer.post<Assigned>(`${book}/entries`, {
      json: paper({ dossier: `H03-${(dossiers += 1)}`, ...given }),
    });
  const record = (given: Partial<RecordMandateDto> = {}, key?: string) => {
    const { agency } = office;
    return clerk.portal.recordMandate({ agency }, mandate(given), key === undefined ? {} : { key });
  };
  const recorded = async (given: Partial<RecordMandateDto> = {}) =>
    (await record(given)).data.mandate;

  interface Assigned {
    readonly code?: string;
    readonly detail?: string;
    readonly entry?: { readonly number: number; readonly mandate: object | null };
  }

  it('is refused until the clerk has recorded the document, with what is missing and what to do', async () => {
    const refused = await assign(KT);
    expect([refused.status, refused.body.code]).toEqual([409, 'MANDATE_MISSING']);
    expect(refused.body.detail).toContain('từ 01/11/2025 phải có văn bản ủy quyền, phân công');
    expect(refused.body.detail).toContain('Nguyễn Văn An, Phó Chủ tịch UBND');
    const need = () =>
      officer.portal.needMandate(
        { agency: office.agency },
        { type: 'SCTDT.BS', ...KT, certifiedOn: DAY },
      );
    expect((await need()).data).toMatchObject({ isNeeded: true, missing: refused.body.detail });
    const { id } = await recorded();
    expect((await need()).data).toMatchObject({ missing: null, mandate: { id } });
    const given = await assign(KT);
    expect([given.status, given.body.entry?.mandate]).toEqual([
      201,
      { id, mandateNumber: '15/QĐ-UBND', revision: 0 },
    ]);
    // What the refused one would have taken is the number given.
    expect(given.body.entry?.number).toBe(1);
  });

  it('stands on what was recorded with the number, whatever becomes of it later', async () => {
    const { id } = await recorded({ mandateNumber: '16/QĐ-UBND', holderTitle: 'Công chức' });
    const clerkOne = { ...KT, certifierTitle: 'Công chức' };
    const given = await assign(clerkOne);
    const path = `${book}/entries/${given.body.entry?.number}`;
    const ended = await clerk.post(`${office.home}/mandates/${id}/end`, {
      json: { reason: 'Phân công lại' },
    });
    expect(ended.body['mandate']).toMatchObject({ status: 'ended', endedOn: DAY });
    expect((await assign(clerkOne)).body.code).toBe('MANDATE_MISSING');
    // A day on which it was in force is still one, and no later number's day has come between.
    const row = await officer.get(path, after(ended));
    expect(row.body['mandate']).toMatchObject({ id });
    const corrected = await officer.post(`${path}/correct`, {
      json: { copies: 3, reason: 'Ghi sai' },
    });
    expect(corrected.body['entry']).toMatchObject({ copies: 3, mandate: { id } });
    const moved = await officer.post(`${path}/correct`, {
      json: { certifierFullName: 'Lê Văn Bình', reason: 'Ghi sai' },
    });
    expect([moved.status, moved.body['code']]).toEqual([409, 'MANDATE_MISSING']);
  });

  it('is asked of every document of a dossier, and stops none that needs nothing', async () => {
    const documents = [{ ...KT, certifierFullName: 'Lê Văn Bình' }, KT, DEPUTY].map((given, at) =>
      paper({ dossier: 'H03-BATCH', document: at + 1, ...given }),
    );
    const answer = await officer.post<{ items: { status: number; problem: Assigned | null }[] }>(
      `${book}/entries:batch`,
      { json: { documents } },
    );
    expect(answer.body.items.map(({ status, problem }) => [status, problem?.code])).toEqual([
      [409, 'MANDATE_MISSING'],
      [201, undefined],
      [201, undefined],
    ]);
  });

  it('is known by the account of the signature, where the mandate names one', async () => {
    const signer = { signerFullName: 'Phạm Văn Cường', signerTitle: 'Phó Chủ tịch UBND' };
    const fields = { name: 'Chữ ký', ...signer, authority: 'KT.' };
    for (const account of ['cuong', 'khac'])
      await (
        await office.as('certifier', { account })
      ).post(`${office.home}/signatures`, { form: form(fields, await signature()) });
    const holder = { holderFullName: signer.signerFullName, holderTitle: signer.signerTitle };
    const { id } = await recorded({ ...holder, holderAccount: 'cuong', mandateNumber: '17/QĐ' });
    const by = (account: string) =>
      assign({
        ...{ certifierFullName: undefined, certifierTitle: undefined },
        signature: { account },
      });
    expect((await by('cuong')).body.entry?.mandate).toMatchObject({ id });
    const refused = await by('khac');
    expect([refused.body.code, refused.body.detail]).toEqual([
      'MANDATE_MISSING',
      expect.stringContaining('tài khoản khác'),
    ]);
  });

  it('is recorded once under a key, and by nobody but the clerk', async () => {
    const [one, again] = [
      await record({ mandateNumber: '18/QĐ-UBND' }, 'mandate-18'),
      await record({ mandateNumber: '18/QĐ-UBND' }, 'mandate-18'),
    ];
    expect(again.data.mandate.id).toBe(one.data.mandate.id);
    expect([one.status, again.status]).toEqual([201, 201]);
    for (const role of ['receiving-officer', 'certifier', 'auditor', 'operator'] as const) {
      const person = await office.as(role);
      const asked = person.portal.recordMandate({ agency: office.agency }, mandate());
      expect((await refusalOf(asked)).code).toBe('FORBIDDEN');
    }
  });

  it('is listed by how it stands on a day, with its history and what it was at a moment', async () => {
    const { data, position } = await record({
      mandateNumber: '19/QĐ-UBND',
      mandateKind: 'delegation',
      validFrom: '2025-12-01',
      validTo: '2025-12-31',
      scope: ['SCT.BS', 'SCTDT.BS'],
    });
    const { id } = data.mandate;
    const { agency } = office;
    const numbers = async (query: { status?: never; on?: string }) =>
      (await officer.portal.listMandates({ agency }, query, { readAfter: position })).data.items
        .filter((one) => one.id === id)
        .map((one) => one.statusLabel);
    expect(await numbers({ status: 'not-yet' as never })).toEqual(['Chưa có hiệu lực']);
    expect(await numbers({ status: 'in-force' as never })).toEqual([]);
    expect(await numbers({ status: 'in-force' as never, on: '2025-12-31' })).toEqual([
      'Đang hiệu lực',
    ]);
    expect(await numbers({ status: 'over' as never, on: '2026-01-01' })).toEqual(['Hết thời hạn']);
    const { data: history } = await officer.portal.mandateHistory(
      { agency, id },
      {},
      { readAfter: position },
    );
    expect(history.items.map(({ label }) => label)).toEqual(['Ghi nhận ủy quyền, phân công']);
    const told = history.items[0]?.changes.map(({ label, to }) => [label, to]);
    expect(told).toContainEqual(['Phạm vi (loại chứng thực)', 'SCTĐT/BS, SCT/BS']);
    expect(told).toContainEqual(['Hình thức (ủy quyền, phân công)', 'Ủy quyền']);
    const then = await officer.portal.mandateAsOf({ agency, id }, { at: DAY });
    expect(then.data.state).toMatchObject({ mandateNumber: '19/QĐ-UBND', status: 'not-yet' });
    const all = await officer.portal.mandatesAsOf({ agency }, { at: DAY });
    expect(all.data.items).toContainEqual(expect.objectContaining({ id }));
  });

  it('cannot begin before its document, and a delegation has to end', async () => {
    const codes = async (given: Partial<RecordMandateDto>) => {
      const asked = clerk.portal.recordMandate({ agency: office.agency }, mandate(given));
      return (await refusalOf(asked)).code;
    };
    expect(await codes({ validFrom: '2025-10-29' })).toBe('MANDATE_BEFORE_ISSUE');
    expect(await codes({ mandateKind: 'delegation' })).toBe('REQUIRED');
    expect(await codes({ issuedOn: '2025-11-04' })).toBe('DATE_IN_FUTURE');
    expect(await codes({ scope: ['SCT.CK'] as never })).toBe('NOT_ALLOWED');
  });

  it('is needed for nothing that was certified before the law', async () => {
    const earlier = await officer.post(`${office.home}/books`, {
      json: { ...BOOK, type: 'SCT.BS' },
    });
    const path = earlier.headers.get('location') ?? '';
    const certified = (certifiedOn: string) =>
      officer.post<Assigned>(`${path}/entries`, {
        json: paper({ ...KT, certifierFullName: 'Không Có', dossier: certifiedOn, certifiedOn }),
      });
    expect((await certified('2025-10-31')).body.entry?.mandate).toBeNull();
    expect((await certified('2025-11-01')).body.code).toBe('MANDATE_MISSING');
  });
});
