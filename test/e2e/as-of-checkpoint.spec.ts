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

interface Problem {
  readonly code: string;
  readonly field?: string;
}
interface Then {
  readonly revision: number;
  readonly state: { readonly copies?: number };
  readonly items: readonly { readonly fields: { readonly name: string } }[];
  readonly entries: readonly { readonly number: number; readonly copies: number }[];
  readonly registers: readonly { readonly books: readonly unknown[] }[];
  readonly next?: number;
}
interface Difference {
  readonly changes: readonly { readonly field: string; readonly to: unknown }[];
}

describe.each(backends)('what the register said when it was sealed: $name', (backend) => {
  let office: Office;
  let officer: Person;
  let auditor: Person;
  let book: string;
  const sizes: number[] = [];

  const sealNow = async () => {
    const { body } = await auditor.post<{ size: number }>('/v1/audit/checkpoints');
    sizes.push(body.size);
  };

  beforeAll(async () => {
    office = await openOffice(backend, { SEAL_SECONDS: '0' });
    officer = await office.as('receiving-officer');
    auditor = await office.as('auditor');
    const [clerk, certifier] = [await office.as('clerk'), await office.as('certifier')];
    const picture = await seal();
    await clerk.post(`${office.home}/seals`, { form: form({ name: 'Dấu một' }, picture) });
    const opened = await officer.post(`${office.home}/books`, { json: guideBook });
    book = opened.headers.get('location') ?? '';
    await officer.post(`${book}/entries`, { json: paper({ document: 1 }) });
    await sealNow();
    await clerk.post(`${office.home}/seals`, { form: form({ name: 'Dấu hai' }, picture) });
    const fields = { name: 'Chữ ký', signerFullName: 'An', signerTitle: 'Chủ tịch' };
    await certifier.post(`${office.home}/signatures`, { form: form(fields, await signature()) });
    await officer.post(`${book}/entries`, { json: paper({ document: 2 }) });
    await officer.post(`${book}/entries/1/correct`, { json: { copies: 9, reason: 'Ghi sai' } });
    await sealNow();
  }, 60_000);
  afterAll(() => office.dispose());

  const at = async (path: string, size: number) => {
    const sign = path.includes('?') ? '&' : '?';
    return (await auditor.get<Then>(`${path}${sign}checkpoint=${size}`)).body;
  };

  it('is told of a book, an entry, and of lists, of books, entries, signatures and seals', async () => {
    const [first = 0, second = 0] = sizes;
    expect((await at(`${book}/as-of`, first)).revision).toBe(1);
    expect((await at(`${book}/as-of`, second)).revision).toBe(3);
    expect((await at(`${book}/entries/1/as-of`, first)).state.copies).toBe(2);
    expect((await at(`${book}/entries/1/as-of`, second)).state.copies).toBe(9);
    const copies = async (size: number) =>
      (await at(`${book}/as-of/entries`, size)).entries.map((one) => one.copies);
    expect([await copies(first), await copies(second)]).toEqual([[2], [9, 2]]);
    const books = await at(`${office.home}/as-of/books?year=2024`, first);
    expect(books.registers[0]?.books).toHaveLength(1);
    const listed = async (what: string, size: number) =>
      (await at(`${office.home}/as-of/${what}`, size)).items.map(({ fields }) => fields.name);
    expect(await listed('seals', first)).toEqual(['Dấu một']);
    expect(await listed('seals', second)).toEqual(['Dấu một', 'Dấu hai']);
    await auditor.get(`${office.home}/signatures`, after(await officer.get(book)));
    expect(await listed('signatures', first)).toEqual([]);
    expect(await listed('signatures', second)).toEqual(['Chữ ký']);
  });

  it('is told page by page', async () => {
    const [, second = 0] = sizes;
    const seals = `${office.home}/as-of/seals?limit=1`;
    const [one, two] = [await at(seals, second), await at(`${seals}&first=2`, second)];
    expect([one.items.length, one.next, two.items.length, two.next]).toEqual([1, 2, 1, undefined]);
  });

  it('is told as the difference between two checkpoints', async () => {
    const [first = 0, second = 0] = sizes;
    const between = `from=checkpoint:${first}&to=checkpoint:${second}`;
    const path = `${book}/entries/1/as-of/difference?${between}`;
    const { changes } = (await auditor.get<Difference>(path)).body;
    expect(changes.find(({ field }) => field === 'copies')?.to).toBe(9);
  });

  it('is refused of a checkpoint that never was, and where two moments are named', async () => {
    const refused = async (query: string) => {
      const { status, body } = await auditor.get<Problem>(`${book}/as-of?${query}`);
      return [status, body.code];
    };
    expect(await refused('checkpoint=1')).toEqual([404, 'NOT_SEALED']);
    expect(await refused('checkpoint=99999999')).toEqual([404, 'NOT_SEALED']);
    expect(await refused('checkpoint=0')).toEqual([422, 'NUMBER_INVALID']);
    expect(await refused('checkpoint=2&revision=0')).toEqual([422, 'REQUIRED']);
    expect(await refused('')).toEqual([422, 'REQUIRED']);
    const difference = await auditor.get<Problem>(
      `${book}/as-of/difference?from=checkpoint:1&to=checkpoint:x`,
    );
    expect(difference.status).toBe(422);
  });
});
