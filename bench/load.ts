import autocannon from 'autocannon';

/** What the process that makes the load is asked, and answers, as JSON. */
export interface LoadOrder {
  /** Default POST, with a body. */
  readonly method?: 'GET' | 'POST';
  /** One after the other, by turns. */
  readonly urls: readonly string[];
  readonly authorization: string;
  readonly callers: number;
  readonly seconds: number;
}
export interface LoadAnswer {
  /** Answered 2xx. */
  readonly answered: number;
  readonly perSecond: number;
  /** Milliseconds. */
  readonly p50: number;
  readonly p90: number;
  readonly p99: number;
  /** Not answered 2xx, or not at all. */
  readonly failed: number;
}

let documents = 0;

/** The same body for every server, but that each names a document of its own. */
function nextBody(): string {
  documents += 1;
  return JSON.stringify({
    dossier: `H03.24-${String(process.pid).padStart(7, '0')}-${String(documents).padStart(7, '0')}`,
    document: 1,
    requester: 'Nguyễn Thị Hồng Nhung',
    documentTitle: 'Bằng tốt nghiệp đại học ngành Công nghệ thông tin',
    certifierFullName: 'Nguyễn Văn An',
    certifierTitle: 'Phó Chủ tịch UBND',
    copies: 2,
    fee: 20_000,
  });
}

const order = JSON.parse(process.argv[2] ?? '{}') as LoadOrder;
const { method = 'POST', urls, authorization, callers, seconds } = order;
const paths = urls.map((url) => url.slice(new URL(url).origin.length));
let requests = 0;
const nextPath = (): string => paths[(requests += 1) % paths.length] ?? '';
const result = await autocannon({
  url: urls[0] ?? '',
  method,
  connections: callers,
  duration: seconds,
  headers: { authorization, 'content-type': 'application/json' },
  requests: [
    {
      setupRequest: (request) => ({
        ...request,
        path: nextPath(),
        ...(method === 'POST' && { body: nextBody() }),
      }),
    },
  ],
});
const answer: LoadAnswer = {
  answered: result['2xx'],
  perSecond: result['2xx'] / result.duration,
  p50: result.latency.p50,
  p90: result.latency.p90,
  p99: result.latency.p99,
  failed: result.non2xx + result.errors + result.timeouts,
};
process.send?.(answer);
process.disconnect();
