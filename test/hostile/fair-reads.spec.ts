import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { registerEntries } from '#projections';
import type { CollectionSpec } from '#read-store';
import { backends, type Backend } from '../support/backends.ts';
import {
  after,
  guideBook,
  openOffice,
  paper,
  type Answer,
  type Office,
  type Person,
} from '../support/office.ts';
import { until } from '../support/until.ts';

/** Found by words that all of them have, and walked through nearly to the end. */
const NUMBERS = 15_000;
const NOTE = 'Số '.repeat(40);
const FLOOD = 60;
const LONG_QUERY = 'search=s+b+t&sort=-requester&offset=9900&limit=1';

/** Puts a book of many numbers beside the one that was given. */
async function fillBook(office: Office, entry: Answer, path: string, asker: Person) {
  await asker.get(path, after(entry));
  const { readStore } = office.api.stores;
  const name = (await readStore.collections()).find((one) => one.startsWith(registerEntries.name));
  const spec: CollectionSpec = { ...registerEntries, name: String(name) };
  const { items } = await readStore.find(spec, { limit: 1 });
  const [first] = items;
  if (!first) throw new Error('the number is not shown');
  for (let at = 0; at < NUMBERS; at += 1000) {
    const docs = Array.from({ length: 1000 }, (_, n) => ({
      ...first,
      id: `${first.id}-${at + n}`,
      doc: { ...first.doc, number: at + n + 2, note: NOTE },
    }));
    await readStore.put(spec, docs);
  }
}

describe('an account that asks for everything at once', () => {
  let office: Office;
  let flooding: Person;
  let other: Person;
  let entries: string;

  beforeAll(async () => {
    office = await openOffice(backends[0] as Backend, { READ_SECONDS: '15' });
    flooding = await office.as('receiving-officer', { account: 'flooding' });
    other = await office.as('receiving-officer', { account: 'other' });
    const json = { ...guideBook, closesOn: '2024-12-31' };
    const opened = await flooding.post(`${office.home}/books`, { json });
    entries = `${opened.headers.get('location')}/entries`;
    const given = await flooding.post(entries, { json: paper() });
    await fillBook(office, given, `${entries}?limit=1`, flooding);
  }, 60_000);

  afterAll(() => office.dispose(), 60_000);

  /** So many callers who ask again and again until it is ended; counts the answers as they come. */
  const flood = (callers: number) => {
    const state = { answered: 0, ended: false };
    const lanes = Array.from({ length: callers }, async () => {
      const statuses: number[] = [];
      while (!state.ended) {
        const { status } = await flooding.get(`${entries}?${LONG_QUERY}`);
        statuses.push(status);
        state.answered += 1;
      }
      return statuses;
    });
    return { state, lanes };
  };

  it('keeps nobody else waiting, for a list, for a number, or for a sign of life', async () => {
    const { state, lanes } = flood(FLOOD);
    await until(() => Promise.resolve(state.answered > 0));
    const begun = state.answered;
    /** An answer, and how many of the flood's came before it. */
    const behind = async (asked: Promise<Answer>) => {
      const { status } = await asked;
      return { status, overtakenBy: state.answered - begun };
    };
    const [list, live, number, ready] = await Promise.all([
      behind(other.get(`${entries}?limit=1`)),
      behind(other.get('/health/live')),
      other.post(entries, { json: paper({ document: 2 }) }),
      other.get('/health/ready'),
    ]);
    state.ended = true;
    // In the order of asking it would be all of them: each of the flood's callers had asked before.
    expect(Math.max(list.overtakenBy, live.overtakenBy)).toBeLessThan(FLOOD / 2);
    expect([list.status, live.status, number.status, ready.status]).toEqual([200, 200, 201, 200]);
    // On a slow machine some are given up for their time, which is an answer, too.
    const statuses = (await Promise.all(lanes)).flat();
    expect(statuses.filter((status) => status !== 200 && status !== 503)).toEqual([]);
  }, 60_000);

  /** The same, broken off when the signal fires; answers that came. */
  const askUntil = (signal: AbortSignal, onAnswer: (answer: Response) => void) =>
    Promise.allSettled(
      Array.from({ length: 180 }, async () => {
        const headers = { authorization: `Bearer ${flooding.token}` };
        const answer = await fetch(`${office.url}${entries}?${LONG_QUERY}`, { headers, signal });
        const text = await answer.text();
        onAnswer(answer);
        return text;
      }),
    );

  it('is refused what would only wait, and told when to come again', async () => {
    const leaving = new AbortController();
    const refused: Response[] = [];
    const outcomes = await askUntil(leaving.signal, (answer) => {
      if (answer.status !== 200) refused.push(answer);
      if (refused.length === 10) leaving.abort();
    });
    for (const { status, headers } of refused) {
      expect([status, headers.get('retry-after')]).toEqual([429, '1']);
    }
    const told = outcomes.map((one) => (one.status === 'fulfilled' ? one.value : ''));
    expect(told.filter((text) => text.includes('TOO_MANY_WAITING')).length).toBeGreaterThan(9);
  }, 60_000);
});
