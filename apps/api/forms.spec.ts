import 'reflect-metadata';
import { globSync } from 'node:fs';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { beforeAll, expect, it } from '@jest/globals';
import { plainToInstance } from 'class-transformer';
import { getMetadataStorage, validateSync } from 'class-validator';
import fc from 'fast-check';
import { AssignEntryDto } from './books/entries.dto.ts';
import { BatchDto } from './books/batch.dto.ts';
import { isSurelyRight } from './http/fields/compiled.ts';

type Form = new () => object;
const rules = { whitelist: true, forbidNonWhitelisted: true, forbidUnknownValues: true };
const isRight = (form: object): boolean => validateSync(form, rules).length === 0;

const here = fileURLToPath(new URL('.', import.meta.url));
const forms: Form[] = [];

beforeAll(async () => {
  for (const file of globSync('**/*.dto.ts', { cwd: here }).sort()) {
    const module = (await import(pathToFileURL(`${here}/${file}`).href)) as object;
    const classes = Object.values(module).filter((one): one is Form => typeof one === 'function');
    forms.push(...classes.filter((one) => fieldsOf(one).length > 0));
  }
});

const fieldsOf = (form: Form): string[] => {
  const storage = getMetadataStorage();
  const all = storage.getTargetValidationMetadatas(form, undefined as never, false, false);
  return Object.keys(storage.groupByPropertyName(all));
};

const entry = {
  dossier: 'H03.24-240510-0001',
  document: 1,
  requester: 'Lê Thị Cúc',
  documentTitle: 'Bằng tốt nghiệp đại học',
  certifierFullName: 'Nguyễn Văn An',
  copies: 2,
  fee: 20_000,
};

/** What a field may be sent as: right for some, wrong for others, and what no field takes. */
const values = fc.oneof(
  fc.constantFrom<unknown>(
    '2024-05-10',
    '2024-02-30',
    '',
    ' ',
    '\u200b',
    'SCTDT.BS',
    'x'.repeat(2000),
  ),
  fc.constantFrom<unknown>(
    0,
    1,
    2,
    -1,
    1.5,
    20_000,
    NaN,
    Infinity,
    '1',
    true,
    false,
    null,
    undefined,
  ),
  fc.constantFrom<unknown>([], {}, [null], [undefined], [[]], [{}], ['a'], new Map(), new Set([1])),
  fc.constantFrom<unknown>({ account: 'ky.nguyen' }, { account: 1 }, { account: 'a', more: 1 }),
  fc.constantFrom<unknown>([entry], [entry, { ...entry, copies: 0 }], entry, [entry, 'entry']),
  fc.string({ unit: 'grapheme' }),
);

const sent = fc
  .nat()
  .map((at) => forms[at % forms.length] as Form)
  .chain((form) => {
    const fields = fc.record(Object.fromEntries(fieldsOf(form).map((name) => [name, values])), {
      requiredKeys: [],
    });
    const more = fc.dictionary(fc.constantFrom('more', 'constructor', 'toString'), values, {
      maxKeys: 1,
    });
    const extra = fc.oneof(
      { weight: 9, arbitrary: fc.constant({}) },
      { weight: 1, arbitrary: more },
    );
    return fc.record({ form: fc.constant(form), plain: fc.tuple(fields, extra) });
  })
  .map(({ form, plain: [fields, more] }) => ({ form, plain: { ...fields, ...more } }));

it('whatever is sent to any form, what passes by compiled rules passes by class-validator', () => {
  const taken = new Set<Form>();
  fc.assert(
    fc.property(sent, ({ form, plain }) => {
      const given = plainToInstance(form, plain);
      if (!isSurelyRight(given)) return;
      taken.add(form);
      expect(isRight(given)).toBe(true);
    }),
    { numRuns: 5000 },
  );
  expect(taken.size).toBeGreaterThan(forms.length / 6);
});

it('a whole entry passes by compiled rules, alone and in a batch, with and without what may be left out', () => {
  const signed = { ...entry, signature: { account: 'ky.nguyen' }, seal: {}, authority: null };
  for (const one of [entry, signed, { ...entry, note: null, pages: 3 }]) {
    expect(isSurelyRight(plainToInstance(AssignEntryDto, one))).toBe(true);
    expect(isSurelyRight(plainToInstance(BatchDto, { documents: [one, entry] }))).toBe(true);
  }
});

it.each([
  ['a field nobody knows', { ...entry, more: 1 }],
  ['one that is missing', { ...entry, copies: undefined }],
  ['one that is too long', { ...entry, requester: 'x'.repeat(2000) }],
  ['something within that is wrong', { ...entry, signature: { account: 1 } }],
  ['something within that nobody knows', { ...entry, seal: { id: 'a', more: 1 } }],
])('%s does not pass, alone or among others', (_what, one) => {
  expect(isSurelyRight(plainToInstance(AssignEntryDto, one))).toBe(false);
  expect(isSurelyRight(plainToInstance(BatchDto, { documents: [entry, one] }))).toBe(false);
});
