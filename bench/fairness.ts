import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { issueDevToken } from '#access';
import { writeRegisters } from './log.ts';
import { alternate, figure, median, type Figure, percentile } from './report.ts';
import { runLoad } from './run-load.ts';
import { startServer, type Server } from './servers.ts';

const YEAR = 2024;
/** Their books' ids end in these, and are of the API's shape. */
const SEARCHED = '1000000000000001';
const OTHER = '2000000000000002';
const TODAY = '2024-12-31T08:00:00+07:00';
/** Numbers in the book that is searched, and in the one of another office. */
const NUMBERS = 20_000;
const OTHERS = 140;
const FLOODING = 60;
/** Requests an account may make in a minute, as by default. */
const RATE_LIMIT = '1200';
/** Words that most of the book's rows have, and a page nearly at the end of what they find. */
const LONG_SEARCH = 'search=n+t+h&sort=-requester&offset=9900&limit=1';
/** A word that none has. */
const SHORT_SEARCH = 'search=khong-co';
/** The flood has begun by then. */
const BEGUN_MS = 1000;
/** Of the other office's caller between two requests: a person does not ask without a pause. */
const PAUSE_MS = 5;

/** The other office's people: together they ask oftener than one account may. */
const PEOPLE = 30;

interface Asking {
  readonly url: string;
  /** Of those who ask in turn. */
  readonly authorizations: readonly string[];
}

/** Milliseconds of one request; the p99 of those made within the time. @throws Error when one is not answered 200 */
async function p99Of({ url, authorizations }: Asking, seconds: number): Promise<number> {
  const times: number[] = [];
  const end = performance.now() + seconds * 1000;
  while (performance.now() < end) {
    const authorization = authorizations[times.length % authorizations.length] ?? '';
    const begun = performance.now();
    const answer = await fetch(url, { headers: { authorization } });
    await answer.arrayBuffer();
    if (answer.status !== 200) throw new Error(`${url}: ${answer.status}`);
    times.push(performance.now() - begun);
    await delay(PAUSE_MS);
  }
  return percentile(times, 0.99);
}

/** Tokens of so many officers of the agency. */
const officersOf = (folder: string, agency: string, count: number): Promise<string[]> =>
  Promise.all(
    Array.from({ length: count }, async (_, at) => {
      const token = await issueDevToken(folder, {
        account: `officer.${at}.of.${agency}`.replaceAll(' ', '.'),
        name: 'Trần Thị Bình',
        roles: ['receiving-officer'],
        agencies: [agency],
        audience: 'so-chung-thuc',
        lifetime: 3600,
      });
      return `Bearer ${token}`;
    }),
  );

interface Wanted {
  readonly agency: string;
  readonly numbers: number;
  readonly people: number;
}

/** The numbers of an agency's only book, once the read models show so many. */
async function listOf(
  { url }: Server,
  folder: string,
  { agency, numbers, people }: Wanted,
): Promise<Asking> {
  // One more, to wait with: that counts against its limit, too.
  const [authorization = '', ...authorizations] = await officersOf(folder, agency, people + 1);
  const read = async (path: string) => {
    const answer = await fetch(`${url}${path}`, { headers: { authorization } });
    return (await answer.json()) as { items?: { bookId: string }[]; total?: number };
  };
  const books = `/v1/agencies/${agency}/books`;
  for (;;) {
    const [book] = (await read(books)).items ?? [];
    const path = `${books}/${book?.bookId ?? ''}/entries`;
    const { total = 0 } = book ? await read(`${path}?limit=1`) : {};
    if (total >= numbers) return { url: `${url}${path}`, authorizations };
    await delay(200);
  }
}

interface Times {
  readonly seconds: number;
  readonly rounds: number;
}

/** What one account's flood of searches costs another's list, and a sign of life. */
export async function benchFairness(folder: string, times: Times): Promise<Figure[]> {
  const small = { agencies: [OTHER], year: YEAR, events: OTHERS };
  const large = { agency: SEARCHED, year: YEAR, events: NUMBERS };
  await writeRegisters(join(folder, 'events.db'), large, small);
  const api = await startServer('../apps/api/main.js', {
    DATA_DIR: folder,
    CLOCK_NOW: TODAY,
    RATE_LIMIT,
  });
  try {
    const searched = await listOf(api, folder, {
      agency: SEARCHED,
      numbers: NUMBERS * 0.9,
      people: 2,
    });
    const wanted = { agency: OTHER, numbers: OTHERS * 0.9, people: PEOPLE };
    const list = await listOf(api, folder, wanted);
    return await measure({ api, searched, list }, times);
  } finally {
    await api.stop();
  }
}

interface Sides {
  readonly api: Server;
  readonly searched: Asking;
  readonly list: Asking;
}

async function measure({ api, searched, list }: Sides, { seconds, rounds }: Times) {
  const live = { url: `${api.url}/health/live`, authorizations: list.authorizations };
  const [searching = '', hammering = ''] = searched.authorizations;
  const flooded = (asking: Asking, query: string, authorization: string) => async () => {
    const flood = { method: 'GET', urls: [`${searched.url}?${query}`], authorization } as const;
    const flooding = runLoad({ ...flood, callers: FLOODING, seconds: seconds + 2 });
    await delay(BEGUN_MS);
    const p99 = await p99Of(asking, seconds);
    const { answered, failed } = await flooding;
    if (answered + failed === 0) throw new Error('nothing of the flood was answered');
    return p99;
  };
  const quiet = (asking: Asking) => () => p99Of(asking, seconds);
  await p99Of(list, 1);
  const runs = await alternate(rounds, {
    list: quiet(list),
    listSearched: flooded(list, LONG_SEARCH, searching),
    listHammered: flooded(list, SHORT_SEARCH, hammering),
    live: quiet(live),
    liveSearched: flooded(live, LONG_SEARCH, searching),
    liveHammered: flooded(live, SHORT_SEARCH, hammering),
  });
  const searches = `while another account has ${FLOODING} searches`;
  const hammers = `while another asks on and on beyond its limit, ${FLOODING} at a time,`;
  return [
    ratioOf(`p99 of a list ${searches} / alone`, runs.listSearched, runs.list),
    ratioOf(`p99 of a list ${hammers} / alone`, runs.listHammered, runs.list),
    ratioOf(`p99 of /health/live ${searches} / alone`, runs.liveSearched, runs.live),
    ratioOf(`p99 of /health/live ${hammers} / alone`, runs.liveHammered, runs.live),
  ];
}

const ratioOf = (name: string, flooded: number[], quiet: number[]): Figure => ({
  name,
  ratio: median(flooded) / median(quiet),
  goal: '≤ 2.00',
  detail: `${figure(flooded, 'ms', 2)} against ${figure(quiet, 'ms', 2)}`,
});
