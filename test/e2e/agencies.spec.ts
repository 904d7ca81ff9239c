import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { backends, type Backend, type Env } from '../support/backends.ts';
import { seal } from '../support/draw/index.ts';
import {
  after,
  form,
  guideBook,
  openOffice,
  paper,
  type Answer,
  type Office,
  type Person,
} from '../support/office.ts';
import { expectOnePartitionForEachDocument } from '../support/one-partition.ts';
import { until } from '../support/until.ts';

interface Items {
  readonly items: readonly Record<string, unknown>[];
  readonly total: number;
}
type Body = Record<string, unknown>;
const said = ({ status, body }: Answer): unknown[] => [status, body['code']];

/** The one agency of an office ends; the other takes over. Codes are new, so that servers can be shared. */
const of = (office: Office, suffix: string): string => `${office.agency}.${suffix}`;
const home = (code: string): string => `/v1/agencies/${code}`;
const book2024 = { ...guideBook, closesOn: '2024-12-31' };
const confirmed = { confirmedByFullName: 'Nguyễn Văn An', confirmedByTitle: 'Chủ tịch UBND' };

/** Registers an agency, and answers the operator who did. */
async function registered(
  office: Office,
  code: string,
  { name = 'UBND xã Thượng Minh', level = 'commune' } = {},
): Promise<Person> {
  const operator = await office.as('operator', { agencies: ['*'] });
  const made = await operator.post('/v1/agencies', { json: { code, name, level } });
  expect(made.status).toBe(201);
  return operator;
}

async function openedBook(officer: Person, code: string, json: object): Promise<string> {
  const opened = await officer.post(`${home(code)}/books`, { json });
  expect([opened.status, opened.body['code']]).toEqual([201, undefined]);
  return opened.headers.get('location') ?? '';
}

/** An office of its own that takes commands from registered agencies only. */
async function withOffice(
  backend: Backend,
  env: Env,
  work: (office: Office) => Promise<void>,
): Promise<void> {
  const office = await openOffice(backend, env);
  try {
    await work(office);
  } finally {
    await office.dispose();
  }
}

describe.each(backends)('agencies, over HTTP, on $name', (backend) => {
  let office: Office;
  let operator: Person;

  beforeAll(async () => {
    office = await openOffice(backend);
    operator = await office.as('operator', { agencies: ['*'] });
  }, 60_000);

  afterAll(() => office.dispose());

  it('are registered once, renamed, moved to another level, and found in the list', async () => {
    const code = of(office, 'LIST');
    const json = { code, name: 'UBND xã Quảng Khê', level: 'commune' };
    const made = await operator.post<Body>('/v1/agencies', { json });
    expect([made.status, made.headers.get('location')]).toEqual([201, home(code)]);
    expect(made.body['agency']).toMatchObject({
      ...json,
      levelLabel: 'Xã',
      stateLabel: 'Đang hoạt động',
      takesCommands: true,
    });
    expect((await operator.post('/v1/agencies', { json })).status).toBe(200);
    const taken = await operator.post('/v1/agencies', { json: { ...json, name: 'Khác' } });
    expect(said(taken)).toEqual([409, 'AGENCY_EXISTS']);

    const details = await operator.get<Body>(home(code), after(made));
    const tag = details.headers.get('etag') ?? '';
    const change = { name: 'UBND phường Quảng Khê', level: 'province', reason: 'Nghị quyết' };
    const headers = { 'if-match': tag };
    const edited = await operator.patch<Body>(home(code), { json: change, headers });
    expect([edited.status, edited.headers.get('etag')]).toEqual([200, '"2"']);
    const stale = await operator.patch(home(code), { json: { ...change, name: 'B' }, headers });
    expect(said(stale)).toEqual([412, 'CONFLICT']);

    const asked = `search=${code.toLowerCase()}&level=province&state=active&sort=-name&limit=1`;
    const list = await operator.get<Items>(`/v1/agencies?${asked}`, after(edited));
    expect(list.body.items).toEqual([
      expect.objectContaining({
        code,
        name: 'UBND phường Quảng Khê',
        levelLabel: 'Tỉnh',
        revision: 2,
      }),
    ]);
    expect(list.body.items[0]).not.toHaveProperty('agency');
    const byName = await operator.get<Items>(`/v1/agencies?search=phuong%20quang%20khe`);
    expect(byName.body.items.map((row) => row['code'])).toContain(code);
  });

  it('are listed in Vietnamese order, whichever form and case they were written in', async () => {
    const names = ['X', 'đặng', 'Trần', 'Ơn', 'An', 'BÌNH', 'Ân'.normalize('NFD')];
    for (const [at, name] of names.entries()) {
      const json = { code: of(office, `NAMES-${at}`), name: `${name} xa`, level: 'commune' };
      const made = await operator.post('/v1/agencies', { json });
      expect(made.status).toBe(201);
      await operator.get(home(json.code), after(made));
    }
    const asked = `/v1/agencies?search=${of(office, 'NAMES').toLowerCase()}&limit=100`;
    const inOrder = async (sort: string): Promise<unknown[]> => {
      const { body } = await operator.get<Items>(`${asked}&sort=${sort}`);
      expect(body.items[0]).not.toHaveProperty('nameOrder');
      return body.items.map(({ name }) => String(name).replace(/ xa$/, ''));
    };
    const wanted = ['An', 'Ân', 'BÌNH', 'đặng', 'Ơn', 'Trần', 'X'];
    expect(await inOrder('name')).toEqual(wanted);
    expect(await inOrder('-name')).toEqual(wanted.toReversed());
  });

  it('refuse what is no agency with the field and the remedy', async () => {
    const code = of(office, 'BAD');
    const good = { code, name: 'UBND xã A', level: 'commune' };
    const refused = async (json: object) => {
      const { status, body } = await operator.post<Body>('/v1/agencies', { json });
      return [status, body['code'], body['field']];
    };
    expect(await refused({ ...good, code: 'bk-1' })).toEqual([422, 'AGENCY_CODE', 'code']);
    expect(await refused({ ...good, level: 'ward' })).toEqual([422, 'NOT_ALLOWED', 'level']);
    expect(await refused({ ...good, name: undefined })).toEqual([422, 'REQUIRED', 'name']);
    expect(await refused({ ...good, phone: '1' })).toEqual([422, 'UNKNOWN_FIELD', 'phone']);
    const unknown = { name: 'A', reason: 'B' };
    expect(said(await operator.patch(home(code), { json: unknown }))).toEqual([
      404,
      'AGENCY_NOT_FOUND',
    ]);
    expect(said(await operator.get(home(code)))).toEqual([404, 'NOT_FOUND']);
    const unsorted = await operator.get<Body>('/v1/agencies?sort=registeredAt');
    expect(said(unsorted)).toEqual([422, 'NOT_ALLOWED']);
    expect(unsorted.body['detail']).toContain('Các cột: code, name.');
  });

  it('are kept by operators within their grant, read by everyone, and known to auditors change by change', async () => {
    const code = of(office, 'RIGHTS');
    await registered(office, code);
    const local = await office.as('operator', { account: 'op.local', agencies: [code] });
    const json = { code: of(office, 'OTHER'), name: 'Khác', level: 'commune' };
    expect(said(await local.post('/v1/agencies', { json }))).toEqual([403, 'FORBIDDEN']);
    const ending = { successor: office.agency, reason: 'Sáp nhập' };
    expect(said(await local.post(`${home(code)}/retirement`, { json: ending }))).toEqual([
      403,
      'FORBIDDEN',
    ]);
    const renamed = await local.patch(home(code), { json: { name: 'Tên mới', reason: 'NQ 1' } });
    expect(renamed.status).toBe(200);

    for (const role of ['receiving-officer', 'certifier', 'clerk', 'auditor'] as const) {
      const person = await office.as(role, { agencies: [code] });
      const again = { code, name: 'Tên khác', level: 'commune' };
      expect(said(await person.post('/v1/agencies', { json: again }))).toEqual([403, 'FORBIDDEN']);
      const name = { json: { name: 'X', reason: 'Y' } };
      expect(said(await person.patch(home(code), name))).toEqual([403, 'FORBIDDEN']);
      const end = { json: { reason: 'Y' } };
      expect(said(await person.post(`${home(code)}/retirement`, end))).toEqual([403, 'FORBIDDEN']);
      expect((await person.get(home(code), after(renamed))).status).toBe(200);
    }
    for (const path of ['books', 'signatures', 'seals', 'history']) {
      expect(said(await operator.get(`${home(code)}/${path}`))).toEqual([403, 'FORBIDDEN']);
    }
    const auditor = await office.as('auditor', { agencies: ['*'] });
    const changes = await auditor.get<Items>(`${home(code)}/changes`, after(renamed));
    expect(changes.body.items).toEqual([
      expect.objectContaining({ label: 'Đăng ký cơ quan', role: 'operator', subject: code }),
      expect.objectContaining({
        label: 'Đổi tên cơ quan',
        reason: 'NQ 1',
        account: 'op.local',
        changes: [
          {
            field: 'name',
            label: 'Tên cơ quan',
            from: 'UBND xã Thượng Minh',
            to: 'Tên mới',
            fromText: 'UBND xã Thượng Minh',
            toText: 'Tên mới',
          },
        ],
      }),
    ]);
    const first = await auditor.get<Body>(`${home(code)}/as-of?revision=0`);
    expect(first.body['state']).toMatchObject({ name: 'UBND xã Thượng Minh', state: 'active' });
  });

  describe('one that is retired with a successor', () => {
    let old: string;
    let next: string;
    let book: string;
    let sealId: string;
    let people: Record<'officer' | 'clerk' | 'heir' | 'heirCertifier' | 'stranger', Person>;

    beforeAll(async () => {
      [old, next] = [of(office, 'OLD'), of(office, 'NEW')];
      await registered(office, old);
      await registered(office, next, { name: 'UBND xã Ba Bể' });
      people = {
        officer: await office.as('receiving-officer', { agencies: [old] }),
        clerk: await office.as('clerk', { agencies: [old] }),
        heir: await office.as('receiving-officer', { account: 'heir', agencies: [next] }),
        heirCertifier: await office.as('certifier', { account: 'heir.c', agencies: [next] }),
        stranger: await office.as('receiving-officer', { agencies: [of(office, 'ELSE')] }),
      };
      book = await openedBook(people.officer, old, book2024);
      for (const document of [1, 2, 3]) {
        await people.officer.post(`${book}/entries`, { json: paper({ document }) });
      }
      const made = await people.clerk.post<Body>(`${home(old)}/seals`, {
        form: form({ name: 'Con dấu cơ quan' }, await seal()),
      });
      sealId = String(made.body['id']);
    }, 60_000);

    it('is no business of the successor before', async () => {
      expect(said(await people.heir.get(book))).toEqual([403, 'FORBIDDEN']);
    });

    it('ends with a reason, on a day that has come, in favour of another that acts', async () => {
      const end = (json: object) => operator.post(`${home(old)}/retirement`, { json });
      const reason = 'Sáp nhập xã';
      expect(said(await end({ successor: old, reason }))).toEqual([422, 'SUCCESSOR_SELF']);
      const unknown = { successor: of(office, 'NONE'), reason };
      expect(said(await end(unknown))).toEqual([422, 'SUCCESSOR_NOT_FOUND']);
      expect(said(await end({ successor: next }))).toEqual([422, 'REASON']);
      const early = { successor: next, reason, retiredOn: '2024-05-11' };
      expect(said(await end(early))).toEqual([422, 'DATE_IN_FUTURE']);

      const ended = await end({ successor: next, reason });
      expect(ended.status).toBe(200);
      expect(ended.body['agency']).toMatchObject({
        state: 'retired',
        stateLabel: 'Đã ngừng hoạt động',
        takesCommands: false,
        successor: next,
        retiredOn: '2024-05-10',
      });
      const repeated = await end({ successor: next, reason });
      expect([repeated.status, repeated.headers.get('etag')]).toEqual([
        200,
        ended.headers.get('etag'),
      ]);
      const heir = await operator.get<Body>(home(next), after(ended));
      expect(heir.body).toMatchObject({ predecessors: [old], state: 'active', revision: 1 });
      const back = { successor: old, reason };
      expect(said(await operator.post(`${home(next)}/retirement`, { json: back }))).toEqual([
        409,
        'SUCCESSOR_CYCLE',
      ]);
      const late = { successor: old, reason };
      const third = of(office, 'THIRD');
      await registered(office, third);
      expect(said(await operator.post(`${home(third)}/retirement`, { json: late }))).toEqual([
        409,
        'SUCCESSOR_RETIRED',
      ]);
    });

    it('takes no command any more, whoever of it asks, with a text that says where to go', async () => {
      const { officer, clerk } = people;
      const certifier = await office.as('certifier', { agencies: [old] });
      const reason = 'x';
      const signer = { name: 'Chữ ký', signerFullName: 'A', signerTitle: 'B' };
      const decision = { decisionNumber: '1', decisionDate: '2024-05-10', reason };
      const refused = await Promise.all([
        officer.post(`${home(old)}/books`, { json: { ...book2024, name: '02/2024' } }),
        officer.patch(book, { json: { closesOn: '2024-12-30' } }),
        officer.post(`${book}/discard`, { json: { reason } }),
        officer.post(`${book}/close`, { json: confirmed }),
        officer.post(`${book}/entries`, { json: paper({ document: 9 }) }),
        officer.post(`${book}/entries/1/correct`, { json: { requester: 'A', reason } }),
        officer.post(`${book}/entries/1/void`, { json: { reason } }),
        certifier.post(`${book}/entries/1/revoke`, { json: decision }),
        certifier.post(`${home(old)}/signatures`, { form: form(signer, await seal()) }),
        clerk.post(`${home(old)}/seals`, { form: form({ name: 'Mới' }, await seal()) }),
        clerk.patch(`${home(old)}/seals/${sealId}`, { form: form({ name: 'Mới' }) }),
        clerk.post(`${home(old)}/seals/${sealId}/revoke`, { json: { reason } }),
        operator.patch(home(old), { json: { name: 'A', reason } }),
      ]);
      expect(refused.map(said)).toEqual(refused.map(() => [409, 'AGENCY_RETIRED']));
      expect(refused[0].body['detail']).toContain(`đã ngừng hoạt động từ 10/05/2024`);
      expect(refused[0].body['detail']).toContain(next);
    });

    it('still answers a document asked again with the number it had', async () => {
      const again = await people.officer.post<Body>(`${book}/entries`, { json: paper() });
      expect([again.status, again.body['entry']]).toEqual([
        200,
        expect.objectContaining({ numberText: '001/ĐT' }),
      ]);
    });

    it('stays readable to its own people and to the successor’s, and to nobody else', async () => {
      const { officer, heir, heirCertifier, stranger } = people;
      const auditor = await office.as('auditor', { agencies: [next] });
      const paths = [
        `${home(old)}/books`,
        book,
        `${book}/entries`,
        `${book}/entries/1`,
        `${home(old)}/signatures`,
        `${home(old)}/seals`,
        `${home(old)}/seals/${sealId}/image?variant=thumbnail`,
        `${home(old)}/history`,
        `${book}/history`,
        `${book}/as-of?revision=0`,
        `${home(old)}/changes`,
      ];
      for (const path of paths) {
        const seen = await Promise.all(
          [officer, heir, heirCertifier, auditor, stranger].map((one) => one.get(path)),
        );
        expect([path, seen.map(({ status }) => status)]).toEqual([path, [200, 200, 200, 200, 403]]);
      }
      expect(said(await operator.get(book))).toEqual([403, 'FORBIDDEN']);
    });

    it('is finished by the successor: corrected, voided, revoked, closed, and nothing begun', async () => {
      const { heir, heirCertifier } = people;
      const begun = await Promise.all([
        heir.post(`${book}/entries`, { json: paper({ document: 9 }) }),
        heir.post(`${home(old)}/books`, { json: { ...book2024, name: '02/2024' } }),
        heir.patch(book, { json: { closesOn: '2024-12-30' } }),
        heir.post(`${book}/discard`, { json: { reason: 'x' } }),
      ]);
      expect(begun.map(said)).toEqual(begun.map(() => [409, 'AGENCY_RETIRED']));
      const corrected = await heir.post(`${book}/entries/1/correct`, {
        json: { requester: 'Lê Thị Cúc Hoa', reason: 'Ghi sai họ tên' },
      });
      const voided = await heir.post(`${book}/entries/2/void`, { json: { reason: 'Rút hồ sơ' } });
      const revoked = await heirCertifier.post(`${book}/entries/3/revoke`, {
        json: { decisionNumber: '12/QĐ', decisionDate: '2024-05-10', reason: 'Bản chính giả' },
      });
      const closed = await heir.post<Body>(`${book}/close`, { json: confirmed });
      expect([corrected, voided, revoked, closed].map(({ status }) => status)).toEqual([
        200, 200, 200, 200,
      ]);
      expect(closed.body['book']).toMatchObject({ agency: old, statusLabel: 'Đã khóa' });
      const history = await heir.get<Items>(`${book}/history?limit=100`, after(closed));
      const acts = history.body.items.map((row) => [
        row['type'],
        row['agency'],
        row['actorAgency'],
      ]);
      expect(acts.slice(4)).toEqual([
        ['EntryCorrected', old, next],
        ['EntryNumberVoided', old, next],
        ['CertificationRevoked', old, next],
        ['BookClosed', old, next],
      ]);
    });

    it('leaves the successor’s own register to count from 1', async () => {
      const own = await openedBook(people.heir, next, book2024);
      const first = await people.heir.post<Body>(`${own}/entries`, { json: paper() });
      expect([first.status, first.body['entry']]).toEqual([
        201,
        expect.objectContaining({ numberText: '001/ĐT' }),
      ]);
    });

    it('passes on along the chain: the last successor acts, the one between only reads', async () => {
      const last = of(office, 'LAST');
      await registered(office, last);
      const json = { successor: last, reason: 'Sáp nhập lần hai' };
      expect((await operator.post(`${home(next)}/retirement`, { json })).status).toBe(200);
      const heir = await office.as('receiving-officer', { account: 'last', agencies: [last] });
      const note = { note: 'Xem sổ mới', reason: 'Ghi chú' };
      const path = `${book}/entries/1/correct`;
      expect((await heir.post(path, { json: note })).status).toBe(200);
      // Who belongs to both, as people do in the weeks of a merger, acts as one of the successor.
      const both = await office.as('receiving-officer', { account: 'both', agencies: [old, last] });
      const noted = await both.post(path, { json: { ...note, note: 'Xem sổ mới, số 1' } });
      expect(noted.status).toBe(200);
      expect((await people.heir.get(book)).status).toBe(200);
      const between = await people.heir.post(path, { json: { ...note, note: 'Khác' } });
      expect(said(between)).toEqual([409, 'AGENCY_RETIRED']);
    });

    it('is all there still after a restart', async () => {
      await office.restart();
      expect(said(await people.officer.post(`${home(old)}/books`, { json: book2024 }))).toEqual([
        409,
        'AGENCY_RETIRED',
      ]);
      expect((await people.heir.get(book)).status).toBe(200);
    });
  });

  it('that nobody registered works by default, and not where AGENCIES is registered', async () => {
    const officer = await office.as('receiving-officer');
    await openedBook(officer, office.agency, book2024);
    await withOffice(backend, { AGENCIES: 'registered' }, async (strict) => {
      const clerk = await strict.as('receiving-officer');
      const json = book2024;
      const before = await clerk.post(`${strict.home}/books`, { json });
      expect(said(before)).toEqual([404, 'AGENCY_NOT_FOUND']);
      await registered(strict, strict.agency);
      await openedBook(clerk, strict.agency, book2024);
    });
  }, 60_000);

  it('of the level district take commands until the end of 30/06/2025 in Việt Nam, and are read after', async () => {
    const book2025 = {
      name: '01/2025',
      firstNumber: 1,
      openedOn: '2025-06-30',
      closesOn: '2025-12-31',
    };
    const data = await openOffice(backend, { CLOCK_NOW: '2025-06-30T08:00:00+07:00' });
    try {
      const code = of(data, 'H');
      await registered(data, code, { name: 'UBND huyện Ba Bể', level: 'district' });
      const officer = await data.as('receiving-officer', { agencies: [code] });
      const book = await openedBook(officer, code, book2025);
      const before = await officer.post<Body>(`${book}/entries`, { json: paper() });
      expect(before.status).toBe(201);

      await data.restart({ CLOCK_NOW: '2025-07-01T00:00:00+07:00' });
      const number = await officer.post(`${book}/entries`, { json: paper({ document: 2 }) });
      expect(said(number)).toEqual([409, 'AGENCY_DISTRICT_ENDED']);
      expect(number.body['detail']).toContain('30/06/2025');
      const close = await officer.post(`${book}/close`, { json: confirmed });
      expect(said(close)).toEqual([409, 'AGENCY_DISTRICT_ENDED']);
      // A follower that has just started may still be making its collections ready.
      const entries = () => officer.get<Items>(`${book}/entries`, after(before));
      await until(async () => (await entries()).body.total === 1);

      const next = of(data, 'X');
      const operator = await registered(data, next);
      const list = await operator.get<Body>(home(code), after(before));
      expect(list.body).toMatchObject({ state: 'active', takesCommands: false });
      const into = { json: { successor: code, reason: 'Nhập ngược' } };
      expect(said(await operator.post(`${home(next)}/retirement`, into))).toEqual([
        409,
        'SUCCESSOR_DISTRICT',
      ]);
      const json = { successor: next, reason: 'Kết thúc cấp huyện', retiredOn: '2025-07-01' };
      expect((await operator.post(`${home(code)}/retirement`, { json })).status).toBe(200);
      const heir = await data.as('receiving-officer', { agencies: [next] });
      expect((await heir.post(`${book}/close`, { json: confirmed })).status).toBe(200);
    } finally {
      await data.dispose();
    }
  }, 60_000);
});

describe('ops agencies import', () => {
  const root = fileURLToPath(new URL('../..', import.meta.url));
  let office: Office;

  beforeAll(async () => {
    const [embedded] = backends;
    if (!embedded) throw new Error('no backend');
    office = await openOffice(embedded, { CLOCK_NOW: '2025-07-02T08:00:00+07:00' });
  }, 60_000);

  afterAll(() => office.dispose());

  /** The command line as a process of its own, on the running service's log. */
  async function importing(file: string): Promise<{ status: number | null; lines: string[] }> {
    const loader = ['--conditions=source', '--import', './test/support/run-ts.mjs'];
    const args = ['agencies', 'import', file, '--account', 'op.import'];
    const { PATH = '', HOME = '' } = process.env;
    const env = { PATH, HOME, DATA_DIR: office.dataDir, CLOCK_NOW: '2025-07-02T08:00:00+07:00' };
    const child = spawn(process.execPath, [...loader, 'apps/ops/main.ts', ...args], {
      cwd: root,
      env,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let text = '';
    child.stdout.on('data', (chunk: Buffer) => (text += chunk.toString()));
    child.stderr.on('data', (chunk: Buffer) => (text += chunk.toString()));
    await once(child, 'close');
    return { status: child.exitCode, lines: text.trim().split('\n') };
  }

  it('loads the sample beside the running service, and skips all of it the second time', async () => {
    const sample = 'apps/ops/samples/agencies.csv';
    const first = await importing(sample);
    expect([first.status, first.lines.at(-1)]).toEqual([0, '12 made, 0 skipped, 0 refused']);
    const second = await importing(sample);
    expect([second.status, second.lines.at(-1)]).toEqual([0, '0 made, 12 skipped, 0 refused']);
    const operator = await office.as('operator', { agencies: ['*'] });
    // The last event of the load is some agency's; a change behind it tells when all of it is read.
    const json = { name: 'UBND xã Chợ Rã mới', reason: 'Kiểm tra' };
    const behind = await operator.patch(home('BK-003'), { json });
    const list = await operator.get<Items>('/v1/agencies?limit=100', after(behind));
    expect(list.body.total).toBe(12);
    const heir = list.body.items.find((row) => row['code'] === 'BK-003');
    expect(heir?.['predecessors']).toEqual(['BK-H01', 'BK-X04']);
    const auditor = await office.as('auditor', { agencies: ['*'] });
    const changes = await auditor.get<Items>(`${home('BK-H01')}/changes`);
    expect(changes.body.items.map((row) => [row['type'], row['account']])).toEqual([
      ['AgencyRegistered', 'op.import'],
      ['AgencyRetired', 'op.import'],
    ]);
  }, 60_000);

  it('goes on past what it refuses, names each, and ends with status 1', async () => {
    const file = join(office.dataDir, 'agencies.json');
    const rows = [
      { code: 'BK-001', name: 'Tên khác', level: 'commune' },
      { code: 'Z1', name: 'UBND xã Z1', level: 'commune', successor: 'Z2', reason: 'Sáp nhập' },
      { code: 'Z2', name: 'UBND xã Z2', level: 'xã', successor: 'Z3', reason: 'Sáp nhập' },
      { code: 'Z3', name: 'UBND xã Z3', level: 'xã' },
      { code: 'Z4', name: 'UBND xã Z4', level: 'xã', successor: 'Z5', reason: 'Vòng' },
      { code: 'Z5', name: 'UBND xã Z5', level: 'xã', successor: 'Z4', reason: 'Vòng' },
      { code: 'Z6', level: 'xã' },
    ];
    await writeFile(file, JSON.stringify(rows));
    const { status, lines } = await importing(file);
    const outcomes = lines.slice(2, -1).map((line) => line.split(/ {2,}/).slice(0, 3));
    expect(outcomes).toEqual([
      ['item 1', 'BK-001', 'refused'],
      ['item 2', 'Z1', 'made'],
      ['item 3', 'Z2', 'made'],
      ['item 4', 'Z3', 'made'],
      ['item 5', 'Z4', 'made'],
      ['item 6', 'Z5', 'refused'],
      ['item 7', 'Z6', 'refused'],
    ]);
    expect(lines.join('\n')).toContain('AGENCY_EXISTS');
    expect(lines.join('\n')).toContain('SUCCESSOR_CYCLE');
    expect([status, lines.at(-1)]).toEqual([1, '4 made, 0 skipped, 3 refused']);
  }, 60_000);

  it('has made every document from the events of one partition', async () => {
    const made = await expectOnePartitionForEachDocument(office.api.stores.eventStore);
    expect(made).toBeGreaterThan(4);
  });

  it('does nothing with a file it cannot read', async () => {
    const file = join(office.dataDir, 'broken.csv');
    await writeFile(file, 'mã,tên\nA,B');
    const wrong = await importing(file);
    expect([wrong.status, wrong.lines[0]]).toEqual([2, expect.stringContaining('the columns')]);
    const missing = await importing(join(office.dataDir, 'none.csv'));
    expect([missing.status, missing.lines[0]]).toEqual([2, expect.stringContaining('ENOENT')]);
  }, 60_000);
});
