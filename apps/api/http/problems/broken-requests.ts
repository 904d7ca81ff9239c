import { randomUUID } from 'node:crypto';
import { STATUS_CODES, type Server, type ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import { apiProblems } from './api-problems.ts';
import { problemType } from './problem.ts';

type BrokenCode =
  'MALFORMED_REQUEST' | 'HEADERS_TOO_LARGE' | 'REQUEST_TIMEOUT' | 'EXPECTATION_FAILED';

/** What Node's parser calls what it cannot read (RFC 9110 and 6585 give the statuses). */
const byParser: Readonly<Record<string, BrokenCode>> = {
  HPE_HEADER_OVERFLOW: 'HEADERS_TOO_LARGE',
  ERR_HTTP_REQUEST_TIMEOUT: 'REQUEST_TIMEOUT',
};

interface Whole {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | number>>;
  readonly body: string;
}

/** A whole answer, for a request that never became one the framework could answer. */
function answerWith(code: BrokenCode): Whole {
  const { status, title, detail } = apiProblems[code];
  const instance = randomUUID();
  const problem = { type: problemType(code), code, status, title, detail: detail({}), instance };
  const body = JSON.stringify(problem);
  const headers = {
    'Content-Type': 'application/problem+json; charset=utf-8',
    'Content-Length': Buffer.byteLength(body),
    'X-Correlation-Id': instance,
    'Cache-Control': 'no-store',
    Connection: 'close',
  };
  return { status, headers, body };
}

/** The answer as it stands on the wire. */
function written({ status, headers, body }: Whole): string {
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}`);
  return [`HTTP/1.1 ${status} ${STATUS_CODES[status] ?? ''}`, ...lines, '', body].join('\r\n');
}

/** Whether an earlier request of the connection is being answered: its bytes must not be mixed with ours. */
function underWay(socket: Duplex): boolean {
  const { _httpMessage: message } = socket as { _httpMessage?: ServerResponse | null };
  return message?.headersSent === true;
}

/**
 * How long whoever goes on sending what was refused is listened to: a connection that is closed over
 * what nobody has read takes the answer with it (RFC 9112 section 9.6).
 */
const LINGER_MS = 1000;

function answerAndClose(socket: Duplex, text: string): void {
  const late = setTimeout(() => socket.destroy(), LINGER_MS).unref();
  socket.once('close', () => clearTimeout(late));
  socket.end(text);
}

/** Ends a connection on which a request does not come to its end, as is done with those Node finds too slow. */
export function answerTooSlow(socket: Duplex): void {
  if (!socket.writable || underWay(socket)) socket.destroy();
  else answerAndClose(socket, written(answerWith('REQUEST_TIMEOUT')));
}

/** Requests that are no HTTP, or too slow or too large to become a request, get problem details like any other. */
export function answerBrokenRequests(server: Server): void {
  const answered = new WeakSet<Duplex>();
  server.on('clientError', (error: NodeJS.ErrnoException, socket) => {
    // The rest of what was refused; nobody reads it as anything.
    if (answered.has(socket)) return;
    if (!socket.writable || underWay(socket) || error.code === 'ECONNRESET') {
      socket.destroy(error);
      return;
    }
    const code = byParser[error.code ?? ''] ?? 'MALFORMED_REQUEST';
    answered.add(socket);
    answerAndClose(socket, written(answerWith(code)));
  });
  // Node would answer 417 with nothing in it.
  server.on('checkExpectation', (_request, response) => {
    const { status, headers, body } = answerWith('EXPECTATION_FAILED');
    response.writeHead(status, headers).end(body);
  });
}
