import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { issueDevToken } from '#access';
import { writeRegisters } from './log.ts';
import { percentile } from './registers-task.ts';
import { alternate, figure, median, type Figure } from './report.ts';
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
/** The flood has begun by then. */
const BEGUN_MS = 1000;
/** Of the other office's caller between two requests: a person does not ask without a pause. */
const PAUSE_MS = 5;

interface Asking {
  readonly url: string;
  readonly authorization: string;
}

/** Milliseconds of one request; the p99 of those made within the time. @throws Error when one is not answered 200 */
async function p99Of({ url, authorization }: Asking, seconds: number): Promise<number> {
  const times: number[] = [];
  const end = performance.now() + seconds * 1000;
  while (performance.now() < end) {
    const begun = performance.now();
    const answer = await fetch(url, { headers: { authorization } });
    await answer.arrayBuffer();
    if (answer.status !== 200) throw new Error(`${url}: ${answer.status}`);
    times.push(performance.now() - begun);
    await delay(PAUSE_MS);
  }
  return percentile(times, 0.99);
}

/** The numbers of an agency's only book, once the read models show so many. */
async function listOf({ url }: Server, agency: string, folder: string, numbers: number) {
  const token = await issueDevToken(folder, {
    account: `officer of ${agency}`.replaceAll(' ', '.'),
    name: 'Trần Thị Bình',
    roles: ['receiving-officer'],
    agencies: [agency],
    audience: 'so-chung-thuc',
    lifetime: 3600,
  });
  const authorization = `Bearer ${token}`;
  const read = async (path: string) => {
    const answer = await fetch(`${url}${path}`, { headers: { authorization } });
    return (await answer.json()) as { items?: { bookId: string }[]; total?: number };
  };
  const books = `/v1/agencies/${agency}/books`;
  for (;;) {
    const [book] = (await read(books)).items ?? [];
    const path = `${books}/${book?.bookId ?? ''}/entries`;
    const { total = 0 } = book ? await read(`${path}?limit=1`) : {};
    if (total >= numbers) return { url: `${url}${path}`, authorization };
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
  const api = await startServer('../apps/api/main.js', { DATA_DIR: folder, CLOCK_NOW: TODAY });
  try {
    const searched = await listOf(api, SEARCHED, folder, NUMBERS * 0.9);
    const list = await listOf(api, OTHER, folder, OTHERS * 0.9);
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
  const live = { url: `${api.url}/health/live`, authorization: list.authorization };
  const flooded = (asking: Asking) => async () => {
    const { url, authorization } = searched;
    const flood = { method: 'GET', url: `${url}?search=khong-co`, authorization } as const;
    const flooding = runLoad({ ...flood, callers: FLOODING, seconds: seconds + 2 });
    await delay(BEGUN_MS);
    const p99 = await p99Of(asking, seconds);
    const { answered } = await flooding;
    if (answered === 0) throw new Error('nothing of the flood was answered');
    return p99;
  };
  const quiet = (asking: Asking) => () => p99Of(asking, seconds);
  await p99Of(list, 1);
  const runs = await alternate(rounds, {
    list: quiet(list),
    listFlooded: flooded(list),
    live: quiet(live),
    liveFlooded: flooded(live),
  });
  return [
    ratioOf(`p99 of a list while another account has ${FLOODING} searches / alone`, {
      flooded: runs.listFlooded,
      quiet: runs.list,
    }),
    ratioOf('p99 of /health/live meanwhile / alone', {
      flooded: runs.liveFlooded,
      quiet: runs.live,
    }),
  ];
}

const ratioOf = (
  name: string,
  { flooded, quiet }: { readonly flooded: number[]; readonly quiet: number[] },
): Figure => ({
  name,
  ratio: median(flooded) / median(quiet),
  goal: '≤ 2.00',
  detail: `${figure(flooded, 'ms', 2)} against ${figure(quiet, 'ms', 2)}`,
});
