import { join } from 'node:path';
import { formatEntryNumber, registerType, type DomainEvent, type EventMetadata } from '#domain';
import type { Position } from '#event-store';
import { bookList, registerEntries, type Projection } from '#projections';
import { openSqliteReadStore, vietnameseOrder, type Query, type StoredDoc } from '#read-store';
import type { ByHand } from './hand-thread.ts';
import { handOn } from './hand.ts';
import { timed, percentile } from './report.ts';
import { createSamples, type Samples } from './samples.ts';
import type { Measured } from './tasks.ts';

/** Lists of one large book and of an agency with many, asked through the store and by hand. */

const BOOKS = 1200;
const ROWS = 10;
const BATCH = 1000;
/** Before turns are counted. */
const WARM_UP_MS = 2000;
const SCOPE = { agency: 'H04.01', bookId: 'SCTDT.BS-2024-1' };
const STREAM = `register-${SCOPE.agency}-SCTDT.BS-2024`;

const metadata = {
  actor: {
    account: 'binh.tran',
    name: 'Trần Thị Bình',
    role: 'receiving-officer',
    agency: 'H04.01',
  },
  occurredAt: '2024-05-10T01:00:00.000Z',
} as EventMetadata;

/** What the read model makes of an event. */
function docsOf(projection: Projection, revision: number, event: DomainEvent): StoredDoc[] {
  const position = String(revision).padStart(16, '0') as Position;
  const place = { id: position, stream: STREAM, revision, position };
  const changes = projection.project({ event, metadata, ...place });
  return changes.flatMap((one) =>
    'create' in one ? { id: one.id, position, doc: one.create } : [],
  );
}

const dossierOf = (number: number): string => `H04.24-${String(number * 7).padStart(8, '0')}`;

function entry(number: number, samples: Samples): StoredDoc[] {
  const numberText = formatEntryNumber(number, registerType('SCTDT.BS'));
  const data = {
    bookId: SCOPE.bookId,
    ...{ bookName: '01/2024-SCTĐT/BS', number, numberText, dossier: dossierOf(number) },
    ...{ document: 1, certifiedOn: '2024-05-10', requester: samples.name() },
    ...{ documentTitle: samples.title(), certifierFullName: 'Nguyễn Văn An', copies: 2 },
    ...{ certifierTitle: 'Phó Chủ tịch UBND', authority: null, fee: 20_000, note: '' },
    ...{ signature: null, seal: null, verificationCode: null },
  };
  return docsOf(registerEntries, number, {
    type: 'EntryNumberAssigned',
    data,
  } as unknown as DomainEvent);
}

function book(number: number): StoredDoc[] {
  const name = `${String((number % 99) + 1).padStart(2, '0')}/20${10 + Math.floor(number / 99)}-SCTĐT/BS`;
  const [openedOn, closesOn] = ['2024-05-10', '2024-12-31'];
  const data = { bookId: `SCTDT.BS-2024-${number}`, name, firstNumber: number, openedOn, closesOn };
  const event = { type: 'BookOpened', data: { ...data, form: 'TT01/2020', reason: '' } };
  return docsOf(bookList, number, event as unknown as DomainEvent);
}

async function fill(
  path: string,
  projection: Projection,
  count: number,
  docs: (number: number) => StoredDoc[],
): Promise<void> {
  const store = openSqliteReadStore(path);
  const load = await store.load(projection);
  for (let first = 1; first <= count; first += BATCH) {
    const length = Math.min(BATCH, count - first + 1);
    await load.write(Array.from({ length }, (_, at) => docs(first + at)).flat());
  }
  await load.finish();
  await store.close();
}

/** Makes the lists; answers how long it took. */
export async function makeLists(folder: string, entries: string): Promise<{ seconds: number }> {
  const samples = createSamples(7);
  const path = join(folder, 'read.db');
  const seconds = await timed(async () => {
    await fill(path, registerEntries, Number(entries), (number) => entry(number, samples));
    await fill(path, bookList, BOOKS, book);
  });
  return { seconds };
}

/** A list as it is asked, and the least SQL that reads the same page from the same file. */
interface Asked extends ByHand {
  readonly of: Projection;
  readonly query: Query;
}

const of = (field: string): string => `json_extract(doc, '$.${field}')`;
const inBook = `${of('agency')} = ? AND ${of('bookId')} = ?`;
const scope = Object.values(SCOPE);
const words = `words_${registerEntries.name}`;

const select = `SELECT id, position, doc FROM doc_${registerEntries.name}`;
const numbered = (condition: string): string =>
  `${select} WHERE ${condition} ORDER BY ${of('number')}, id LIMIT ?`;

const inEntries = (query: Partial<Query>, sql: string, ...values: unknown[]): Asked => ({
  of: registerEntries,
  query: { filter: SCOPE, sort: [{ field: 'number' }], limit: ROWS, ...query },
  sql,
  values: [...values, ROWS + 1],
});

function searched(search: string): Asked {
  const match = wordsOf(search).map((word) => `"${word}" *`);
  const sql = numbered(`row IN (SELECT rowid FROM ${words} WHERE ${words} MATCH ?)`);
  return inEntries({ search }, sql, match.join(' AND '));
}

const booksSql = `SELECT id, position, doc FROM doc_${bookList.name}
  WHERE ${of('agency')} = ? AND ${of('state')} <> 'discarded'
  ORDER BY ${of('nameOrder')} DESC, id DESC LIMIT ?`;
const requesterSql = `${select} WHERE ${inBook} AND ${of('requesterOrder')} <= ?
  ORDER BY ${of('requesterOrder')} DESC, id DESC LIMIT ?`;

/** Lists by what they show, each at another place with every turn. */
const askedOf = (samples: Samples, entries: number): Readonly<Record<string, () => Asked>> => ({
  'first page': () => inEntries({}, numbered(inBook), ...scope),
  'deep page by cursor': () => {
    const number = samples.below(entries);
    const after = cursorAt('+number', [number], '~');
    return inEntries({ after }, numbered(`${inBook} AND ${of('number')} > ?`), ...scope, number);
  },
  'by requester, a deep page': () => {
    const key = vietnameseOrder(samples.name());
    const after = cursorAt('-requesterOrder', [key], '~');
    const sort = [{ field: 'requesterOrder', descending: true }];
    return inEntries({ sort, after }, requesterSql, ...scope, key);
  },
  'search for a dossier': () => searched(dossierOf(1 + samples.below(entries))),
  'search for a name': () => searched(samples.name()),
  'first page of books': () => ({
    of: bookList,
    query: {
      filter: { agency: SCOPE.agency, state: { ne: 'discarded' } },
      sort: [{ field: 'nameOrder', descending: true }],
      limit: ROWS,
    },
    sql: booksSql,
    values: [SCOPE.agency, ROWS + 1],
  }),
});

const wordsOf = (text: string): string[] =>
  text
    .toLowerCase()
    .normalize('NFD')
    .replace(/[\u0300-\u036f]/g, '')
    .replaceAll('đ', 'd')
    .split(/[^a-z0-9]+/);

/** The cursor of a place that no page has ended with. */
const cursorAt = (sort: string, values: readonly unknown[], id: string): string =>
  Buffer.from(JSON.stringify([sort, values, id])).toString('base64url');

/** Milliseconds of each list, `name` through the store and `name by hand`, 99 of 100 within; `… half`: half of them. */
export async function askLists(
  folder: string,
  entries: string,
  turns: string,
): Promise<{ seconds: number } & Pick<Measured, 'more'>> {
  const path = join(folder, 'read.db');
  const store = openSqliteReadStore(path);
  const hands = new Map([registerEntries, bookList].map((one) => [one, handOn(folder, one)]));
  const more: Record<string, number> = {};
  const byHand = async ({ of, sql, values }: Asked) => hands.get(of)?.read({ sql, values });
  const asked = askedOf(createSamples(11), Number(entries));
  const seconds = await timed(async () => {
    for (const [name, next] of Object.entries(asked)) {
      const [ours, bare]: [number[], number[]] = [[], []];
      // A service is asked for months: its threads have compiled what they do.
      for (const end = performance.now() + WARM_UP_MS; performance.now() < end;) {
        const one = next();
        await store.find(one.of, one.query);
        await byHand(one);
      }
      for (let turn = 0; turn < Number(turns); turn += 1) {
        const one = next();
        ours.push(await timed(() => store.find(one.of, one.query)));
        bare.push(await timed(() => byHand(one)));
      }
      for (const [side, times] of [
        [name, ours],
        [`${name} by hand`, bare],
      ] as const) {
        more[side] = percentile(times, 0.99) * 1000;
        more[`${side} half`] = percentile(times, 0.5) * 1000;
      }
    }
  });
  await Promise.all([...hands.values()].map((hand) => hand.close()));
  await store.close();
  return { seconds, more };
}
