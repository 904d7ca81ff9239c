import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { backends } from '../support/backends.ts';
import { seal, signature } from '../support/draw/index.ts';
import { form, guideBook, openOffice, paper, type Office, type Person } from '../support/office.ts';

type EntryAnswer = { entry: { number: number; state: string }; revision: number };
type SpecimenAnswer = { id: string; name: string };

const keyed = (key: string, json?: object) => ({
  ...(json && { json }),
  headers: { 'idempotency-key': key },
});

describe.each(backends)('a portal that asks again, on $name', (backend) => {
  let office: Office;
  let officer: Person;
  let entries: string;

  beforeAll(async () => {
    office = await openOffice(backend);
    officer = await office.as('receiving-officer');
    const json = { ...guideBook, closesOn: '2024-12-31' };
    const opened = await officer.post(`${office.home}/books`, keyed('book-1', json));
    entries = `${opened.headers.get('location')}/entries`;
  }, 60_000);

  afterAll(() => office.dispose());

  it('gets the first answer again: body, status, revision and position', async () => {
    const first = await officer.post<EntryAnswer>(entries, keyed('n-1', paper()));
    await officer.post(entries, keyed('n-2', paper({ document: 2 })));
    const inOtherOrder = Object.fromEntries(Object.entries(paper()).reverse());
    const again = await officer.post<EntryAnswer>(entries, keyed('"n-1"', inOtherOrder));
    expect([first.status, again.status]).toEqual([201, 201]);
    expect(again.body).toEqual(first.body);
    for (const name of ['etag', 'position']) {
      expect(again.headers.get(name)).toBe(first.headers.get(name));
    }
    expect(first.headers.has('idempotency-replayed')).toBe(false);
    expect(again.headers.get('idempotency-replayed')).toBe('true');
  });

  it('gets it after a restart, as it was then, whatever happened to the entry since', async () => {
    const asked = keyed('n-3', paper({ document: 3 }));
    const first = await officer.post<EntryAnswer>(entries, asked);
    const { number } = first.body.entry;
    await officer.post(`${entries}/${number}/void`, { json: { reason: 'Không chứng thực' } });
    await office.restart();
    const again = await officer.post<EntryAnswer>(entries, asked);
    expect([again.status, again.body]).toEqual([201, first.body]);
    expect(again.body.entry.state).toBe('assigned');
  });

  it('gets one answer when it asks twice at once', async () => {
    const asked = keyed('n-4', paper({ document: 4 }));
    const answers = await Promise.all(
      Array.from({ length: 8 }, () => officer.post<EntryAnswer>(entries, asked)),
    );
    expect(new Set(answers.map(({ body }) => body.entry.number)).size).toBe(1);
    expect(answers.map(({ status }) => status)).toEqual(Array(8).fill(201));
  });

  it('is refused with 422 when the key comes with another body or for another thing', async () => {
    const before = await officer.post<EntryAnswer>(entries, keyed('n-5', paper({ document: 5 })));
    const other = await officer.post(entries, keyed('n-5', paper({ document: 6 })));
    const elsewhere = await officer.post(
      `${entries}/${before.body.entry.number}/void`,
      keyed('n-5', { reason: 'Nhầm' }),
    );
    const book = await officer.post(
      `${office.home}/books`,
      keyed('book-1', { ...guideBook, name: '02/2024' }),
    );
    for (const { status, body } of [other, elsewhere, book]) {
      expect([status, body['code']]).toEqual([422, 'IDEMPOTENCY_KEY_REUSED']);
    }
    const next = await officer.post<EntryAnswer>(entries, { json: paper({ document: 6 }) });
    expect(next.body.entry.number).toBe(before.body.entry.number + 1);
  });

  it('has said another thing by a null where that is a value, and nothing by any other', async () => {
    const columns = paper({ document: 19, authority: 'KT.' });
    const { body } = await officer.post<EntryAnswer>(entries, { json: columns });
    const path = `${entries}/${body.entry.number}/correct`;
    const correction = { fee: 1000, reason: 'Ghi sai' };
    const first = await officer.post<EntryAnswer>(path, keyed('n-9', correction));
    const same = await officer.post(path, keyed('n-9', { ...correction, note: null }));
    expect([same.status, same.body]).toEqual([200, first.body]);
    const other = await officer.post(path, keyed('n-9', { ...correction, authority: null }));
    expect([other.status, other.body['code']]).toEqual([422, 'IDEMPOTENCY_KEY_REUSED']);
  });

  it('gets its number again when the signature it carried has gone out of use since', async () => {
    const certifier = await office.as('certifier');
    const fields = {
      name: 'Chữ ký lãnh đạo',
      signerFullName: 'Nguyễn Văn An',
      signerTitle: 'Phó Chủ tịch UBND',
    };
    const image = await signature();
    const path = `${office.home}/signatures`;
    const registered = await certifier.post<SpecimenAnswer>(path, {
      ...keyed('s-1'),
      form: form(fields, image),
    });
    expect(registered.status).toBe(201);
    const json = paper({ document: 7, signature: { account: 'certifier.a' } });
    const first = await officer.post<EntryAnswer>(entries, keyed('n-7', json));
    expect(first.status).toBe(201);
    await certifier.post(`${path}/${registered.body.id}/revoke`, { json: { reason: 'Thôi việc' } });
    const again = await officer.post<EntryAnswer>(entries, keyed('n-7', json));
    expect([again.status, again.body]).toEqual([201, first.body]);
    const fresh = await officer.post(entries, keyed('n-8', { ...json, document: 8 }));
    expect(fresh.body['code']).toBe('SIGNATURE_NO_DEFAULT');
  });

  it('registers one seal for one upload, however often it is sent', async () => {
    const clerk = await office.as('clerk');
    const path = `${office.home}/seals`;
    const image = await seal();
    const upload = (name: string, file = image) => ({
      ...keyed('c-1'),
      form: form({ name }, file),
    });
    const first = await clerk.post<SpecimenAnswer>(path, upload('Con dấu cơ quan'));
    const again = await clerk.post<SpecimenAnswer>(path, upload('Con dấu cơ quan'));
    expect([first.status, again.status]).toEqual([201, 201]);
    expect(again.body).toEqual(first.body);
    const renamed = await clerk.post(path, upload('Con dấu khác'));
    const redrawn = await clerk.post(path, upload('Con dấu cơ quan', await signature()));
    expect([renamed.status, redrawn.status]).toEqual([422, 422]);
  });

  it('sees what there is now when its If-Match is out of date', async () => {
    const first = await officer.post<EntryAnswer>(entries, { json: paper({ document: 9 }) });
    const { number } = first.body.entry;
    const tag = { 'if-match': first.headers.get('etag') ?? '' };
    const path = `${entries}/${number}/void`;
    const held = await officer.post(path, { json: { reason: 'Sai hồ sơ' }, headers: tag });
    expect(held.status).toBe(200);
    const json = { requester: 'Lê Thị Hoa', reason: 'Sai tên' };
    const stale = await officer.post(`${entries}/${number}/correct`, { json, headers: tag });
    expect([stale.status, stale.body['code']]).toEqual([412, 'CONFLICT']);
    expect(stale.body['current']).toMatchObject({ number, state: 'voided' });
    expect(stale.headers.get('etag')).toBe(held.headers.get('etag'));
    const again = await officer.post(path, {
      json: { reason: 'Sai hồ sơ' },
      headers: { ...tag, 'idempotency-key': 'fresh' },
    });
    expect(again.status).toBe(412);
  });
});
