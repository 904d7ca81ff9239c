import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { backends } from '../support/backends.ts';
import { seal, signature } from '../support/draw/index.ts';
import { form, guideBook, openOffice, type Answer, type Office } from '../support/office.ts';

interface Problem {
  readonly code: string;
  readonly field?: string;
  readonly errors?: readonly { readonly field: string; readonly code: string }[];
  readonly crop?: object;
}

/** Everything a form was refused for, in order. */
const faults = ({ body }: Answer<Problem>): string[] =>
  (body.errors ?? [{ field: body.field ?? '', code: body.code }])
    .map(({ field, code }) => `${field} ${code}`)
    .sort();

const broken = Buffer.from('%PDF-1.7 không phải ảnh');

describe.each(backends)('all that is wrong with a form is told at once: $name', (backend) => {
  let office: Office;
  beforeAll(async () => {
    office = await openOffice(backend);
  });
  afterAll(() => office.dispose());

  it('of a seal: its fields, its picture, and the seals there are', async () => {
    const clerk = await office.as('clerk');
    const seals = `${office.home}/seals`;
    const send = (fields: Record<string, string>, image?: Buffer) =>
      clerk.post<Problem>(seals, { form: form(fields, image) });
    expect(faults(await send({ isDefault: 'x' }))).toEqual([
      'image REQUIRED',
      'isDefault TYPE',
      'name REQUIRED',
    ]);
    expect(faults(await send({ name: ' ', more: '1' }, broken))).toEqual([
      'image FILE_TYPE',
      'more UNKNOWN_FIELD',
      'name REQUIRED',
    ]);
    const page = await readFile(join(import.meta.dirname, '../cases/a4-300dpi-seal-36mm.png'));
    const uncropped = await send({}, page);
    expect(faults(uncropped)).toEqual(['image IMAGE_UNCROPPED', 'name REQUIRED']);
    expect(uncropped.body.crop).toEqual(expect.objectContaining({ width: expect.any(Number) }));
    expect(faults(await send({ crop: 'auto' }, page))).toEqual(['name REQUIRED']);

    const kept = await send({ name: 'Con dấu' }, await seal());
    expect(kept.status).toBe(201);
    const again = await send({ name: 'con dấu ' }, broken);
    expect([again.status, faults(again)]).toEqual([
      422,
      ['image FILE_TYPE', 'name SEAL_NAME_DUPLICATE'],
    ]);
    expect(faults(await send({ name: 'Con dấu khác' }, broken))).toEqual(['image FILE_TYPE']);
    const edited = await clerk.patch<Problem>(kept.headers.get('location') ?? '', {
      form: form({ name: '', isDefault: 'x' }, broken),
    });
    expect(faults(edited)).toEqual(['image FILE_TYPE', 'isDefault TYPE', 'name REQUIRED']);
    const renamed = await clerk.patch<Problem>(kept.headers.get('location') ?? '', {
      form: form({ name: '' }),
    });
    expect(faults(renamed)).toEqual(['name REQUIRED']);
    // What is wrong with no field no other picture puts right.
    const nowhere = await clerk.patch<Problem>(`${seals}/nowhere`, {
      form: form({ name: 'Con dấu' }, broken),
    });
    expect([nowhere.status, nowhere.body.code]).toEqual([404, 'SEAL_NOT_FOUND']);
  });

  it('of a signature likewise, of which nothing is kept', async () => {
    const certifier = await office.as('certifier');
    const signatures = `${office.home}/signatures`;
    const fields = { name: 'Chữ ký', signerFullName: 'Nguyễn Văn An', signerTitle: 'Chủ tịch' };
    const send = (asked: Record<string, string>, image?: Buffer) =>
      certifier.post<Problem>(signatures, { form: form(asked, image) });
    expect(faults(await send({ name: 'Chữ ký' }, broken))).toEqual([
      'image FILE_TYPE',
      'signerFullName REQUIRED',
      'signerTitle REQUIRED',
    ]);
    expect(faults(await send(fields, broken))).toEqual(['image FILE_TYPE']);
    expect((await send(fields, await signature())).status).toBe(201);
    expect(faults(await send(fields, broken))).toEqual([
      'image FILE_TYPE',
      'name SIGNATURE_NAME_DUPLICATE',
    ]);
  });

  it('of a book: fields that cannot be read, what the others are to each other, and the books there are', async () => {
    const officer = await office.as('receiving-officer');
    const books = `${office.home}/books`;
    const open = (json: object) => officer.post<Problem>(books, { json });
    expect(
      faults(await open({ name: '01/2023', openedOn: '2024-05-10', closesOn: '2024-05-09' })),
    ).toEqual(['closesOn DATE_ORDER', 'firstNumber REQUIRED', 'name NAME_YEAR']);
    expect(faults(await open({ name: '1', openedOn: 'x', closesOn: '2024-05-09' }))).toEqual([
      'firstNumber REQUIRED',
      'name NAME_FORMAT',
      'openedOn DATE_FORMAT',
    ]);
    const opened = await open(guideBook);
    const book = opened.headers.get('location') ?? '';
    const json = { confirmedByFullName: 'Nguyễn Văn An', confirmedByTitle: 'Chủ tịch' };
    expect((await officer.post(`${book}/close`, { json })).status).toBe(200);
    expect(faults(await open({ ...guideBook, firstNumber: 7, closesOn: '2025-01-01' }))).toEqual([
      'closesOn DATE_YEAR',
      'firstNumber START_CONTINUITY',
      'name NAME_DUPLICATE',
    ]);
  });
});
