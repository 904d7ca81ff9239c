import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { backends } from '../support/backends.ts';
import { seal, signature } from '../support/draw/index.ts';
import {
  after,
  form,
  guideBook,
  openOffice,
  paper,
  type Office,
  type Person,
} from '../support/office.ts';

const CASES = join(import.meta.dirname, '../cases');

interface Problem {
  readonly code: string;
  readonly field?: string;
  readonly detail: string;
  readonly crop?: { readonly width: number; readonly height: number };
  readonly warnings?: readonly { readonly code: string; readonly detail: string }[];
  readonly errors?: readonly { readonly code: string }[];
  readonly id?: string;
}

describe.each(backends)('pictures as people send them: $name', (backend) => {
  let office: Office;
  let clerk: Person;
  let seals: string;

  beforeAll(async () => {
    office = await openOffice(backend);
    clerk = await office.as('clerk');
    seals = `${office.home}/seals`;
  });
  afterAll(() => office.dispose());

  const send = async (name: string, file: string, fields: Record<string, string> = {}) =>
    clerk.post<Problem>(seals, {
      form: form({ name, ...fields }, await readFile(join(CASES, file))),
    });

  it('a page with a small seal is told where to cut, and cut there where that is asked for', async () => {
    const told = await send('Cả trang', 'a4-300dpi-seal-36mm.png');
    expect([told.status, told.body.code, told.body.field]).toEqual([
      422,
      'IMAGE_UNCROPPED',
      'image',
    ]);
    expect(told.body.detail).toContain('crop=auto');
    const cut = await send('Cả trang', 'a4-300dpi-seal-36mm.png', { crop: 'auto' });
    expect(cut.status).toBe(201);
    expect(cut.body.warnings?.map(({ code }) => code)).toContain('IMAGE_CROPPED');
    const row = await clerk.get<{ versions: readonly object[] }>(
      cut.headers.get('location') ?? '',
      after(cut),
    );
    const { width, height } = told.body.crop ?? { width: 0, height: 0 };
    expect(row.body.versions).toEqual([expect.objectContaining({ width, height })]);
    const other = await send('Khác', 'a4-300dpi-seal-36mm.png', { crop: 'tự động' });
    expect([other.status, other.body.errors?.map(({ code }) => code)]).toEqual([
      422,
      ['NOT_ALLOWED', 'IMAGE_UNCROPPED'],
    ]);
  });

  it.each(['seal-sos-params.jpg', 'seal-16-bytes-between-segments.jpg'])(
    'a JPEG that every viewer shows is taken: %s',
    async (file) => {
      const answer = await send(file, file);
      expect(answer.status).toBe(201);
      const image = await clerk.get(`${answer.headers.get('location')}/image`, after(answer));
      expect([image.status, image.headers.get('content-type')]).toEqual([200, 'image/jpeg']);
    },
  );

  it('one of a kind that hardly any viewer shows is refused by its name, with a way out', async () => {
    const lossless = await send('Không mất dữ liệu', 'signature-lossless.jpg');
    expect(lossless.body.code).toBe('FILE_RARE_JPEG');
    expect(lossless.body.detail).toMatch(/lossless.*PNG/);
    const heic = await send('Điện thoại', 'photo-heic-named.jpg');
    expect(heic.body.code).toBe('FILE_TYPE');
    expect(heic.body.detail).toMatch(/HEIC.*JPEG/);
  });

  it('a number without a default signature or seal is told which field wants another', async () => {
    const officer = await office.as('receiving-officer');
    const certifier = await office.as('certifier', { account: 'an.nguyen' });
    const opened = await officer.post(`${office.home}/books`, { json: guideBook });
    const entries = `${opened.headers.get('location')}/entries`;
    const fields = { name: 'Chữ ký', signerFullName: 'Nguyễn Văn An', signerTitle: 'Chủ tịch' };
    const made = await certifier.post<Problem>(`${office.home}/signatures`, {
      form: form(fields, await signature()),
    });
    const path = made.headers.get('location') ?? '';
    await certifier.post(`${path}/revoke`, { json: { reason: 'Thôi chức' } });
    const asked = { ...paper(), signature: { account: 'an.nguyen' } };
    const answer = await officer.post<Problem>(entries, { json: asked });
    expect([answer.status, answer.body.code, answer.body.field]).toEqual([
      409,
      'SIGNATURE_NO_DEFAULT',
      '/signature/id',
    ]);
    const revoked = { ...paper(), signature: { account: 'an.nguyen', id: made.body.id } };
    const named = await officer.post<Problem>(entries, { json: revoked });
    expect([named.body.code, named.body.field]).toEqual(['SIGNATURE_REVOKED', '/signature/id']);
  });

  it('looked at again is the same picture, and one that left was never waited for', async () => {
    const made = await clerk.post<Problem>(seals, {
      form: form({ name: 'Con dấu lớn' }, await seal({ width: 3000 })),
    });
    const image = `${made.headers.get('location')}/image?variant=thumbnail`;
    const leaving = new AbortController();
    const left = fetch(`${office.url}${image}`, {
      headers: { authorization: `Bearer ${clerk.token}` },
      signal: leaving.signal,
    }).catch(() => undefined);
    leaving.abort();
    await left;
    const answers = await Promise.all(
      Array.from({ length: 20 }, () => clerk.get<ArrayBuffer>(image, after(made))),
    );
    const [first] = answers;
    expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 200));
    for (const { body } of answers) {
      expect(Buffer.from(body).equals(Buffer.from(first?.body ?? new ArrayBuffer(0)))).toBe(true);
    }
  });
});
