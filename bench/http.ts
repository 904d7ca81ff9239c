import { join } from 'node:path';
import { issueDevToken } from '#access';
import { openSqliteEventStore } from '#event-store';
import type { LoadAnswer, LoadOrder } from './load.ts';
import { alternate, decimal, figure, median, type Figure } from './report.ts';
import { runLoad } from './run-load.ts';
import { startServer, type Server } from './servers.ts';
import { spentBy, type Spent } from './threads.ts';

const CALLERS = 64;
const WARM_SECONDS = 2;
export const AGENCY = 'BK-001';
export const TODAY = '2024-05-10T08:00:00+07:00';

/** @throws Error when a request was not answered 2xx */
export async function load(order: LoadOrder): Promise<LoadAnswer> {
  const answer = await runLoad(order);
  if (answer.failed > 0) throw new Error(`${order.urls[0]}: ${answer.failed} requests failed`);
  return answer;
}

/** Opens a book and answers where its numbers are assigned. */
export async function openBook(
  { url }: Server,
  authorization: string,
  agency = AGENCY,
): Promise<string> {
  const response = await fetch(`${url}/v1/agencies/${agency}/books`, {
    method: 'POST',
    headers: { authorization, 'content-type': 'application/json' },
    body: JSON.stringify({
      name: '01/2024',
      firstNumber: 1,
      openedOn: '2024-01-01',
      closesOn: '2024-12-31',
    }),
  });
  const location = response.headers.get('location');
  if (location === null) throw new Error(`no book: ${await response.text()}`);
  return `${url}${location}/entries`;
}

/** @throws Error where the log holds fewer numbers than were acknowledged, or has a gap. */
async function requireInLog(folder: string, acknowledged: number): Promise<void> {
  const store = openSqliteEventStore(join(folder, 'events.db'));
  let numbers = 0;
  for await (const { type, data } of store.readAll({ prefixes: ['register-'] })) {
    if (type !== 'EntryNumberAssigned') continue;
    numbers += 1;
    if (data['number'] !== numbers) throw new Error(`number ${numbers} is missing from the log`);
  }
  await store.close();
  if (numbers < acknowledged) {
    throw new Error(`${acknowledged} numbers were acknowledged, ${numbers} are in the log`);
  }
}

interface Sides {
  readonly api: Server;
  readonly peer: Server;
  readonly authorization: string;
}

/** A load, and what the server's threads took of the processor for it. */
interface Run extends LoadAnswer {
  readonly spent: Spent;
}

async function measure({ api, peer, authorization }: Sides, times: Times) {
  const numbers = await openBook(api, authorization);
  const run =
    ({ pid }: Server, url: string) =>
    async (seconds: number) => {
      const order = { urls: [url], authorization, callers: CALLERS, seconds };
      const { result, spent } = await spentBy(pid, () => load(order));
      return { ...result, spent };
    };
  const sides = { empty: run(peer, `${peer.url}/empty`), numbers: run(api, numbers) };
  const warm = {
    empty: await sides.empty(WARM_SECONDS),
    numbers: await sides.numbers(WARM_SECONDS),
  };
  const runs = await alternate(times.rounds, {
    empty: () => sides.empty(times.seconds),
    numbers: () => sides.numbers(times.seconds),
  });
  const acknowledged = [warm.numbers, ...runs.numbers].reduce((sum, one) => sum + one.answered, 0);
  return { runs, acknowledged };
}

interface Times {
  readonly seconds: number;
  readonly rounds: number;
}

/** Of an officer of the agencies, by the development issuer of the folder. */
export async function benchOfficer(
  folder: string,
  agencies: readonly string[] = [AGENCY],
): Promise<string> {
  const token = await issueDevToken(folder, {
    account: 'bench',
    name: 'Trần Thị Bình',
    roles: ['receiving-officer'],
    agencies: [...agencies],
    audience: 'so-chung-thuc',
    lifetime: 3600,
  });
  return `Bearer ${token}`;
}

/** Numbers assigned over HTTP, each durable before it is acknowledged, against an empty route. */
export async function benchHttp(folder: string, times: Times): Promise<Figure[]> {
  const servers: Server[] = [];
  const stop = () => Promise.all(servers.splice(0).map((server) => server.stop()));
  try {
    const env = { DATA_DIR: folder, CLOCK_NOW: TODAY };
    const api = await startServer('../apps/api/main.js', env);
    servers.push(api);
    const peer = await startServer('./peer.js', {});
    servers.push(peer);
    const authorization = await benchOfficer(folder);
    const sides = { api, peer, authorization };
    const { runs, acknowledged } = await measure(sides, times);
    await stop();
    await requireInLog(folder, acknowledged);
    return [summary(runs), budget(runs)];
  } finally {
    await stop();
  }
}

type Runs = Readonly<Record<'empty' | 'numbers', readonly Run[]>>;

/** The ratio there would be with a core for every thread, and what all of them take. */
function budget({ empty, numbers }: Runs): Figure {
  const micros = (runs: readonly Run[], thread: keyof Spent): number[] =>
    runs.map(({ spent, answered }) => (spent[thread] / answered) * 1e6);
  const [least, spent] = [micros(empty, 'main'), micros(numbers, 'main')];
  const all = figure(micros(numbers, 'all'), 'µs');
  return {
    name: 'the same by processor time of the main thread',
    ratio: median(least) / median(spent),
    goal: '–',
    detail: `${figure(spent, 'µs a number')} against ${figure(least, 'µs')}; all threads ${all} a number`,
  };
}

function summary(runs: Runs): Figure {
  const empty = runs.empty.map(({ perSecond }) => perSecond);
  const numbers = runs.numbers.map(({ perSecond }) => perSecond);
  const p99 = median(runs.numbers.map((one) => one.p99));
  return {
    name: `numbers over HTTP, ${CALLERS} callers on one book / empty route`,
    ratio: median(numbers) / median(empty),
    goal: '≥ 0.40',
    detail: `${figure(numbers, 'req/s')} against ${figure(empty, 'req/s')}; p99 ${decimal(p99)} ms`,
  };
}
