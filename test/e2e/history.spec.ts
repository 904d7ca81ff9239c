import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { backends } from '../support/backends.ts';
import { seal, signature } from '../support/draw/index.ts';
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

interface Row {
  readonly type: string;
  readonly revision: number;
}
interface Rows {
  readonly total: number;
  readonly items: readonly Row[];
  readonly next?: string;
}
interface Problem {
  readonly code: string;
  readonly field?: string;
  readonly last?: number;
}

describe.each(backends)('what happened: $name', (backend) => {
  let office: Office;
  let officer: Person;
  let auditor: Person;
  let book: string;
  let last: Answer;

  beforeAll(async () => {
    office = await openOffice(backend);
    officer = await office.as('receiving-officer');
    auditor = await office.as('auditor', { agencies: ['*'] });
    const opened = await officer.post(`${office.home}/books`, { json: guideBook });
    book = opened.headers.get('location') ?? '';
    for (const document of [1, 2, 3]) {
      await officer.post(`${book}/entries`, { json: paper({ document }) });
    }
    await officer.post(`${book}/entries`, { json: paper({ dossier: 'H03-0002' }) });
    for (const copies of [5, 6, 7, 8]) {
      const json = { copies, reason: 'Ghi sai' };
      last = await officer.post(`${book}/entries/2/correct`, { json });
    }
  });
  afterAll(() => office.dispose());

  const read = async (path: string) => (await auditor.get<Rows>(path, after(last))).body;

  it('is read from either end, page by page', async () => {
    for (const history of [`${office.home}/history`, `${book}/history`]) {
      const forwards = await read(`${history}?limit=100`);
      const backwards = await read(`${history}?limit=100&sort=-occurredAt`);
      const revisions = (rows: Rows) => rows.items.map(({ revision }) => revision);
      expect(revisions(forwards)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8]);
      expect(revisions(backwards)).toEqual([8, 7, 6, 5, 4, 3, 2, 1, 0]);
      const page = await read(`${history}?limit=2&offset=2&sort=-occurredAt`);
      expect(revisions(page)).toEqual([6, 5]);
    }
  });

  it('begins at a moment, and reading on from there in both directions meets all there is', async () => {
    const whole = await read(`${office.home}/history?limit=100`);
    const times = whole.items.map((row) => (row as Row & { occurredAt: string }).occurredAt);
    for (const history of [`${office.home}/history`, `${book}/history`]) {
      for (const at of times) {
        const from = `${history}?limit=100&startAt=${at}`;
        const [on, back] = [await read(from), await read(`${from}&sort=-occurredAt`)];
        const met = [...back.items.toReversed(), ...on.items].map(({ revision }) => revision);
        expect(met).toEqual(whole.items.map(({ revision }) => revision));
        expect(on.items[0]?.revision).toBe(times.indexOf(at));
      }
    }
    expect((await read(`${office.home}/history?startAt=2024-05-09`)).items).toHaveLength(9);
    expect((await read(`${office.home}/history?startAt=2024-05-12`)).items).toEqual([]);
    expect((await read(`${book}/history?startAt=2024-05-12&sort=-occurredAt`)).total).toBe(9);
    const both = await auditor.get<Problem>(
      `${office.home}/history?startAt=2024-05-10&from=2024-05-10`,
    );
    expect([both.status, both.body.code, both.body.field]).toEqual([422, 'NOT_ALLOWED', 'startAt']);
    const wrong = await auditor.get<Problem>(`${office.home}/history?startAt=hom-qua`);
    expect([wrong.status, wrong.body.field]).toEqual([422, 'startAt']);
  });

  it('goes on behind a page that began at a moment, whatever comes meanwhile', async () => {
    const of = `${office.home}/history?limit=3&startAt=2024-05-10`;
    const first = await read(of);
    const second = await read(`${of}&after=${first.next}`);
    const third = await read(`${of}&after=${second.next}`);
    const rows = [first, second, third].flatMap(({ items }) => items);
    expect(rows.map(({ revision }) => revision)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8]);
  });

  it('is narrowed to one kind of event', async () => {
    const { total, items } = await read(`${office.home}/history?type=EntryCorrected&limit=2`);
    expect([total, items.map(({ type }) => type)]).toEqual([
      4,
      ['EntryCorrected', 'EntryCorrected'],
    ]);
    const unknown = await auditor.get<Problem>(`${office.home}/history?type=Nothing`);
    expect([unknown.status, unknown.body.code]).toEqual([422, 'NOT_ALLOWED']);
  });

  it('is narrowed to a dossier: all that was done to its numbers', async () => {
    const of = (dossier: string) => `${office.home}/history?dossier=${dossier}&limit=100`;
    const revisions = ({ items }: Rows) => items.map(({ revision }) => revision);
    expect(revisions(await read(of('H03-0001')))).toEqual([1, 2, 3, 5, 6, 7, 8]);
    expect(revisions(await read(of('%20H03-\u200b0002')))).toEqual([4]);
    expect(revisions(await read(of('H03')))).toEqual([]);
    const corrections = await read(`${of('H03-0001')}&type=EntryCorrected&sort=-occurredAt`);
    expect(revisions(corrections)).toEqual([8, 7, 6, 5]);
    const [first, second] = [1, 2].map((n) => `${of('H03-0001')}&number=${n}&from=2024-05-10`);
    expect(revisions(await read(first ?? ''))).toEqual([1]);
    expect(revisions(await read(second ?? ''))).toEqual([2, 5, 6, 7, 8]);
  });

  it('is narrowed to a number, page by page', async () => {
    const ofTwo = `${office.home}/history?number=2`;
    const page = await read(`${ofTwo}&limit=3`);
    expect([page.total, page.items.map(({ revision }) => revision)]).toEqual([5, [2, 5, 6]]);
    const rest = await read(`${ofTwo}&limit=3&after=${page.next}`);
    expect(rest.items.map(({ revision }) => revision)).toEqual([7, 8]);
    expect((await read(`${ofTwo}&to=2024-05-09`)).total).toBe(0);
    for (const number of ['0', '1.5', 'x', '']) {
      const refused = await auditor.get(`${office.home}/history?number=${number}`);
      expect([number, refused.status]).toEqual([number, 422]);
    }
  });

  it('in an agency that does not exist is not nothing', async () => {
    for (const list of ['history', 'books', 'signatures', 'access-records', 'changes']) {
      const answer = await auditor.get<Problem>(`/v1/agencies/KHONG-CO/${list}`);
      expect([list, answer.status, answer.body.code]).toEqual([list, 404, 'NOT_FOUND']);
    }
    const empty = await auditor.get<Rows>(`${office.home}/signatures`, after(last));
    expect([empty.status, empty.body.total]).toEqual([200, 0]);
  });

  it('as of a revision that is not there names the last one', async () => {
    const beyond = await auditor.get<Problem>(`${book}/as-of?revision=9`);
    expect([beyond.status, beyond.body.code, beyond.body.last]).toEqual([
      404,
      'REVISION_NOT_FOUND',
      8,
    ]);
    expect((await auditor.get(`${book}/as-of?revision=8`)).status).toBe(200);
  });

  it('is replayed event by event, each with the state after it, a page at a time', async () => {
    interface Step extends Row {
      readonly label: string;
      readonly things: readonly {
        readonly kind: string;
        readonly number: number | null;
        readonly fields: readonly Record<string, unknown>[];
      }[];
    }
    interface Page {
      readonly items: readonly Step[];
      readonly last: number;
      readonly next?: number;
    }
    const stream = `register-${office.agency}-SCTDT.BS-2024`;
    const replay = `${office.home}/replay?stream=${stream}`;
    const steps: Step[] = [];
    for (let from: number | undefined = 0; from !== undefined;) {
      const page: Page = (await auditor.get<Page>(`${replay}&from=${from}&limit=4`)).body;
      steps.push(...page.items);
      from = page.next;
    }
    expect(steps.map(({ revision }) => revision)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8]);
    const [book, entry] = steps[6]?.things ?? [];
    expect([book?.kind, entry?.kind, entry?.number]).toEqual(['book', 'entry', 2]);
    expect(entry?.fields).toContainEqual({
      field: 'copies',
      label: 'Số bản sao',
      from: 5,
      to: 6,
      fromText: '5',
      toText: '6',
      changed: true,
    });
    const unchanged = expect.objectContaining({ field: 'fee', toText: '20.000', changed: false });
    expect(entry?.fields).toContainEqual(unchanged);
  });

  it('is not replayed of a stream that is another’s, or not there, nor beyond its end', async () => {
    const status = async (query: string) => {
      const { status: told, body } = await auditor.get<Problem>(`${office.home}/replay?${query}`);
      return [told, body.code];
    };
    const stream = `register-${office.agency}-SCTDT.BS`;
    expect(await status('stream=register-KHAC-SCTDT.BS-2024')).toEqual([404, 'NOT_FOUND']);
    expect(await status(`stream=${stream}-2023`)).toEqual([404, 'NOT_FOUND']);
    expect(await status(`stream=${stream}-2024&from=99`)).toEqual([404, 'REVISION_NOT_FOUND']);
    for (const wrong of ['', 'stream=x&limit=101', 'stream=x&from=-1', 'stream=x&from=a'])
      expect([wrong, (await status(wrong))[0]]).toEqual([wrong, 422]);
  });

  it('between two moments is told field by field, of a book and of an entry', async () => {
    interface Difference {
      readonly entry: number | null;
      readonly from: { readonly revision: number };
      readonly to: { readonly revision: number };
      readonly changes: readonly Record<string, unknown>[];
    }
    const between = async (path: string, from: string, to: string) => {
      const query = `from=${from}&to=${encodeURIComponent(to)}`;
      return (await auditor.get<Difference>(`${path}/as-of/difference?${query}`)).body;
    };
    const told = ({ changes }: Difference) =>
      changes.map(({ label, fromText, toText }) => [label, fromText, toText]);
    const entry = await between(`${book}/entries/2`, '2', '7');
    expect([entry.entry, entry.from.revision, entry.to.revision]).toEqual([2, 2, 7]);
    expect(told(entry)).toEqual([
      ['Số bản sao', '2', '7'],
      ['Trạng thái', 'Đã cấp số', 'Đã đính chính'],
      ['Số lần đính chính', '0', '3'],
    ]);
    expect(told(await between(book, '3', '4'))).toEqual([
      ['Số cuối đã cấp trong sổ', '3', '4'],
      ['Số lượng số đã cấp', '3', '4'],
      ['Số bản sao', '6', '8'],
      ['Tổng lệ phí/phí (đồng)', '60.000', '80.000'],
    ]);
    expect(told(await between(book, '2024-05-10', '2024-05-10T23:00:00+07:00'))).toEqual([]);
    const made = await between(`${book}/entries/2`, '2024-05-09', '2');
    expect(made.from.revision).toBe(-1);
    expect(told(made)).toContainEqual(['Họ tên người yêu cầu chứng thực', '–', 'Lê Thị Cúc']);
  });

  it('is replayed and told apart of seals and signatures too', async () => {
    const clerk = await office.as('clerk');
    const certifier = await office.as('certifier');
    const signer = { signerFullName: 'Nguyễn Văn An', signerTitle: 'Chủ tịch' };
    const things = [
      [clerk, 'seals', form({ name: 'Con dấu' }, await seal()), 'Tên con dấu'],
      [
        certifier,
        'signatures',
        form({ name: 'Chữ ký', ...signer }, await signature()),
        'Tên chữ ký',
      ],
    ] as const;
    for (const [person, noun, upload, label] of things) {
      const made = await person.post<{ id: string }>(`${office.home}/${noun}`, { form: upload });
      const path = `${office.home}/${noun}/${made.body.id}`;
      const edited = await person.patch(path, {
        form: form({ name: 'Tên mới', reason: 'Rõ hơn' }),
      });
      const history = await auditor.get<{ items: { stream: string }[] }>(
        `${path}/history`,
        after(edited),
      );
      const difference = await auditor.get<{ changes: object[] }>(
        `${path}/as-of/difference?from=0&to=1`,
      );
      const { changes } = difference.body;
      expect(changes).toEqual([expect.objectContaining({ label, toText: 'Tên mới' })]);
      const stream = encodeURIComponent(history.body.items[0]?.stream ?? '');
      const replay = await auditor.get<{ items: { things: { fields: object[] }[] }[] }>(
        `${office.home}/replay?stream=${stream}&from=1`,
      );
      const fields = replay.body.items[0]?.things[0]?.fields ?? [];
      expect(fields).toContainEqual(expect.objectContaining({ label, changed: true }));
      expect(fields).toContainEqual(
        expect.objectContaining({ toText: 'Đang sử dụng', changed: false }),
      );
    }
  });

  it('of all entries is told entry by entry, a stretch at a time', async () => {
    interface Told {
      readonly entries: readonly { number: number; copies?: number; changes?: unknown[] }[];
      readonly next?: number;
    }
    const then = `${book}/as-of/entries`;
    const at = async (query: string) => (await auditor.get<Told>(`${then}?${query}`)).body;
    const early = await at('revision=4&limit=100');
    expect(early.entries.map(({ number, copies }) => [number, copies])).toEqual(
      [1, 2, 3, 4].map((number) => [number, 2]),
    );
    const [page, rest] = [await at('revision=8&limit=2'), await at('revision=8&limit=3&first=3')];
    expect([page.entries.map(({ copies }) => copies), page.next]).toEqual([[2, 8], 3]);
    expect([rest.entries.map(({ number }) => number), rest.next]).toEqual([[3, 4], undefined]);
    const path = `${then}/difference`;
    const between = async (query: string) => (await auditor.get<Told>(`${path}?${query}`)).body;
    const changed = await between('from=4&to=8');
    expect(changed.entries.map(({ number }) => number)).toEqual([2]);
    const made = await between('from=1&to=4&limit=3');
    expect([made.entries.map(({ number }) => number), made.next]).toEqual([[2, 3], 4]);
    expect((await between('from=1&to=4&limit=3&first=4')).entries).toHaveLength(1);
    const missing = await auditor.get<Problem>(`${path}?from=0&to=99`);
    expect([missing.status, missing.body.code]).toEqual([404, 'REVISION_NOT_FOUND']);
    const wide = await auditor.get<Problem>(`${then}?revision=1&limit=101`);
    expect([wide.status, wide.body.field]).toEqual([422, 'limit']);
  });

  it('of the books of a year is what it was then', async () => {
    interface Then {
      readonly registers: readonly { type: string; books: readonly { status: string }[] }[];
    }
    const path = `${office.home}/as-of/books?year=2024`;
    const on = async (at: string) => (await auditor.get<Then>(`${path}&at=${at}`)).body.registers;
    expect(await on('2024-05-09')).toEqual([]);
    const [one, ...others] = await on('2024-05-10');
    expect([one?.type, one?.books.length, others]).toEqual(['SCTDT.BS', 1, []]);
    expect(await on('2024-05-10&kind=SCT.BS')).toEqual([]);
    expect((await on('2024-06-01'))[0]?.books[0]?.status).toBe('awaiting-close');
    expect((await auditor.get(path)).status).toBe(422);
  });

  it('between moments that are none, or not there yet, is refused by the field', async () => {
    const refused = async (query: string) => {
      const path = `${book}/as-of/difference?${query}`;
      const { status, body } = await auditor.get<Problem>(path);
      return [status, body.code, body.field];
    };
    expect(await refused('from=0')).toEqual([422, 'REQUIRED', 'to']);
    expect(await refused('from=0&to=hom-qua')).toEqual([422, 'DATE_FORMAT', 'to']);
    expect(await refused('from=-1&to=3')).toEqual([422, 'DATE_FORMAT', 'from']);
    expect(await refused('from=0&to=99')).toEqual([404, 'REVISION_NOT_FOUND', 'to']);
    expect(await refused('from=99&to=0')).toEqual([404, 'REVISION_NOT_FOUND', 'from']);
  });

  it('is called the same by as-of and by the lists', async () => {
    interface Named {
      readonly state: Record<string, unknown>;
    }
    const entry = await auditor.get<Named>(`${book}/entries/2/as-of?revision=8`);
    expect(entry.body.state).toMatchObject({ state: 'corrected', corrections: 4 });
    const row = await auditor.get(`${book}/entries/2`, after(last));
    expect(row.body['state']).toBe('corrected');
    const then = await auditor.get<Named>(`${book}/as-of?revision=8`);
    const now = await auditor.get(book, after(last));
    expect(now.body).toMatchObject(then.body.state);
    expect(then.body.state).toMatchObject({ firstAssigned: 1, lastAssigned: 4, status: 'open' });
    expect(now.body['corrections']).toBe(4);
  });

  it('is found by the request and by the command, and told as what caused what', async () => {
    interface Caused {
      readonly commands: readonly {
        readonly causationId: string;
        readonly events: readonly Row[];
      }[];
    }
    const headers = { 'x-correlation-id': `desk-7.${office.agency}` };
    for (const copies of [3, 4])
      last = await officer.post(`${book}/entries/3/correct`, {
        json: { copies, reason: 'Đếm lại' },
        headers,
      });
    const id = headers['x-correlation-id'];
    const listed = await read(`${office.home}/history?correlation=${id}`);
    expect(listed.items.map(({ type }) => type)).toEqual(['EntryCorrected', 'EntryCorrected']);
    const { body } = await auditor.get<Caused>(`${office.home}/requests/${id}`);
    expect(body.commands.map(({ events }) => events.length)).toEqual([1, 1]);
    const command = body.commands[1]?.causationId ?? '';
    const caused = await read(`${office.home}/history?causation=${command}`);
    expect(caused.items).toEqual(body.commands[1]?.events);
    for (const none of ['none', `${id}x`]) {
      const missing = await auditor.get(`${office.home}/requests/${none}`);
      expect([none, missing.status]).toEqual([none, 404]);
    }
    const wrong = await auditor.get<Problem>(`${office.home}/history?correlation=a%20b`);
    expect([wrong.status, wrong.body.field]).toEqual([422, 'correlation']);
  });

  it('is told as people read it, beside what machines do', async () => {
    const [opened, assigned] = (await read(`${book}/history?limit=2`))
      .items as unknown as readonly {
      readonly changes: readonly Record<string, unknown>[];
    }[];
    expect(opened?.changes).toContainEqual(
      expect.objectContaining({ field: 'closesOn', to: guideBook.closesOn, toText: '10/05/2024' }),
    );
    expect(assigned?.changes).toContainEqual(
      expect.objectContaining({ field: 'fee', to: 20000, fromText: '–', toText: '20.000' }),
    );
    const json = { certifiedOn: '2024-05-10', fee: 40000, authority: 'KT.', reason: 'Ghi sai' };
    const corrected = await officer.post(`${book}/entries/1/correct`, { json });
    const row = await auditor.get<{ remarks: string }>(`${book}/entries/1`, after(corrected));
    expect(row.body.remarks).toContain('Lệ phí/Phí (đồng): 20.000 → 40.000');
    expect(row.body.remarks).not.toMatch(/\d{4}-\d{2}-\d{2}|null|20000/);
  });
});
