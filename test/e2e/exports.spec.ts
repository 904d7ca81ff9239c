import { createHash } from 'node:crypto';
import { readdir, rm, utimes, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { parse } from 'csv-parse/sync';
import { backends } from '../support/backends.ts';
import { guideBook, openOffice, paper, type Office, type Person } from '../support/office.ts';
import { until } from '../support/until.ts';

interface Job {
  readonly id: string;
  readonly state: string;
  readonly revision: number;
  readonly rows: number;
  readonly sha256: string;
  readonly pages: number | null;
}

describe.each(backends)('a register on paper, over HTTP, on $name', (backend) => {
  let office: Office;
  let officer: Person;
  let certifier: Person;
  let bookId: string;
  let path: string;
  const exports = () => `${office.home}/exports`;

  const start = (json: object, key?: string) =>
    officer.post<Job>(exports(), {
      json: { of: '2024', format: 'csv', ...json },
      ...(key !== undefined && { headers: { 'idempotency-key': key } }),
    });
  const ended = async (id: string): Promise<Job> => {
    let job = (await officer.get<Job>(`${exports()}/${id}`)).body;
    await until(async () => {
      job = (await officer.get<Job>(`${exports()}/${id}`)).body;
      return !['waiting', 'running'].includes(job.state);
    });
    return job;
  };
  const printed = async (json: object): Promise<Job> => {
    const started = await start(json);
    expect([started.status, started.body]).toEqual([202, expect.anything()]);
    const job = await ended(started.body.id);
    expect(job).toMatchObject({ state: 'done' });
    return job;
  };
  const file = async (id: string): Promise<Buffer> => {
    const answer = await officer.get<ArrayBuffer>(`${exports()}/${id}/file`);
    const named = answer.headers.get('content-disposition');
    expect(named).toMatch(/^attachment; filename="so-[\w.-]+\.(pdf|xlsx|csv)"$/);
    expect(answer.status).toBe(200);
    return Buffer.from(answer.body);
  };
  const rowsOf = (bytes: Buffer): string[][] => parse(bytes, { bom: true, from: 2 });
  const listed = async (sha256: string): Promise<Record<string, unknown> | undefined> => {
    let found: Record<string, unknown> | undefined;
    await until(async () => {
      const { body } = await officer.get<{ items: Record<string, unknown>[] }>(exports());
      found = body.items.find((one) => one['sha256'] === sha256);
      return found !== undefined;
    });
    return found;
  };

  beforeAll(async () => {
    office = await openOffice(backend);
    officer = await office.as('receiving-officer');
    certifier = await office.as('certifier');
    const json = { ...guideBook, closesOn: '2024-12-31' };
    const opened = await officer.post<{ book: { bookId: string } }>(`${office.home}/books`, {
      json,
    });
    ({ bookId } = opened.body.book);
    path = `${office.home}/books/${bookId}`;
    for (const document of [1, 2, 3])
      await officer.post(`${path}/entries`, { json: paper({ document, pages: 1 }) });
  }, 60_000);
  afterAll(() => office.dispose());

  it('is printed while nobody waits, fetched, and known by its hash', async () => {
    const job = await printed({ of: bookId, format: 'pdf' });
    const bytes = await file(job.id);
    expect(bytes.subarray(0, 8).toString()).toBe('%PDF-1.7');
    expect(createHash('sha256').update(bytes).digest('hex')).toBe(job.sha256);
    expect(job).toMatchObject({ rows: 3, pages: 3 });
    expect(await listed(job.sha256)).toMatchObject({ id: job.id, bookId, revision: 3, rows: 3 });
  });

  it('is one job under one key, and no other thing under it', async () => {
    const [one, two] = await Promise.all([
      start({ of: bookId }, 'k-1'),
      start({ of: bookId }, 'k-1'),
    ]);
    expect([one.status, two.status]).toEqual([202, 202]);
    expect(one.body.id).toBe(two.body.id);
    await ended(one.body.id);
    const other = await start({ of: bookId, format: 'xlsx' }, 'k-1');
    expect([other.status, other.body]).toMatchObject([422, { code: 'IDEMPOTENCY_KEY_REUSED' }]);
    await ended((await start({ of: bookId, revision: 2 }, 'k-2')).body.id);
    const later = await start({ of: bookId, revision: 3 }, 'k-2');
    expect([later.status, later.body]).toMatchObject([422, { code: 'IDEMPOTENCY_KEY_REUSED' }]);
  });

  it('is the same bytes for the same moment, whatever came later, and says what did', async () => {
    const before = await printed({ of: bookId, format: 'pdf' });
    const csv = await printed({ of: bookId, format: 'csv' });
    const json = { requester: '=1+1', reason: 'Ghi sai' };
    await officer.post(`${path}/entries/1/correct`, { json });
    await officer.post(`${path}/entries/2/void`, { json: { reason: 'Rút hồ sơ' } });
    const after = await printed({ of: bookId, format: 'pdf' });
    expect(after.revision).toBe(before.revision + 2);
    expect(after.sha256).not.toBe(before.sha256);
    expect(after.pages).toBe(4);
    const again = await printed({ of: bookId, format: 'pdf', revision: before.revision });
    expect(again.sha256).toBe(before.sha256);
    expect(await file(again.id)).toEqual(await file(before.id));
    const asItWas = await printed({ of: bookId, format: 'csv', revision: csv.revision });
    expect(asItWas.sha256).toBe(csv.sha256);
    const since = { revision: before.revision };
    expect(await listed(after.sha256)).toMatchObject({ since });
    const [first, second] = rowsOf(await file((await printed({ of: bookId })).id));
    expect([first?.[2], second?.at(-1)]).toEqual(["'=1+1", 'Đã hủy số']);
  });

  it('is of a month or of the whole year, and of nothing else', async () => {
    expect(await printed({ of: '2024-05' })).toMatchObject({ rows: 3, month: '2024-05' });
    expect(await printed({ of: '2024-06' })).toMatchObject({ rows: 0 });
    const unseen = await printed({ of: ' 2024-\u200b06\u00ad' });
    expect(unseen).toMatchObject({ rows: 0, month: '2024-06' });
    expect(await printed({})).toMatchObject({ rows: 3, bookId: null, month: null });
    for (const json of [{ of: '2024-13' }, { of: '24' }, { of: 'mai' }, { of: '' }, { of: null }])
      expect((await start(json)).status).toBe(422);
  });

  it('is of nothing where there is no such book, register or revision', async () => {
    const nowhere = `SCTDT.BS-2024-${'0'.repeat(16)}`;
    expect((await start({ of: nowhere })).body).toMatchObject({ code: 'BOOK_NOT_FOUND' });
    expect((await start({ of: '2019' })).body).toMatchObject({ code: 'BOOK_NOT_FOUND' });
    expect((await start({ type: 'SCT.BS' })).body).toMatchObject({ code: 'BOOK_NOT_FOUND' });
    const ahead = await start({ revision: 99_999 });
    expect([ahead.status, ahead.body]).toMatchObject([404, { code: 'REVISION_NOT_FOUND' }]);
  });

  it('lists what was done after the closing, for ever', async () => {
    const json = { confirmedByFullName: 'Nguyễn Văn An', confirmedByTitle: 'Chủ tịch UBND' };
    expect((await officer.post(`${path}/close`, { json })).status).toBe(200);
    const closed = await printed({ of: bookId, format: 'pdf' });
    const decision = { decisionNumber: '12/QĐ-UBND', decisionDate: '2024-05-10' };
    const revoked = await certifier.post(`${path}/entries/3/revoke`, {
      json: { ...decision, reason: 'Bản chính giả' },
    });
    expect(revoked.status).toBe(200);
    const later = await printed({ of: bookId, format: 'pdf' });
    expect(later.pages).toBe(Number(closed.pages) + 1);
    const { since } = (await listed(later.sha256)) as { since: { text: string } };
    expect(since.text).toBe('khi khóa sổ ngày 10/05/2024');
    const again = await printed({ of: bookId, format: 'pdf', revision: closed.revision });
    expect(again.sha256).toBe(closed.sha256);
  });

  it('is called off where it is not done, and says so of one that is', async () => {
    const done = await printed({ of: bookId });
    const late = await officer.post<Job>(`${exports()}/${done.id}/cancel`);
    expect(late.body).toMatchObject({ state: 'done' });
    const started = await start({ of: bookId, format: 'pdf' });
    const canceled = await officer.post<Job>(`${exports()}/${started.body.id}/cancel`);
    expect(['canceled', 'done']).toContain(canceled.body.state);
    const job = await ended(started.body.id);
    expect(job.state).toBe(canceled.body.state);
    if (job.state === 'done') return;
    const none = await officer.get(`${exports()}/${job.id}/file`);
    expect([none.status, none.body]).toMatchObject([409, { code: 'EXPORT_NOT_READY' }]);
  });

  it('is fetched for some hours, and then known by its hash alone', async () => {
    const job = await printed({ of: bookId });
    await rm(join(office.dataDir, 'exports', `${job.id}.csv`));
    const gone = await officer.get(`${exports()}/${job.id}/file`);
    expect([gone.status, gone.body]).toMatchObject([410, { code: 'EXPORT_EXPIRED' }]);
    const old = await printed({ of: bookId });
    const lastWeek = new Date(Date.now() - 7 * 24 * 60 * 60 * 1000);
    await utimes(join(office.dataDir, 'exports', `${old.id}.csv`), lastWeek, lastWeek);
    expect((await officer.get(`${exports()}/${old.id}/file`)).status).toBe(410);
    expect(await listed(old.sha256)).toBeDefined();
  });

  it('is shown to nobody of another agency, and to nobody who guesses', async () => {
    const job = await printed({ of: bookId });
    const stranger = await office.as('receiving-officer', { agencies: ['KHAC'] });
    expect((await stranger.get(`${exports()}/${job.id}/file`)).status).toBe(403);
    expect((await stranger.get(`/v1/agencies/KHAC/exports/${job.id}`)).status).toBe(404);
    expect((await officer.get(`${exports()}/..%2f..%2fevents.db`)).status).toBe(404);
  });

  it('records who fetched it, and who printed it', async () => {
    const auditor = await office.as('auditor');
    const history = await auditor.get<{ items: { label: string }[] }>(
      `${office.home}/history?type=RegisterExported&limit=1`,
    );
    expect(history.body.items[0]?.label).toBe('In, xuất sổ');
    await until(async () => {
      const records = await auditor.get<{ items: { kind: string; path: string }[] }>(
        `${office.home}/access-records?limit=100`,
      );
      return records.body.items.some(({ kind }) => kind === 'file');
    });
  });

  it('goes on being told after a restart', async () => {
    const job = await printed({ of: bookId });
    const old = join(office.dataDir, 'exports', 'old.pdf');
    await writeFile(old, '%PDF');
    await utimes(old, new Date(0), new Date(0));
    await office.restart();
    await until(async () => !(await readdir(dirname(old))).includes('old.pdf'));
    expect((await officer.get<Job>(`${exports()}/${job.id}`)).body).toMatchObject({
      state: 'done',
      sha256: job.sha256,
    });
    expect((await file(job.id)).length).toBeGreaterThan(0);
    expect(await listed(job.sha256)).toMatchObject({ sha256: job.sha256, bookId });
  });

  it('is printed as it was under a key spent long ago, and no other thing under it', async () => {
    const first = await ended((await start({ of: '2024' }, 'k-3')).body.id);
    expect(first).toMatchObject({ state: 'done' });
    const decision = { decisionNumber: '13/QĐ-UBND', decisionDate: '2024-05-10' };
    const json = { ...decision, reason: 'Bản chính giả' };
    expect((await certifier.post(`${path}/entries/1/revoke`, { json })).status).toBe(200);
    // The job is forgotten by now; what went out under its key is not.
    await office.restart({ CLOCK_NOW: '2024-05-13T08:00:00+07:00' });
    const other = await start({ of: '2024', format: 'xlsx' }, 'k-3');
    expect([other.status, other.body]).toMatchObject([422, { code: 'IDEMPOTENCY_KEY_REUSED' }]);
    const { status, body } = await start({ of: '2024' }, 'k-3');
    expect([status, body.id]).toEqual([202, first.id]);
    const again = await ended(first.id);
    const { state, revision, sha256 } = first;
    expect(again).toMatchObject({ state, revision, sha256 });
  });
});
