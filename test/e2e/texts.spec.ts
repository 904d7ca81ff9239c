import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { backends } from '../support/backends.ts';
import { form, guideBook, openOffice, paper, type Office, type Person } from '../support/office.ts';
import { seal } from '../support/draw/index.ts';

const json = { 'content-type': 'application/json' };
const CASES = join(import.meta.dirname, '../cases');

interface Problem {
  readonly code: string;
  readonly field?: string;
  readonly detail: string;
  readonly errors?: readonly { readonly field: string; readonly code: string }[];
  readonly current?: { readonly numberText: string; readonly requester: string };
  readonly differences?: readonly object[];
}
interface Assigned extends Problem {
  readonly repeated: boolean;
  readonly entry: { readonly numberText: string; readonly requester: string };
}

describe.each(backends)('text as people send it: $name', (backend) => {
  let office: Office;
  let officer: Person;
  let clerk: Person;
  let entries: string;

  beforeAll(async () => {
    office = await openOffice(backend);
    officer = await office.as('receiving-officer');
    clerk = await office.as('clerk');
    const opened = await officer.post(`${office.home}/books`, { json: guideBook });
    entries = `${opened.headers.get('location')}/entries`;
  });
  afterAll(() => office.dispose());

  const send = (raw: string | Buffer, key?: string) =>
    officer.post<Assigned>(entries, {
      raw,
      headers: { ...json, ...(key !== undefined && { 'Idempotency-Key': key }) },
    });
  const asJson = (given: object): string => JSON.stringify(paper(given));

  it('in another encoding than UTF-8 is refused by the field’s name, and nothing is recorded', async () => {
    const answer = await send(await readFile(join(CASES, 'entry-windows-1258.json')));
    expect([answer.status, answer.body.code, answer.body.field]).toEqual([
      422,
      'TEXT_BROKEN',
      'requester',
    ]);
    expect(answer.body.detail).toContain('UTF-8');
    const nested = await send(asJson({ signature: { account: 'a\ufffd' } }));
    expect(nested.body).toMatchObject({ code: 'TEXT_BROKEN', field: '/signature/account' });
    const half = await send('{"dossier":"\\ud800"}');
    expect(half.body).toMatchObject({ code: 'TEXT_BROKEN', field: 'dossier' });
    const utf16 = await officer.post<Problem>(entries, {
      raw: Buffer.from(asJson({}), 'utf16le'),
      headers: { 'content-type': 'application/json; charset=utf-16le' },
    });
    expect(utf16.status).toBe(415);
  });

  it('in a form is refused alike', async () => {
    const body = form({ name: 'Con d\ufffdu' }, await seal());
    const answer = await clerk.post<Problem>(`${office.home}/seals`, { form: body });
    expect([answer.status, answer.body.code, answer.body.field]).toEqual([
      422,
      'TEXT_BROKEN',
      'name',
    ]);
    const nameless = form({ name: '\u200b\u2060' }, await seal());
    const empty = await clerk.post<Problem>(`${office.home}/seals`, { form: nameless });
    expect(empty.body).toMatchObject({ code: 'REQUIRED', field: 'name' });
  });

  it('with a field sent twice is refused, nested or escaped, and a value that looks like one is not', async () => {
    const twice = await send('{"dossier":"A","document":1,"dossier":"B"}');
    expect([twice.status, twice.body.code, twice.body.field]).toEqual([
      422,
      'DUPLICATE_FIELD',
      'dossier',
    ]);
    const escaped = await send('{"fee":1,"\\u0066ee":2}');
    expect(escaped.body).toMatchObject({ code: 'DUPLICATE_FIELD', field: 'fee' });
    const nested = await send('{"seal":{"id":"a","id":"b"}}');
    expect(nested.body).toMatchObject({ code: 'DUPLICATE_FIELD', field: 'id' });
    const fine = await send(asJson({ dossier: 'D-1', note: '","note":"\\",":"' }));
    expect(fine.status).toBe(201);
  });

  it('with what nobody sees is of the same document, and is kept without it', async () => {
    const text = (await readFile(join(CASES, 'entry-zero-width.json'))).toString();
    const first = await send(text);
    expect([first.status, first.body.entry.requester, first.body.repeated]).toEqual([
      201,
      'Quách Tĩnh',
      false,
    ]);
    const again = await send(text.replace('"ZW"', '"Z\u2060W\u00ad"').replace('\u200b', ''));
    expect([again.status, again.body.repeated]).toEqual([200, true]);
    expect(again.body.entry.numberText).toBe(first.body.entry.numberText);
  });

  it('composed or decomposed is one request under one key', async () => {
    const key = 'nfd-or-nfc';
    const request = asJson({ dossier: 'NF', requester: 'Nguyễn Thị Hồng' });
    const first = await send(request.normalize('NFC'), key);
    const second = await send(request.normalize('NFD'), key);
    expect([first.status, second.status]).toEqual([201, 201]);
    expect(second.headers.get('idempotency-replayed')).toBe('true');
    expect(second.body.entry.numberText).toBe(first.body.entry.numberText);
  });

  it('of the same document with other content is refused with the entry there and what differs', async () => {
    await send(asJson({ dossier: 'K-1', requester: 'Lê Thị Cúc' }));
    const other = await send(asJson({ dossier: 'K-1', requester: 'Lê Thị Lan', fee: 1 }));
    expect([other.status, other.body.code]).toEqual([409, 'DOCUMENT_NUMBERED']);
    expect(other.body.current?.requester).toBe('Lê Thị Cúc');
    expect(other.body.differences).toEqual([
      {
        field: 'requester',
        label: 'Họ tên người yêu cầu chứng thực',
        there: 'Lê Thị Cúc',
        asked: 'Lê Thị Lan',
      },
      { field: 'fee', label: 'Lệ phí/Phí (đồng)', there: paper().fee, asked: 1 },
    ]);
  });

  it('too long is told with the figure, and never repeated at length', async () => {
    const long = await send(asJson({ dossier: 'L-1', documentTitle: 'x'.repeat(1001) }));
    expect(long.body).toMatchObject({
      code: 'TOO_LONG',
      field: 'documentTitle',
      detail: expect.stringMatching(/ dài hơn 1\.000 ký tự/) as unknown,
    });
    const unknown = await send(asJson({ dossier: 'L-2', ['y'.repeat(5000)]: 1 }));
    expect(unknown.body.code).toBe('UNKNOWN_FIELD');
    expect(JSON.stringify(unknown.body).length).toBeLessThan(700);
  });

  it('of a key that is none speaks of keys', async () => {
    const answer = await send(asJson({ dossier: 'Q-1' }), 'khoa cua toi');
    expect([answer.status, answer.body.code]).toEqual([400, 'IDEMPOTENCY_KEY_INVALID']);
    expect(answer.body.detail).toContain('Idempotency-Key');
  });

  it('that is null where it may be left out is left out, as our own answers write it', async () => {
    const first = await send(
      asJson({ dossier: 'N-1', note: null, certifiedOn: null, seal: null, signature: null }),
    );
    expect(first.status).toBe(201);
  });
});
