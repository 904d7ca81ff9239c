import { createHash, randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { backends, type Backend } from '../support/backends.ts';
import { seal, signature } from '../support/draw/index.ts';
import { form, guideBook, openOffice, paper, type Office, type Person } from '../support/office.ts';
import { scan } from '../support/scans.ts';
import { signPdf } from '../support/sign-pdf.ts';
import { until } from '../support/until.ts';

interface Copy {
  readonly state: string;
  readonly number: number;
  readonly sha256: string;
  readonly signedSha256: string | null;
  readonly signers: readonly string[];
}
interface Problem {
  readonly code: string;
}
interface List {
  readonly items: readonly Copy[];
}

const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');
const pdf = (bytes: Buffer, fields: Readonly<Record<string, string>> = {}): FormData => {
  const data = new FormData();
  for (const [name, value] of Object.entries(fields)) data.set(name, value);
  data.set('file', new Blob([Uint8Array.from(bytes)], { type: 'application/pdf' }), 'quet.pdf');
  return data;
};

describe.each(backends)('an electronic copy, on $name', (backend: Backend) => {
  let office: Office;
  let officer: Person;
  let certifier: Person;
  let clerk: Person;
  let book: string;
  let document = 0;

  beforeAll(async () => {
    office = await openOffice(backend, { SEAL_SECONDS: '0' });
    officer = await office.as('receiving-officer');
    certifier = await office.as('certifier', { account: 'an.nguyen' });
    clerk = await office.as('clerk');
    const fields = { name: 'Chữ ký', signerFullName: 'Nguyễn Văn An', signerTitle: 'Chủ tịch' };
    await certifier.post(`${office.home}/signatures`, {
      form: form({ ...fields, isDefault: 'true' }, await signature()),
    });
    await clerk.post(`${office.home}/seals`, {
      form: form({ name: 'Con dấu', isDefault: 'true' }, await seal()),
    });
    const json = { ...guideBook, closesOn: '2024-12-31' };
    const opened = await officer.post(`${office.home}/books`, { json });
    book = opened.headers.get('location') ?? '';
  }, 60_000);
  afterAll(() => office.dispose());

  const numbered = async (more: object = {}): Promise<string> => {
    document += 1;
    const { headers } = await officer.post(`${book}/entries`, {
      json: { ...paper({ document }), ...more },
    });
    return headers.get('location') ?? '';
  };
  const stamp = async (entry: string, bytes: Buffer, key: string = randomUUID()) => {
    const headers = { 'idempotency-key': key };
    const answer = await officer.post<ArrayBuffer>(`${entry}/stamp`, { form: pdf(bytes), headers });
    return { ...answer, file: answer.status === 200 ? Buffer.from(answer.body) : Buffer.alloc(0) };
  };
  const sign = (entry: string, bytes: Buffer, by: Person = certifier) =>
    by.post<{ entry: { copy: Copy | null } } & Problem>(`${entry}/signed-copy`, {
      form: pdf(bytes),
    });
  const codeOf = ({ body }: { readonly body: unknown }): string => (body as Problem).code;
  const copyOf = async (entry: string, position: string | null): Promise<Copy | null> => {
    const headers = { 'read-after': position ?? '' };
    return (await officer.get<{ copy: Copy | null }>(`${entry}/copy`, { headers })).body.copy;
  };
  const waiting = async (position: string | null): Promise<readonly number[]> => {
    const headers = { 'read-after': position ?? '' };
    const { body } = await officer.get<List>(`${office.home}/copies?limit=100`, { headers });
    return body.items.map(({ number }) => number);
  };
  const numberIn = (entry: string): number => Number(entry.split('/').at(-1));

  it('is the scan with its stamp behind it, known by its hash', async () => {
    const entry = await numbered({ signature: { account: 'an.nguyen' }, seal: {} });
    const source = scan({ pages: 2 });
    const { status, headers, file } = await stamp(entry, source);
    expect([status, headers.get('content-type')]).toEqual([200, 'application/pdf']);
    expect(file.subarray(0, source.length).equals(source)).toBe(true);
    const digest = Buffer.from(sha256(file), 'hex').toString('base64');
    expect(headers.get('repr-digest')).toBe(`sha-256=:${digest}:`);
    const copy = await copyOf(entry, headers.get('position'));
    expect(copy).toMatchObject({ state: 'stamped', sha256: sha256(file), signers: [] });
    expect(await waiting(headers.get('position'))).toContain(numberIn(entry));
  });

  it('is the same file again for whoever lost the answer, and recorded once', async () => {
    const entry = await numbered();
    const [first, again, anew] = [
      await stamp(entry, scan(), 'same'),
      await stamp(entry, scan(), 'same'),
      await stamp(entry, scan()),
    ];
    expect([again.file.equals(first.file), anew.file.equals(first.file)]).toEqual([true, true]);
    expect(again.headers.get('idempotency-replayed')).toBe('true');
    expect([again, anew].map((one) => one.headers.get('etag'))).toEqual([
      first.headers.get('etag'),
      first.headers.get('etag'),
    ]);
    expect(codeOf(await stamp(entry, scan({ pages: 2 }), 'same'))).toBe('IDEMPOTENCY_KEY_REUSED');
  });

  it('is the file of then when a request is repeated after a correction', async () => {
    const entry = await numbered();
    const first = await stamp(entry, scan(), 'then');
    const json = { certifierTitle: 'Chủ tịch UBND', reason: 'Ghi sai' };
    await officer.post(`${entry}/correct`, { json });
    const again = await stamp(entry, scan(), 'then');
    expect(again.file.equals(first.file)).toBe(true);
    const anew = await stamp(entry, scan());
    expect(anew.file.equals(first.file)).toBe(false);
    expect((await copyOf(entry, anew.headers.get('position')))?.sha256).toBe(sha256(anew.file));
  });

  it('is the file of then also when the service was started anew in between', async () => {
    const entry = await numbered({ signature: { account: 'an.nguyen' }, seal: {} });
    const first = await stamp(entry, scan(), 'restarted');
    await office.restart();
    const again = await stamp(entry, scan(), 'restarted');
    expect([again.status, again.headers.get('idempotency-replayed')]).toEqual([200, 'true']);
    expect(again.file.equals(first.file)).toBe(true);
    expect(again.headers.get('etag')).toBe(first.headers.get('etag'));
  });

  it('goes from number to stamp to signature, and in no other order', async () => {
    const [entry, other] = [await numbered(), await numbered()];
    const { file } = await stamp(other, scan());
    const signed = await signPdf(file);
    expect(codeOf(await sign(entry, signed))).toBe('COPY_NOT_STAMPED');
    const own = await stamp(entry, scan());
    expect(codeOf(await sign(entry, signed))).toBe('COPY_OTHER_FILE');
    expect(codeOf(await sign(entry, own.file))).toBe('PDF_UNSIGNED');
    const ownSigned = await signPdf(own.file);
    const answer = await sign(entry, ownSigned);
    expect([answer.status, answer.body.entry.copy]).toMatchObject([
      200,
      { state: 'signed', signedSha256: sha256(ownSigned), signers: ['Nguyễn Văn An'] },
    ]);
    expect(await waiting(answer.headers.get('position'))).not.toContain(numberIn(entry));
    expect(codeOf(await stamp(entry, scan({ pages: 2 })))).toBe('COPY_SIGNED');
    const json = { reason: 'Rút hồ sơ' };
    expect(codeOf(await officer.post(`${entry}/void`, { json }))).toBe('COPY_SIGNED');
    const both = await sign(entry, await signPdf(ownSigned, 'UBND xã Ba Bể'), clerk);
    expect(both.body.entry.copy?.signers).toEqual(['Nguyễn Văn An', 'UBND xã Ba Bể']);
  });

  it('moves the tag its book is edited by, as everything in its register does', async () => {
    const entry = await numbered();
    const { headers } = await stamp(entry, scan());
    const after = { 'read-after': headers.get('position') ?? '' };
    const shown = await officer.get(book, { headers: after });
    expect(shown.headers.get('etag')).toBe(headers.get('etag'));
    const json = { closesOn: '2024-12-30', reason: 'Nghỉ cuối năm' };
    const tag = { 'if-match': shown.headers.get('etag') ?? '' };
    expect((await officer.patch(book, { json, headers: tag })).status).toBe(200);
  });

  it('has to be stamped again where what its stamp says was corrected', async () => {
    const entry = await numbered();
    const { file } = await stamp(entry, scan());
    const json = { certifierFullName: 'Trần Văn Bảo', reason: 'Ghi sai' };
    const corrected = await officer.post(`${entry}/correct`, { json });
    expect(codeOf(await sign(entry, await signPdf(file)))).toBe('COPY_OUTDATED');
    expect((await copyOf(entry, corrected.headers.get('position')))?.state).toBe('outdated');
    const anew = await stamp(entry, scan());
    expect((await copyOf(entry, anew.headers.get('position')))?.state).toBe('stamped');
    expect((await sign(entry, await signPdf(anew.file))).status).toBe(200);
  });

  it('can be signed where who certifies was corrected behind a stamp with a signature on it', async () => {
    const entry = await numbered({ signature: { account: 'an.nguyen' }, seal: {} });
    const first = await stamp(entry, scan());
    const json = { certifierTitle: 'Phó Chủ tịch', reason: 'Ghi sai' };
    expect((await officer.post(`${entry}/correct`, { json })).status).toBe(200);
    expect(codeOf(await sign(entry, await signPdf(first.file)))).toBe('COPY_OUTDATED');
    const anew = await stamp(entry, scan());
    expect(anew.file.equals(first.file)).toBe(false);
    expect((await copyOf(entry, anew.headers.get('position')))?.sha256).toBe(sha256(anew.file));
    expect((await sign(entry, await signPdf(anew.file))).status).toBe(200);
  });

  it('is told by its file to whoever holds it: stamped, replaced, signed, revoked', async () => {
    const entry = await numbered();
    const first = await stamp(entry, scan());
    const second = await stamp(entry, scan({ pages: 2 }));
    const signed = await signPdf(second.file);
    const verified = async (bytes: Buffer) => {
      const asked = { method: 'POST', body: pdf(bytes), headers: { accept: 'application/json' } };
      const answer = await fetch(`${office.url}/xac-minh`, asked);
      return (await answer.json()) as { known: boolean; file: Known | null };
    };
    const become = (bytes: Buffer, wanted: object) =>
      until(async () => {
        const { file } = await verified(bytes);
        return Object.entries(wanted).every(
          ([name, value]) => ({ kind: file?.kind, ...file?.number })[name as never] === value,
        );
      });
    await become(second.file, { kind: 'stamped', replaced: false, status: 'valid' });
    await become(first.file, { kind: 'stamped', replaced: true });
    expect((await verified(signed)).known).toBe(false);
    await sign(entry, signed);
    await become(signed, { kind: 'signed', replaced: false, status: 'valid' });
    const json = { decisionNumber: '1/QĐ', decisionDate: '2024-05-10', reason: 'Giả' };
    await certifier.post(`${entry}/revoke`, { json });
    await become(signed, { kind: 'signed', status: 'revoked' });
    expect((await verified(Buffer.concat([signed, Buffer.from(' ')]))).known).toBe(false);
  });

  it('is refused by name where the file is none, or the form is', async () => {
    const entry = await numbered();
    const codes = await Promise.all([
      stamp(entry, Buffer.from('<html>')),
      stamp(entry, scan({ catalog: '/OpenAction<</S/JavaScript/JS(x)>>' })),
      officer.post(`${entry}/stamp`, { form: pdf(scan(), { place: 'middle' }) }),
      officer.post(`${entry}/stamp`, { form: pdf(scan(), { colour: 'red' }) }),
      officer.post(`${entry}/stamp`, { form: new FormData() }),
      officer.post(`${entry}/stamp`, { json: {} }),
      stamp(entry, Buffer.alloc(33 * 1024 * 1024, 0x25)),
    ]);
    expect(codes.map(codeOf)).toEqual([
      ...['PDF_TYPE', 'PDF_ACTIVE', 'NOT_ALLOWED', 'UNKNOWN_FIELD', 'FILE_MISSING'],
      ...['FILE_MISSING', 'FILE_OVER_LIMIT'],
    ]);
  });

  it('of one account’s many keeps nobody else waiting for ever, and each has its own stamp', async () => {
    const entries = await Promise.all(Array.from({ length: 12 }, () => numbered()));
    const stamped = await Promise.all(entries.map((entry) => stamp(entry, scan({ pages: 3 }))));
    expect(stamped.map(({ status }) => status)).toEqual(entries.map(() => 200));
    expect(new Set(stamped.map(({ file }) => sha256(file))).size).toBe(entries.length);
  });

  it('stamped twice at the same moment with two scans is the last one of them, whichever that is', async () => {
    const entry = await numbered();
    const both = await Promise.all([stamp(entry, scan()), stamp(entry, scan({ pages: 2 }))]);
    const hashes = both.map(({ file }) => sha256(file));
    const latest = [...both].sort((a, b) => positionOf(a) - positionOf(b)).at(-1);
    const copy = await copyOf(entry, latest?.headers.get('position') ?? null);
    expect(hashes).toContain(copy?.sha256);
  });
});

interface Known {
  readonly kind: string;
  readonly number: Readonly<Record<string, unknown>> | null;
}

const positionOf = ({ headers }: { readonly headers: Headers }): number =>
  Number((headers.get('etag') ?? '').replaceAll('"', ''));
