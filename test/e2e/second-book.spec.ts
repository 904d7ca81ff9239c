import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { registerStream } from '#domain';
import { backends, type Backend } from '../support/backends.ts';
import { guideBook, openOffice, paper, type Office, type Person } from '../support/office.ts';
import { output, startProcess } from '../support/processes.ts';

interface Page {
  readonly entries: readonly { readonly number: number }[];
  readonly next?: number;
}

interface TwoBooks {
  readonly office: Office;
  readonly auditor: Person;
  readonly first: string;
  readonly second: string;
}

/** Revisions of the register: where the first book was closed, the second opened, numbered, corrected. */
const [CLOSED, OPENED, NUMBERED, CORRECTED] = [4, 5, 12, 13];
const SECOND = [4, 5, 6, 7, 8, 9, 10];

/** The first book has numbers 1 to 3, the second goes on to 10, of which 9 is corrected. */
async function twoBooks(backend: Backend): Promise<TwoBooks> {
  const office = await openOffice(backend);
  const officer = await office.as('receiving-officer');
  const open = async (given: object): Promise<string> => {
    const json = { ...guideBook, ...given };
    const { headers } = await officer.post(`${office.home}/books`, { json });
    return headers.get('location') ?? '';
  };
  const assign = async (book: string, documents: readonly number[]) => {
    for (const document of documents)
      await officer.post(`${book}/entries`, { json: paper({ document }) });
  };
  const first = await open({});
  await assign(first, [1, 2, 3]);
  const json = { confirmedByFullName: 'Nguyễn Văn An', confirmedByTitle: 'Chủ tịch' };
  await officer.post(`${first}/close`, { json });
  const second = await open({ name: '02/2024', firstNumber: 4 });
  await assign(second, SECOND);
  await officer.post(`${second}/entries/9/correct`, { json: { copies: 9, reason: 'Ghi sai' } });
  return { office, auditor: await office.as('auditor'), first, second };
}

const numbersOf = ({ entries }: Page) => entries.map(({ number }) => number);

/** Page by page, from where a list begins by itself until it says that nothing follows. */
async function readThrough(read: (more: string) => Promise<Page>): Promise<number[][]> {
  const pages: Page[] = [await read('')];
  for (let last = pages[0]; last?.next !== undefined; last = pages.at(-1))
    pages.push(await read(`&first=${last.next}`));
  return pages.map(numbersOf);
}

describe.each(backends)('a book that begins beyond the first number: $name', (backend) => {
  let books: TwoBooks;
  beforeAll(async () => {
    books = await twoBooks(backend);
  }, 60_000);
  afterAll(() => books.office.dispose());

  const asked = (path: string) => async (more: string) =>
    (await books.auditor.get<Page>(`${path}${more}`)).body;
  const entries = (query: string, book = books.second) =>
    asked(`${book}/as-of/entries?limit=3&${query}`);
  const difference = (query: string, book = books.second) =>
    asked(`${book}/as-of/entries/difference?limit=3&${query}`);

  it('is listed as of a moment from its own first number on, page by page', async () => {
    const pages = [[4, 5, 6], [7, 8, 9], [10]];
    expect(await readThrough(entries(`revision=${CORRECTED}`))).toEqual(pages);
    expect(await readThrough(entries('at=2024-05-10'))).toEqual(pages);
    expect(await readThrough(entries(`revision=${OPENED + 3}`))).toEqual([[4, 5, 6]]);
    expect(await readThrough(entries(`revision=${OPENED}`))).toEqual([[]]);
    expect(await readThrough(entries(`revision=${CLOSED}`))).toEqual([[]]);
  });

  it('is told apart between two moments from its own first number on, page by page', async () => {
    const between = (from: number, to: number) => readThrough(difference(`from=${from}&to=${to}`));
    const pages = [[4, 5, 6], [7, 8, 9], [10]];
    expect(await between(CLOSED, CORRECTED)).toEqual(pages);
    expect(await between(CORRECTED, CLOSED)).toEqual(pages);
    expect(await between(OPENED + 1, NUMBERED)).toEqual([[5, 6], [7, 8, 9], [10]]);
    expect(await between(NUMBERED, CORRECTED)).toEqual([[], [9], []]);
    expect(await between(CLOSED, OPENED)).toEqual([[]]);
  });

  it('is where a stretch goes on that was asked for before it', async () => {
    const before = { entries: [], next: 4 };
    const stretch = '&first=1';
    expect(await entries(`revision=${NUMBERED}`)(stretch)).toMatchObject(before);
    expect(await difference(`from=${CLOSED}&to=${NUMBERED}`)(stretch)).toMatchObject(before);
    const across = await entries(`revision=${NUMBERED}`)('&first=3');
    expect([numbersOf(across), across.next]).toEqual([[4, 5], 6]);
  });

  it('leaves the book before it as it is', async () => {
    const { first } = books;
    expect(await readThrough(entries(`revision=${NUMBERED}`, first))).toEqual([[1, 2, 3]]);
    const between = difference(`from=0&to=${NUMBERED}`, first);
    expect(await readThrough(between)).toEqual([[1, 2, 3]]);
  });
});

describe('a book that begins beyond the first number, on the command line', () => {
  let books: TwoBooks;
  beforeAll(async () => {
    books = await twoBooks(backends[0] as Backend);
  }, 60_000);
  afterAll(() => books.office.dispose());

  /** What `ops` says of the numbers of the second book, as people read it and for machines. */
  async function listed(...words: readonly string[]) {
    const { agency, dataDir } = books.office;
    const [command = '', ...rest] = words;
    const stream = registerStream({ agency, type: 'SCTDT.BS', year: 2024 });
    const book = decodeURIComponent(books.second.split('/').at(-1) ?? '');
    const options = ['--stream', stream, '--list', '--book', book, '--limit', '3', ...rest];
    const run = (...more: readonly string[]) =>
      output(
        startProcess('apps/ops/main.ts', [command, ...options, ...more], { DATA_DIR: dataDir }),
      );
    const [forPeople, forMachines] = [await run(), await run('--json')];
    const more = /^--first (\d+)$/m.exec(forPeople.text)?.[1];
    const told = JSON.parse(forMachines.text) as Page & { changed?: { name: string }[] };
    return { told, more: more === undefined ? undefined : Number(more) };
  }

  it('is listed from its own first number on, and says where it goes on', async () => {
    const page = await listed('as-of', '--at', String(CORRECTED));
    expect([numbersOf(page.told), page.told.next, page.more]).toEqual([[4, 5, 6], 7, 7]);
    const last = await listed('as-of', '--at', String(CORRECTED), '--first', '8');
    expect([numbersOf(last.told), last.told.next, last.more]).toEqual([
      [8, 9, 10],
      undefined,
      undefined,
    ]);
    const before = await listed('as-of', '--at', String(CORRECTED), '--first', '1');
    expect([numbersOf(before.told), before.told.next, before.more]).toEqual([[], 4, 4]);
  }, 60_000);

  it('is told apart from its own first number on, and says where that goes on', async () => {
    const between = ['difference', '--from', String(CLOSED), '--to', String(CORRECTED)];
    const page = await listed(...between);
    expect(page.told.changed?.map(({ name }) => name.split(' ').at(-1))).toEqual(['4', '5', '6']);
    expect([page.told.next, page.more]).toEqual([7, 7]);
    const last = await listed(...between, '--first', '10');
    expect([last.told.changed?.length, last.told.next, last.more]).toEqual([
      1,
      undefined,
      undefined,
    ]);
  }, 60_000);
});
