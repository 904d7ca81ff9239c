import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { BatchDto } from '#client';
import { backends, type Backend } from '../support/backends.ts';
import {
  guideBook,
  openOffice,
  paper,
  refusalOf,
  type Office,
  type Person,
} from '../support/office.ts';

describe('many documents of one dossier in one go', () => {
  let office: Office;
  let officer: Person;
  let book: { readonly agency: string; readonly bookId: string };

  beforeAll(async () => {
    office = await openOffice(backends[0] as Backend);
    officer = await office.as('receiving-officer');
    const { agency } = office;
    const opened = await officer.portal.openBook(
      { agency },
      { ...guideBook, closesOn: '2024-12-31' },
    );
    book = { agency, bookId: opened.data.book.bookId };
  }, 60_000);
  afterAll(() => office.dispose());

  const dossierOf = (dossier: string, ...documents: object[]): BatchDto => ({
    documents: documents.map((given, at) => paper({ dossier, document: at + 1, ...given })),
  });
  const ask = async (body: BatchDto, key?: string) => {
    const { data, position } = await officer.portal.assignEntryNumbers(book, body, {
      ...(key !== undefined && { key }),
    });
    const told = data.items.map(({ status, entry, problem }) => [
      status,
      entry?.number ?? problem?.code,
    ]);
    return { told, position };
  };

  it('have numbers in the order they were sent; one that is refused stops none behind it', async () => {
    const body = dossierOf(
      'D1',
      {},
      { certifiedOn: '2024-05-11' },
      {},
      { signature: { account: 'nobody' } },
    );
    const { told, position } = await ask(body, 'batch-1');
    expect(told).toEqual([
      [201, 1],
      [422, 'DATE_IN_FUTURE'],
      [201, 2],
      [expect.any(Number), expect.stringMatching(/^SIGNATURE/)],
    ]);
    const list = await officer.portal.listEntries(book, {}, { readAfter: position });
    expect(list.data.items.map(({ number, document }) => [number, document])).toEqual([
      [1, 1],
      [2, 3],
    ]);
  });

  it('are done once, however often the batch is sent under its key', async () => {
    const body = dossierOf('D2', {}, {}, {});
    const answers = await Promise.all([1, 2, 3, 4].map(() => ask(body, 'batch-2')));
    const numbers = new Set(
      answers.map(({ told }) => JSON.stringify(told.map(([, number]) => number))),
    );
    expect([...numbers]).toEqual([JSON.stringify([3, 4, 5])]);
  });

  it.each([
    ['with another content', [{ copies: 7 }, {}, {}]],
    ['longer', [{}, {}, {}, {}]],
    ['shorter', [{}, {}]],
  ])('under a spent key are refused as a whole when they are %s', async (_how, documents) => {
    const refused = await refusalOf(ask(dossierOf('D2', ...documents), 'batch-2'));
    expect([refused.status, refused.code]).toEqual([422, 'IDEMPOTENCY_KEY_REUSED']);
  });

  it('that were numbered are answered with their numbers, under any key', async () => {
    expect((await ask(dossierOf('D2', {}, {}, {}, {}))).told).toEqual([
      [200, 3],
      [200, 4],
      [200, 5],
      [201, 6],
    ]);
  });

  it('are checked before any number is given, with each field by its place', async () => {
    const { status, errors } = await refusalOf(
      ask(dossierOf('D3', {}, { requester: ' ' }, { copies: 0 })),
    );
    expect([status, errors.map(({ field, code }) => [field, code])]).toEqual([
      422,
      [
        ['/documents/1/requester', 'REQUIRED'],
        ['/documents/2/copies', 'NUMBER_INVALID'],
      ],
    ]);
    const list = await officer.portal.listEntries(book, { dossier: 'D3' });
    expect(list.data.total).toBe(0);
  });

  it.each([[[[]]], [[null]], [['H03-0001']], [[{}, []]]])('are no %j', async (documents) => {
    const told = await refusalOf(ask({ documents } as unknown as BatchDto));
    expect(told.status).toBe(422);
    const fields = [told.field, ...told.errors.map(({ field }) => field)];
    expect(fields.join(' ')).toContain('documents');
  });

  it('are fifty at most, and one at least', async () => {
    for (const count of [0, 51]) {
      const problem = await refusalOf(
        ask(dossierOf('D4', ...Array.from({ length: count }, () => ({})))),
      );
      expect([problem.status, problem.field]).toEqual([422, 'documents']);
      expect(problem.detail).toContain('1 đến 50');
    }
    const { told } = await ask(dossierOf('D4', ...Array.from({ length: 50 }, () => ({}))));
    expect(told.map(([, number]) => number)).toEqual(Array.from({ length: 50 }, (_, at) => at + 7));
  });

  it('of two desks at once leave no gap and no repeat', async () => {
    const desks = ['E1', 'E2', 'E3', 'E4'].map((dossier) =>
      ask(dossierOf(dossier, {}, {}, {}, {}, {})),
    );
    const numbers = (await Promise.all(desks)).flatMap(({ told }) =>
      told.map(([, number]) => number),
    );
    const sorted = numbers.map(Number).sort((a, b) => a - b);
    expect(sorted).toEqual(Array.from({ length: 20 }, (_, at) => at + 57));
  });

  it('of which the first was refused are another batch as a whole, and the same one is done once', async () => {
    const body = dossierOf('F1', { certifiedOn: '2024-05-11' }, {});
    const first = await ask(body, 'batch-3');
    expect(first.told).toEqual([
      [422, 'DATE_IN_FUTURE'],
      [201, expect.any(Number)],
    ]);
    for (const documents of [[{}], [{}, {}], [{}, {}, {}]]) {
      const refused = await refusalOf(ask(dossierOf('F2', ...documents), 'batch-3'));
      expect([refused.status, refused.code]).toEqual([422, 'IDEMPOTENCY_KEY_REUSED']);
    }
    expect((await officer.portal.listEntries(book, { dossier: 'F2' })).data.total).toBe(0);
    expect((await ask(body, 'batch-3')).told).toEqual(first.told);
  });

  it.each(['1', '2', '3'])(
    'of two batches at once under one key are those of one (%s)',
    async (round) => {
      const isRefused = { certifiedOn: '2024-05-11' };
      const batches = [
        dossierOf(`G${round}`, isRefused, {}, {}),
        dossierOf(`H${round}`, {}, isRefused, {}, {}),
      ];
      const answers = await Promise.allSettled(batches.map((body) => ask(body, `batch-g${round}`)));
      const [done, ...more] = answers.flatMap((one) =>
        one.status === 'fulfilled' ? [one.value] : [],
      );
      expect([done?.told.length, more]).toEqual([expect.any(Number), []]);
      const refused = answers.findIndex(({ status }) => status === 'rejected');
      const dossier = batches[refused]?.documents[0]?.dossier ?? '';
      const readAfter = done?.position ?? null;
      const list = await officer.portal.listEntries(book, { dossier }, { readAfter });
      expect([dossier, list.data.total]).toEqual([expect.stringMatching(/^[GH]/), 0]);
    },
  );

  it('of a book that is not there are no batch', async () => {
    const nowhere = { ...book, bookId: `SCTDT.BS-2024-${'0'.repeat(16)}` };
    const { data } = await officer.portal.assignEntryNumbers(nowhere, dossierOf('D5', {}));
    expect(data.items[0]?.problem).toMatchObject({ status: 404, code: 'BOOK_NOT_FOUND' });
    const asked = officer.portal.assignEntryNumbers({ ...book, bookId: 'x' }, dossierOf('D5', {}));
    expect((await refusalOf(asked)).status).toBe(404);
  });
});
