import { delay } from './delay.ts';
import { PortalUnreachable, sentOf } from './problem.ts';

export type Fetch = (request: Request) => Promise<Response>;

export interface RetryPolicy {
  /** How often one call is sent at most, the first time included. */
  readonly attempts: number;
  /** Milliseconds: the longest the first pause may be; every further one may be twice as long. */
  readonly pauseMs: number;
  /** Milliseconds: no pause is longer; an answer that asks for a longer one is handed on at once. */
  readonly longestPauseMs: number;
  /** Milliseconds from sending to the last byte of the answer. */
  readonly timeoutMs: number;
  /** The same where a file is sent or answered: on a slow line it takes as long as it is large. */
  readonly fileTimeoutMs: number;
}

export const defaultPolicy: RetryPolicy = {
  attempts: 5,
  pauseMs: 200,
  longestPauseMs: 20_000,
  timeoutMs: 15_000,
  fileTimeoutMs: 300_000,
};

/** Answers that say nothing was done, or that only something in between was away. */
const PASSING = [429, 502, 503, 504];

/** Milliseconds a `Retry-After` asks for (RFC 9110: seconds or a date); undefined without a usable one. */
export function retryAfterMs(header: string | null, now: number): number | undefined {
  if (header === null) return undefined;
  if (/^\d{1,9}$/.test(header)) return Number(header) * 1000;
  const at = Date.parse(header);
  return Number.isNaN(at) ? undefined : Math.max(0, at - now);
}

/**
 * Milliseconds to wait before the next attempt, after `failed` of them: between half and the whole
 * of a pause that doubles, by `chance` (0 to 1), so that many callers do not come back as one; never
 * before the service asked for. Undefined when that would be longer than the policy allows.
 */
export function pauseBefore(
  failed: number,
  asked: number | undefined,
  { pauseMs, longestPauseMs }: RetryPolicy,
  chance: number,
): number | undefined {
  const step = Math.min(longestPauseMs, pauseMs * 2 ** (failed - 1));
  if (asked === undefined) return (step / 2) * (1 + chance);
  if (asked > longestPauseMs) return undefined;
  return asked + (Math.min(step, longestPauseMs - asked) / 2) * chance;
}

/** What is told as it happens, and never ends by itself. */
const isFeed = ({ headers }: Response): boolean =>
  headers.get('Content-Type')?.startsWith('text/event-stream') === true;

/** One attempt: the answer with all its bytes, so that one that breaks off is known as failed; a feed as soon as it begins. */
async function whole(fetch: Fetch, request: Request): Promise<Response> {
  const answer = await fetch(request);
  if (isFeed(answer)) return answer;
  const { status, statusText, headers } = answer;
  const bytes = await answer.arrayBuffer();
  const empty = status === 204 || status === 304;
  return new Response(empty ? null : bytes, { status, statusText, headers });
}

/** What came of an attempt: an answer, or what it met instead. */
type Result =
  | { readonly answer: Response }
  | {
      readonly failure: unknown;
      /** The answer had begun, or its time was over. */
      readonly isUnderWay: boolean;
    };

/** One attempt within its time. */
async function attempt(fetch: Fetch, asked: Request, timeoutMs: number, body?: ArrayBuffer) {
  const late = new AbortController();
  const why = new DOMException('no answer in time', 'TimeoutError');
  const timer = setTimeout(() => late.abort(why), timeoutMs);
  const signal = AbortSignal.any([asked.signal, late.signal]);
  const request = new Request(asked, { signal, ...(body && { body }) });
  let hasBegun = false;
  const telling: Fetch = async (one) => {
    const answer = await fetch(one);
    hasBegun = true;
    return answer;
  };
  return whole(telling, request)
    .then(
      (answer): Result => ({ answer }),
      (failure: unknown): Result => ({ failure, isUnderWay: hasBegun || late.signal.aborted }),
    )
    .finally(() => clearTimeout(timer));
}

/**
 * A fetch that sends the same request again after network errors, timeouts, 429 and 502 to 504, with
 * growing pauses. Only for requests that may be repeated: queries, and commands with their key. A file
 * that was under way is not begun anew: whoever wanted it is told, and asks again.
 * @returns the last answer, whatever its status @throws PortalUnreachable when there was none
 * @throws the reason of the request's own signal when the caller gave up
 */
export function retrying(fetch: Fetch, policy: RetryPolicy, isFile = false): Fetch {
  return async (asked) => {
    // Not every browser tells a request's body but by its bytes.
    const bytes = await asked.arrayBuffer();
    const body = bytes.byteLength === 0 ? undefined : bytes;
    const timeoutMs = isFile ? policy.fileTimeoutMs : policy.timeoutMs;
    for (let failed = 1; ; failed += 1) {
      const result = await attempt(fetch, asked, timeoutMs, body);
      asked.signal.throwIfAborted();
      const isOver = isFile && 'failure' in result && result.isUnderWay;
      const pause = isOver ? undefined : pauseAfter(result, failed, policy);
      if (pause === undefined) return settle(result, failed, asked);
      await delay(pause, asked.signal);
    }
  };
}

/** How long to wait before trying again; undefined when this result stands. */
function pauseAfter(result: Result, failed: number, policy: RetryPolicy): number | undefined {
  if (failed >= policy.attempts) return undefined;
  if ('failure' in result) return pauseBefore(failed, undefined, policy, Math.random());
  const { status, headers } = result.answer;
  if (!PASSING.includes(status)) return undefined;
  const wanted = retryAfterMs(headers.get('Retry-After'), Date.now());
  return pauseBefore(failed, wanted, policy, Math.random());
}

function settle(result: Result, attempts: number, asked: Request): Response {
  if ('answer' in result) return result.answer;
  throw new PortalUnreachable(result.failure, attempts, sentOf(asked));
}
