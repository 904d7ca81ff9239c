import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { hashOf, parseInclusion, rootByPath, statedCheckpoint, toBase64 } from '#audit/proofs';
import { backends, type Backend } from '../support/backends.ts';
import { guideBook, openOffice, paper, type Office, type Person } from '../support/office.ts';
import { until } from '../support/until.ts';

interface Verified {
  readonly status: string;
  readonly numberText: string;
  readonly certifiedOn: string;
  readonly corrected: boolean;
  readonly proof: { index: number; size: number; leafHash: string; proof: string } | null;
}
interface Entry {
  readonly entry: { readonly number: number; readonly verificationCode: string };
}

/** Someone with a copy, and no account. */
const ask = (office: Office, path: string, headers: Readonly<Record<string, string>> = {}) =>
  fetch(`${office.url}/xac-minh${path}`, { headers, redirect: 'manual' });
const asData = { accept: 'application/json' };
const asPage = { accept: 'text/html,application/xhtml+xml,*/*;q=0.8' };

const formOf = (bytes: Uint8Array<ArrayBuffer>): FormData => {
  const form = new FormData();
  form.set('file', new Blob([bytes]), 'ban-sao.pdf');
  return form;
};
const send = (office: Office, body: FormData, headers: Readonly<Record<string, string>> = {}) =>
  fetch(`${office.url}/xac-minh`, { method: 'POST', body, headers });

describe.each(backends)('whoever holds a copy, on $name', (backend) => {
  let office: Office;
  let officer: Person;
  let certifier: Person;
  let book: string;
  let document = 0;

  const numbered = async (): Promise<Entry['entry']> => {
    document += 1;
    const json = paper({ document });
    return (await officer.post<Entry>(`${book}/entries`, { json })).body.entry;
  };
  const verified = async (code: string): Promise<Verified> => {
    let answer = await ask(office, `/${code}`, asData);
    await until(async () => {
      answer = await ask(office, `/${code}`, asData);
      return answer.status === 200;
    });
    return (await answer.json()) as Verified;
  };
  const becomes = async (code: string, status: string): Promise<Verified> => {
    await until(async () => (await verified(code)).status === status);
    return verified(code);
  };

  beforeAll(async () => {
    office = await openOffice(backend, { SEAL_SECONDS: '0' });
    officer = await office.as('receiving-officer');
    certifier = await office.as('certifier');
    const json = { ...guideBook, openedOn: '2024-05-09', closesOn: '2024-12-31' };
    const opened = await officer.post(`${office.home}/books`, { json });
    book = opened.headers.get('location') ?? '';
  }, 60_000);
  afterAll(() => office.dispose());

  it('is told that its number is real, and nothing of anybody', async () => {
    const { verificationCode } = await numbered();
    const answer = await verified(verificationCode);
    expect(answer).toMatchObject({ status: 'valid', numberText: '001/ĐT', corrected: false });
    expect(Object.keys(answer).sort()).toEqual(
      [
        ...['agency', 'bookName', 'certifiedOn', 'citation', 'code', 'corrected', 'endedOn'],
        ...['numberText', 'proof', 'status', 'statusLabel', 'type', 'typeTitle'],
      ].sort(),
    );
    const page = await (await ask(office, `/${verificationCode}`, asPage)).text();
    for (const personal of ['Lê Thị Cúc', 'Bằng tốt nghiệp', 'Nguyễn Văn An', 'H03-0001'])
      expect(`${JSON.stringify(answer)}${page}`).not.toContain(personal);
  });

  it('is known by a code typed in small letters, with blanks, with O for 0', async () => {
    const { verificationCode } = await numbered();
    await verified(verificationCode);
    const typed = verificationCode.toLowerCase().replaceAll('-', ' ').replaceAll('0', 'o');
    const answer = await verified(encodeURIComponent(typed));
    expect(answer).toMatchObject({ code: verificationCode, status: 'valid' });
  });

  it('is shown the code where the entry is, and the same one when the document comes again', async () => {
    const { number, verificationCode } = await numbered();
    const again = await officer.post<Entry>(`${book}/entries`, { json: paper({ document }) });
    expect(again.body.entry).toMatchObject({ number, verificationCode });
    let row = await officer.get(`${book}/entries/${number}`);
    await until(async () => {
      row = await officer.get(`${book}/entries/${number}`);
      return row.status === 200;
    });
    expect(row.body).toMatchObject({ verificationCode });
  });

  it('is told what became of it: cancelled, revoked, corrected', async () => {
    const [voided, revoked, corrected] = [await numbered(), await numbered(), await numbered()];
    const of = ({ number }: Entry['entry'], what: string) => `${book}/entries/${number}/${what}`;
    await officer.post(of(voided, 'void'), { json: { reason: 'Rút hồ sơ' } });
    const decision = { decisionNumber: '12/QĐ-UBND', decisionDate: '2024-05-10' };
    await certifier.post(of(revoked, 'revoke'), { json: { ...decision, reason: 'Giả' } });
    await officer.post(of(corrected, 'correct'), {
      json: { requester: 'Lê Thị Cúc Anh', reason: 'Ghi sai' },
    });
    expect(await becomes(voided.verificationCode, 'voided')).toMatchObject({
      endedOn: '2024-05-10',
    });
    const withdrawn = await becomes(revoked.verificationCode, 'revoked');
    expect(JSON.stringify(withdrawn)).not.toMatch(/Giả|12\/QĐ/);
    await until(async () => (await verified(corrected.verificationCode)).corrected);
    expect(await verified(corrected.verificationCode)).toMatchObject({ status: 'valid' });
  });

  it('has a proof that leads from a hash to what is signed, and does not hold what is hashed', async () => {
    const { verificationCode } = await numbered();
    expect((await verified(verificationCode)).proof).toBeNull();
    const operator = await office.as('operator', { agencies: ['*'] });
    const sealed = await operator.post<{ root: string }>('/v1/audit/checkpoints', {});
    expect(sealed.status).toBe(200);
    const { proof } = await verified(verificationCode);
    const { index, path, checkpoint, leaf } = parseInclusion(proof?.proof ?? '');
    const { size, root } = statedCheckpoint(checkpoint);
    const leads = rootByPath(hashOf(proof?.leafHash ?? ''), { index, size, path });
    expect([toBase64(leads), leaf]).toEqual([sealed.body.root, undefined]);
    expect([toBase64(root), proof?.index]).toEqual([sealed.body.root, index]);
  });

  it('knows a printed register by its file, and not once a byte of it is another', async () => {
    const started = await officer.post<{ id: string }>(`${office.home}/exports`, {
      json: { of: '2024', format: 'csv' },
    });
    const job = `${office.home}/exports/${started.body.id}`;
    await until(async () => (await officer.get(job)).body['state'] === 'done');
    const { body } = await officer.get<ArrayBuffer>(`${job}/file`);
    const bytes = new Uint8Array(body);
    const sha256 = createHash('sha256').update(bytes).digest('hex');
    const known = async (one: Uint8Array<ArrayBuffer>) =>
      (await send(office, formOf(one), asData)).json();
    await until(async () => ((await known(bytes)) as { known: boolean }).known);
    const made = { kind: 'register', format: 'csv', year: 2024, madeOn: '2024-05-10' };
    expect(await known(bytes)).toMatchObject({ sha256, known: true, file: made });
    const changed = bytes.slice();
    changed[7] = (changed[7] ?? 0) ^ 1;
    expect(await known(changed)).toMatchObject({ known: false, file: null });
    expect(await known(new Uint8Array(0))).toMatchObject({ known: false });
  }, 60_000);

  it('is told that no number was given with another code, and that this is no code', async () => {
    const unknown = await ask(office, '/0000-0000-0000-0000', asData);
    expect([unknown.status, await unknown.json()]).toMatchObject([
      404,
      { code: 'VERIFICATION_UNKNOWN' },
    ]);
    for (const typed of ['xyz', '%00', "'%20OR%201=1", 'Ð1AV-9QXT-2B4C-WZ10', 'A'.repeat(4000)]) {
      const none = await ask(office, `/${typed}`, asData);
      expect([none.status, await none.json()]).toMatchObject([
        422,
        { code: 'VERIFICATION_CODE_FORMAT', field: 'code' },
      ]);
    }
  });
});

describe('the pages', () => {
  let office: Office;
  beforeAll(async () => {
    office = await openOffice(backends[0] as Backend);
  }, 60_000);
  afterAll(() => office.dispose());

  it('run nothing, fetch nothing, and are never kept', async () => {
    for (const path of ['', '/0000-0000-0000-0000', '/%3Cscript%3Ealert(1)%3C%2Fscript%3E']) {
      const answer = await ask(office, path, asPage);
      const text = await answer.text();
      expect(answer.headers.get('content-type')).toBe('text/html; charset=utf-8');
      expect(answer.headers.get('cache-control')).toBe('no-store');
      const policy = answer.headers.get('content-security-policy') ?? '';
      expect(policy).toMatch(/^default-src 'none'; style-src 'sha256-[^']+'; /);
      const style = /<style>([\s\S]*?)<\/style>/.exec(text)?.[1] ?? '';
      expect(policy).toContain(createHash('sha256').update(style).digest('base64'));
      expect(text).not.toMatch(/<script|<img|<link|\son\w+=|\sstyle=/);
    }
  });

  it('lead from the form to the address of the code, however it was typed', async () => {
    const typed = await ask(office, '?code=olav%209qxt%202b4c%20wzio&lang=en', asPage);
    expect([typed.status, typed.headers.get('location')]).toEqual([
      303,
      '/xac-minh/01AV-9QXT-2B4C-WZ10?lang=en',
    ]);
  });

  it('say at once that what was typed is no code, whatever it is', async () => {
    const halved = encodeURIComponent(`${'A'.repeat(63)}😀`);
    for (const typed of ['xyz', '..', '%2F%2Fexample.org', '%00', halved]) {
      const wrong = await ask(office, `?code=${typed}`, asPage);
      expect([wrong.status, wrong.headers.get('location')]).toEqual([422, null]);
      expect(await wrong.text()).toContain('name="code"');
    }
  });

  it('speak Vietnamese, and English to whoever asks for it', async () => {
    const title = async (path: string, language: string) =>
      /<html lang="(\w+)">/.exec(
        await (await ask(office, path, { ...asPage, 'accept-language': language })).text(),
      )?.[1];
    expect(await title('', 'vi-VN,vi;q=0.9')).toBe('vi');
    expect(await title('', 'fr')).toBe('vi');
    expect(await title('', 'en-GB,en;q=0.9')).toBe('en');
    expect(await title('/zzz?lang=en', 'vi')).toBe('en');
  });

  it('say what is missing where no file was chosen, as a page and as data', async () => {
    const empty = new FormData();
    empty.set('note', 'x');
    const page = await send(office, empty, asPage);
    expect([page.status, await page.text()]).toEqual([
      422,
      expect.stringContaining('Vui lòng chọn một tệp'),
    ]);
    const data = await send(office, empty, asData);
    expect([data.status, await data.json()]).toMatchObject([422, { code: 'FILE_MISSING' }]);
    const two = formOf(new Uint8Array(3));
    two.append('file', new Blob(['x']), 'b.pdf');
    expect((await send(office, two, asData)).status).toBe(422);
  });
});

describe('a flood of codes', () => {
  let office: Office;
  beforeAll(async () => {
    const settings = { VERIFY_LIMIT: '5', TRUST_PROXY: 'loopback' };
    office = await openOffice(backends[0] as Backend, settings);
  }, 60_000);
  afterAll(() => office.dispose());

  it('keeps its address waiting and nobody else', async () => {
    const from = (address: string) =>
      ask(office, '/0000-0000-0000-0000', { ...asData, 'x-forwarded-for': address });
    const statuses: number[] = [];
    for (let one = 0; one < 6; one += 1) statuses.push((await from('203.0.113.1')).status);
    expect(statuses).toEqual([404, 404, 404, 404, 404, 429]);
    const refused = await from('203.0.113.1');
    const seconds = Number(refused.headers.get('retry-after'));
    expect(seconds >= 1 && seconds <= 60).toBe(true);
    const upload = await send(office, formOf(new Uint8Array(9)), {
      ...asPage,
      'x-forwarded-for': '203.0.113.1',
    });
    expect([upload.status, upload.headers.get('content-type')]).toEqual([
      429,
      'text/html; charset=utf-8',
    ]);
    expect((await from('203.0.113.2')).status).toBe(404);
    const flood = Array.from({ length: 50 }, () => from('203.0.113.1'));
    const officer = await office.as('receiving-officer');
    const headers = { 'x-forwarded-for': '203.0.113.1' };
    expect((await officer.get(`${office.home}/books`, { headers })).status).toBe(200);
    expect((await Promise.all(flood)).every(({ status }) => status === 429)).toBe(true);
  }, 60_000);
});
