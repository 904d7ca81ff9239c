import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { ReceiveDossierDto } from '#client';
import { backends } from '../support/backends.ts';
import {
  after,
  guideBook,
  openOffice,
  paper,
  type Answer,
  type Office,
  type Person,
} from '../support/office.ts';

interface Problem {
  readonly code: string;
  readonly field?: string;
  readonly current?: object;
}

/** A Friday. */
const DAY = '2024-05-10';

describe.each(backends)('dossiers and when they are due ($name)', (backend) => {
  let office: Office;
  let officer: Person;
  let book: string;
  let known = 0;

  beforeAll(async () => {
    office = await openOffice(backend, { CLOCK_NOW: `${DAY}T08:00:00+07:00` });
    officer = await office.as('receiving-officer');
    const json = { ...guideBook, closesOn: '2024-12-31' };
    book = (await officer.post(`${office.home}/books`, { json })).headers.get('location') ?? '';
  }, 60_000);
  afterAll(() => office.dispose());

  const unused = (): string => `H03.24-${(known += 1)}`;
  const receive = (given: Partial<ReceiveDossierDto> = {}, key?: string) =>
    officer.portal.receiveDossier(
      { agency: office.agency },
      { dossier: unused(), documents: 1, ...given },
      key === undefined ? {} : { key },
    );
  const assign = (dossier: string, document: number) =>
    officer.post(`${book}/entries`, { json: paper({ dossier, document }) });
  const row = async (dossier: string, seen: Answer | { readonly position: string | null }) => {
    const readAfter = 'headers' in seen ? seen.headers.get('position') : seen.position;
    const { agency } = office;
    return (await officer.portal.getDossier({ agency, dossier }, { readAfter })).data;
  };

  it('are due the same day, and the next working day when they come in after 15:00', async () => {
    const early = await receive();
    expect([early.status, early.data.dossier]).toEqual([
      201,
      expect.objectContaining({ dueAt: '2024-05-10T10:00:00.000Z', calendarKnown: true }),
    ]);
    const late = await receive({ receivedAt: '2024-05-09T15:00:01+07:00' });
    expect(late.data.dossier.dueAt).toBe('2024-05-10T10:00:00.000Z');
    const before = await receive({ receivedAt: '2024-05-09T15:00:00+07:00' });
    expect(before.data.dossier.dueAt).toBe('2024-05-09T10:00:00.000Z');
  });

  it('are received once: the same again is answered, other content shows what stands', async () => {
    const dossier = unused();
    const first = await receive({ dossier, requester: 'Lê Thị Cúc' }, 'dossier-key-1');
    const retried = await receive({ dossier, requester: 'Lê Thị Cúc' }, 'dossier-key-1');
    expect(retried.data.dossier).toEqual(first.data.dossier);
    const again = await receive({ dossier, requester: 'Lê Thị Cúc' });
    expect([again.status, again.data.repeated]).toEqual([200, true]);
    const refused = await officer.post<Problem>(`${office.home}/dossiers`, {
      json: { dossier, documents: 5 },
    });
    expect([refused.status, refused.body]).toMatchObject([
      409,
      { code: 'DOSSIER_EXISTS', current: { documents: 1, requester: 'Lê Thị Cúc' } },
    ]);
  });

  it('of two who receive one with other content at once, one is refused', async () => {
    const dossier = unused();
    const both = await Promise.all(
      [1, 2].map((documents) =>
        officer.post(`${office.home}/dossiers`, { json: { dossier, documents } }),
      ),
    );
    expect(both.map(({ status }) => status).sort()).toEqual([201, 409]);
  });

  it('are done when each of their documents has a number, voided ones too', async () => {
    const { data, position } = await receive({ documents: 2 });
    const { dossier } = data.dossier;
    expect(await row(dossier, { position })).toMatchObject({ status: 'due-today', numbered: 0 });
    const first = await assign(dossier, 1);
    expect(await row(dossier, first)).toMatchObject({ status: 'due-today', numbered: 1 });
    const path = first.headers.get('location') ?? '';
    const voided = await officer.post(`${path}/void`, { json: { reason: 'Không chứng thực' } });
    expect(await row(dossier, voided)).toMatchObject({ numbered: 1 });
    const last = await assign(dossier, 2);
    expect(await row(dossier, last)).toMatchObject({
      status: 'done',
      numbered: 2,
      settledAt: expect.any(String),
    });
  });

  it('may be received behind their numbers, and are in no list before', async () => {
    const dossier = unused();
    const given = await assign(dossier, 1);
    const none = await officer.get(`${office.home}/dossiers/${dossier}`, after(given));
    expect(none.status).toBe(404);
    const { position } = await receive({ dossier });
    expect(await row(dossier, { position })).toMatchObject({ status: 'done', numbered: 1 });
  });

  it('that are done late stay so, whatever is promised behind', async () => {
    const { data } = await receive({ receivedAt: '2024-05-09T09:00:00+07:00' });
    const { dossier } = data.dossier;
    const numbered = await assign(dossier, 1);
    expect(await row(dossier, numbered)).toMatchObject({ status: 'done-late' });
    const { agency } = office;
    const promised = { dueAt: '2024-05-13T10:00:00+07:00', reason: 'Nhiều trang' };
    const { position } = await officer.portal.extendDossier({ agency, dossier }, promised);
    expect(await row(dossier, { position })).toMatchObject({ status: 'done-late' });
  });

  it('are promised for later by an appointment, and listed by it', async () => {
    const { agency } = office;
    const { data } = await receive({ receivedAt: '2024-05-09T09:00:00+07:00' });
    const { dossier } = data.dossier;
    const late = { dueAt: '2024-05-14T10:00:00+07:00', reason: 'Nhiều trang' };
    const path = `${office.home}/dossiers/${dossier}/appointment`;
    const refused = await officer.post<Problem>(path, { json: late });
    expect([refused.status, refused.body]).toMatchObject([
      422,
      { code: 'APPOINTMENT_AGREEMENT', field: 'agreedInWriting' },
    ]);
    const { position } = await officer.portal.extendDossier(
      { agency, dossier },
      { ...late, agreedInWriting: true },
    );
    expect(await row(dossier, { position })).toMatchObject({
      status: 'waiting',
      firstDueAt: '2024-05-09T10:00:00.000Z',
      dueAt: '2024-05-14T03:00:00.000Z',
      agreedInWriting: true,
    });
  });

  it('are given back without certification, under any way to write their code', async () => {
    const { agency } = office;
    const dossier = `Hồ sơ/${unused()} – 100%`;
    await receive({ dossier: dossier.normalize('NFD') });
    const { position } = await officer.portal.returnDossier(
      { agency, dossier: `${dossier.normalize('NFD')}\u200b` },
      { reason: 'Bản chính bị tẩy xóa' },
    );
    expect(await row(dossier, { position })).toMatchObject({
      dossier,
      status: 'returned',
      returnReason: 'Bản chính bị tẩy xóa',
    });
  });

  it('are listed by how they stand now, soonest due first, found by code and requester', async () => {
    const { agency } = office;
    const overdue = unused();
    const { position: readAfter } = await receive({
      dossier: overdue,
      receivedAt: '2024-05-08T09:00:00+07:00',
      requester: 'Đặng Thị Ánh',
    });
    const list = async (query: object) =>
      (await officer.portal.listDossiers({ agency }, query, { readAfter })).data;
    const late = await list({ status: 'overdue', limit: 100 });
    expect(late.items[0]).toMatchObject({ dossier: overdue, statusLabel: 'Quá hạn' });
    expect(late.items.every(({ status }) => status === 'overdue')).toBe(true);
    const open = await list({ status: 'open', limit: 100 });
    const dues = open.items.map(({ dueAt }) => dueAt);
    expect(dues).toEqual([...dues].sort());
    expect(open.total).toBe(open.items.length);
    const found = await list({ search: 'dang anh' });
    expect(found.items.map(({ dossier }) => dossier)).toEqual([overdue]);
  });

  it('stand in the history of their code, beside their numbers, and as of any moment', async () => {
    const { agency } = office;
    const { data } = await receive();
    const { dossier } = data.dossier;
    const numbered = await assign(dossier, 1);
    const history = await officer.get<{ items: { type: string }[] }>(
      `${office.home}/history?dossier=${dossier}`,
      after(numbered),
    );
    expect(history.body.items.map(({ type }) => type)).toEqual([
      'DossierReceived',
      'EntryNumberAssigned',
    ]);
    const then = await officer.portal.dossierAsOf({ agency, dossier }, { revision: 0 });
    expect(then.data.state).toMatchObject({ state: 'received', documents: 1 });
  });

  it('of an agency that has ended are given back by its successor, who begins nothing there', async () => {
    const operator = await office.as('operator', { agencies: ['*'] });
    const [old, heir] = [`${office.agency}.CU`, `${office.agency}.MOI`];
    for (const code of [old, heir])
      await operator.post('/v1/agencies', { json: { code, name: 'UBND xã', level: 'commune' } });
    const at = `/v1/agencies/${old}/dossiers`;
    const before = await office.as('receiving-officer', { agencies: [old] });
    const received = await before.post(at, { json: { dossier: 'H03-1', documents: 1 } });
    expect(received.status).toBe(201);
    const reason = 'Sáp nhập';
    await operator.post(`/v1/agencies/${old}/retirement`, { json: { successor: heir, reason } });
    const after = await office.as('receiving-officer', { agencies: [heir] });
    const promised = { dueAt: '2024-05-13T10:00', reason };
    const answers = [
      await after.post<Problem>(at, { json: { dossier: 'H03-2', documents: 1 } }),
      await after.post<Problem>(`${at}/H03-1/appointment`, { json: promised }),
      await after.post<Problem>(`${at}/H03-1/return`, { json: { reason } }),
    ];
    expect(answers.map(({ status, body }) => [status, body.code])).toEqual([
      [409, 'AGENCY_RETIRED'],
      [409, 'AGENCY_RETIRED'],
      [200, undefined],
    ]);
  });

  it('are nobody else’s to see', async () => {
    await receive();
    const other = await office.as('receiving-officer', { agencies: ['BK-777'] });
    const { status } = await other.get(`${office.home}/dossiers`);
    expect(status).toBe(403);
  });
});
