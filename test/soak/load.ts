/**
 * Asks for numbers and lists, as many callers as told, for so long; a process of its own. It is
 * asked on its standard input and prints one line, what it was answered; both are JSON.
 */
import { json } from 'node:stream/consumers';
import autocannon from 'autocannon';

/** Somebody who asks: a token, and the entries of the book it is for. */
export interface Caller {
  readonly authorization: string;
  /** `/v1/agencies/{agency}/books/{bookId}/entries` */
  readonly entries: string;
}

export interface LoadOrder {
  readonly url: string;
  readonly callers: readonly Caller[];
  /** Requests under way at once. */
  readonly connections: number;
  readonly seconds: number;
  /** Requests a second in all; without it each asks again when it is answered. */
  readonly rate?: number;
  /** Part of the requests that are lists. */
  readonly reads: number;
}

export interface LoadAnswer {
  readonly seconds: number;
  /** Numbers acknowledged. */
  readonly numbers: number;
  readonly byStatus: Readonly<Record<string, number>>;
  /** Of those with an answer; nothing came of the others. */
  readonly unanswered: number;
  /** Milliseconds, by percentile. */
  readonly latency: Readonly<Record<'p50' | 'p90' | 'p99' | 'max', number>>;
}

const order = (await json(process.stdin)) as LoadOrder;
let documents = 0;
let numbers = 0;

function nextRequest(): autocannon.Request {
  const { authorization, entries } = order.callers[
    Math.floor(Math.random() * order.callers.length)
  ] as Caller;
  const headers = { authorization, 'content-type': 'application/json' };
  if (Math.random() < order.reads) {
    return { method: 'GET', path: `${entries}?limit=20&sort=-number`, headers };
  }
  documents += 1;
  const body = JSON.stringify({
    dossier: `H03.24-${process.pid}-${documents}`,
    document: 1,
    requester: 'Nguyễn Thị Hồng Nhung',
    documentTitle: 'Bằng tốt nghiệp đại học',
    certifierFullName: 'Nguyễn Văn An',
    certifierTitle: 'Phó Chủ tịch UBND',
    copies: 2,
    fee: 20_000,
  });
  return { method: 'POST', path: entries, headers, body };
}

const running = autocannon({
  url: order.url,
  connections: order.connections,
  duration: order.seconds,
  timeout: 30,
  ...(order.rate !== undefined && { overallRate: order.rate }),
  requests: [
    {
      setupRequest: (request) => ({ ...request, ...nextRequest() }),
      onResponse: (status) => {
        if (status === 201) numbers += 1;
      },
    },
  ],
});
const result = await running;
const { p50, p90, p99, max } = result.latency;
const answer: LoadAnswer = {
  seconds: result.duration,
  numbers,
  byStatus: Object.fromEntries(
    Object.entries(result.statusCodeStats ?? {}).map(([status, { count }]) => [status, count ?? 0]),
  ),
  unanswered: result.errors + result.timeouts,
  latency: { p50, p90, p99, max },
};
console.log(JSON.stringify(answer));
