import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { ProjectionRow, TaskRow } from '#client';
import { entryDocId, readTasks, registerEntries } from '#projections';
import { backends } from '../support/backends.ts';
import { guideBook, openOffice, paper, type Office, type Person } from '../support/office.ts';
import { removeDocument } from '../support/remove-document.ts';
import { until } from '../support/until.ts';

const reason = 'Theo biên bản kiểm tra ngày 10/05/2024';

describe.each(backends)('what operators do to read models over HTTP, on $name', (backend) => {
  let office: Office;
  let operator: Person;
  let entries: string;

  beforeAll(async () => {
    office = await openOffice(backend);
    operator = await office.as('operator', { agencies: ['*'] });
    const officer = await office.as('receiving-officer');
    const opened = await officer.post(`${office.home}/books`, { json: guideBook });
    entries = `${opened.headers.get('location')}/entries`;
    for (const document of [1, 2, 3]) await officer.post(entries, { json: paper({ document }) });
    await until(async () => (await rowOf('register_entries')).state === 'live');
  }, 60_000);

  afterAll(() => office.dispose());

  const rowOf = async (name: string): Promise<ProjectionRow> => {
    const { data } = await operator.portal.listProjections();
    const row = data.items.find((one) => one.name === name);
    if (!row) throw new Error(`${name} is not listed`);
    return row;
  };

  const ask = (kind: string, projections: readonly string[], headers = {}) =>
    operator.post<{ items: TaskRow[]; code?: string }>('/v1/projections/tasks', {
      json: { kind, projections, reason },
      headers,
    });

  /** The task, when it has come to its end. */
  async function endOf(name: string): Promise<TaskRow> {
    await until(async () => {
      const { task } = await rowOf(name);
      return task !== null && !['waiting', 'running', 'calling-off'].includes(task.state);
    });
    return (await rowOf(name)).task as TaskRow;
  }

  it('rebuilds all of them beside what is read, and says who wanted it and why', async () => {
    const { data } = await operator.portal.listProjections();
    const before = new Map(data.items.map(({ name, collection }) => [name, collection]));
    const { status, body, headers } = await ask('rebuild', [...before.keys()]);
    expect([status, body.items.length]).toEqual([202, before.size]);
    expect((await operator.get(headers.get('location') ?? '')).status).toBe(200);
    for (const name of before.keys()) {
      const { state, by, findings } = await endOf(name);
      expect([name, state, findings]).toEqual([name, 'done', null]);
      expect(by).toEqual({ account: 'operator.a', name: 'Người operator.a', reason });
      expect((await rowOf(name)).collection).not.toBe(before.get(name));
    }
    await until(async () => (await rowOf('register_entries')).state === 'live');
  });

  it('goes back to what was there before a rebuild, and not where nothing was', async () => {
    const { collection } = await rowOf('seal_list');
    await ask('rollback', ['seal_list']);
    expect((await endOf('seal_list')).state).toBe('done');
    expect((await rowOf('seal_list')).collection).not.toBe(collection);
  });

  it('finds what differs from the log, puts it right, and finds it equal', async () => {
    const { collection } = await rowOf('register_entries');
    const spec = { ...registerEntries, name: collection ?? '' };
    const bookId = entries.split('/').at(-2) ?? '';
    const register = { agency: office.agency, type: 'SCTDT.BS', year: 2024 };
    const lost = entryDocId(register, bookId, 2);
    await removeDocument(office.api.stores.readStore, spec, lost);
    await ask('verify', ['register_entries', 'book_list']);
    expect((await endOf('book_list')).findings).toMatchObject({ found: 0, left: 0 });
    const missing = [{ kind: 'missing', id: lost }];
    const verified = { documents: 3, found: 1, repaired: null, left: 1, differences: missing };
    expect((await endOf('register_entries')).findings).toMatchObject(verified);
    await ask('repair', ['register_entries']);
    await until(async () => (await rowOf('register_entries')).task?.kind === 'repair');
    const repaired = { found: 1, repaired: 1, left: 0, differences: missing };
    expect((await endOf('register_entries')).findings).toMatchObject(repaired);
    const { data } = await operator.portal.listProjectionTasks({ projection: 'register_entries' });
    expect(data.items.map(({ kind }) => kind)).toEqual(['repair', 'verify', 'rebuild']);
  });

  it('does what is asked twice under one key once, and refuses a second beside the first', async () => {
    const { readStore } = office.api.stores;
    const key = { 'Idempotency-Key': 'hai-lan' };
    const answers = await Promise.all([0, 1, 2].map(() => ask('verify', ['numbering'], key)));
    expect(answers.map(({ status }) => status)).toEqual([202, 202, 202]);
    const ids = answers.map(({ body }) => body.items[0]?.id);
    expect(new Set(ids).size).toBe(1);
    await endOf('numbering');
    await ask('rebuild', ['numbering']);
    const again = await ask('verify', ['numbering'], key);
    expect([again.status, again.body.items[0]?.id]).toEqual([202, ids[0]]);
    const other = await ask('verify', ['figures', 'numbering'], key);
    expect([other.status, other.body.code]).toEqual([422, 'IDEMPOTENCY_KEY_REUSED']);
    expect(
      (await readTasks(readStore, { ...registerEntries, name: 'numbering' })).past,
    ).toHaveLength(2);
    const others = await Promise.all(Array.from({ length: 8 }, () => ask('rebuild', ['figures'])));
    const codes = others.map(({ body }) => body.code);
    expect(codes.filter((code) => code === undefined)).toHaveLength(1);
    expect(codes.filter((code) => code === 'PROJECTION_BUSY')).toHaveLength(7);
    await endOf('figures');
    const { past } = await readTasks(readStore, { ...registerEntries, name: 'figures' });
    expect(past).toHaveLength(1);
  });

  it('calls off what waits, and says so where there is nothing', async () => {
    await endOf('proposals');
    const none = await operator.post('/v1/projections/proposals/call-off');
    expect([none.status, none.body['code']]).toEqual([409, 'NOTHING_TO_CALL_OFF']);
    await ask('rebuild', ['proposals']);
    const off = await operator.post('/v1/projections/proposals/call-off');
    // It may have been done before it could be called off.
    expect([200, 409]).toContain(off.status);
    const { state, calledOffBy } = await endOf('proposals');
    expect([state, calledOffBy]).toEqual(
      off.status === 200 ? ['called-off', 'operator.a'] : ['done', null],
    );
    expect((await rowOf('proposals')).rebuild).toBeNull();
  });

  it('refuses what cannot be, by field and by code', async () => {
    const wrong = await ask('explode', ['seals', 'seal_list', 'seal_list']);
    expect(wrong.status).toBe(422);
    const errors = (wrong.body as unknown as { errors: { field: string }[] }).errors;
    expect(errors.map(({ field }) => field).sort()).toEqual(['kind', 'projections']);
    const unsaid = await operator.post('/v1/projections/seal_list/retry', { json: {} });
    expect([unsaid.status, unsaid.body['field']]).toEqual([422, 'reason']);
    for (const decision of ['retry', 'skip']) {
      const path = `/v1/projections/seal_list/${decision}`;
      const { status, body } = await operator.post(path, { json: { reason } });
      expect([decision, status, body['code']]).toEqual([decision, 409, 'NOTHING_AT_FAULT']);
    }
    expect((await operator.get('/v1/projections/seals/tasks')).status).toBe(404);
  });

  it('leaves a record of whoever changed something', async () => {
    const auditor = await office.as('auditor', { agencies: ['*'] });
    const { body } = await auditor.get<{ items: { account: string; path: string }[] }>(
      '/v1/audit/access-records?kind=operation',
    );
    expect(body.items.length).toBeGreaterThan(5);
    const done = body.items.map(({ account, path }) => `${account} ${path}`);
    expect(done).toContain('operator.a /v1/projections/tasks');
  });
});
