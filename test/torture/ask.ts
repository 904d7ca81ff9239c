import { setTimeout as delay } from 'node:timers/promises';
import type { Diary } from './diary.ts';

/** A call that was answered, by whichever process could. */
export interface Answered {
  readonly status: number;
  readonly body: Readonly<Record<string, unknown>>;
  readonly headers: Headers;
  /** When it was first sent and when it was answered, in milliseconds of this process's clock. */
  readonly askedAt: number;
  readonly answeredAt: number;
}

export interface Call {
  readonly method: 'GET' | 'POST';
  readonly path: string;
  readonly token: string;
  readonly json?: object;
  /** Made anew for each attempt. */
  readonly form?: () => FormData;
  readonly headers?: Readonly<Record<string, string>>;
}

const ANSWER_WITHIN_MS = 20_000;
/** No outage of a run is as long: a call not answered by then is a promise broken. */
const GIVE_UP_MS = 120_000;
const PAUSE_MS = 25;
/** "Ask again": the service can't say now. */
const PASSING = new Set([429, 503]);

/**
 * Asks one process after the other, until one answers, as a portal behind a balancer does. A
 * connection that breaks leaves it unknown whether a command was carried out: it is asked again.
 *
 * @throws Error nobody answered for minutes
 */
export async function ask(
  urls: () => readonly string[],
  call: Call,
  diary: Diary,
): Promise<Answered> {
  const askedAt = performance.now();
  for (let attempt = Math.floor(askedAt); ; attempt += 1) {
    const there = urls();
    const url = there[attempt % Math.max(there.length, 1)];
    const answer = url === undefined ? undefined : await send(`${url}${call.path}`, call);
    if (answer && !PASSING.has(answer.status)) {
      return { ...answer, askedAt, answeredAt: performance.now() };
    }
    diary.repeated += 1;
    if (performance.now() - askedAt > GIVE_UP_MS) {
      throw new Error(`${call.method} ${call.path} has had no answer for ${GIVE_UP_MS / 1000} s`);
    }
    await delay(PAUSE_MS);
  }
}

/** Undefined: the connection broke. */
async function send(url: string, { method, token, json, form, headers }: Call) {
  const body = json === undefined ? form?.() : JSON.stringify(json);
  try {
    const response = await fetch(url, {
      method,
      headers: {
        authorization: `Bearer ${token}`,
        ...(json !== undefined && { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body !== undefined && { body }),
      signal: AbortSignal.timeout(ANSWER_WITHIN_MS),
    });
    const isJson = (response.headers.get('content-type') ?? '').includes('json');
    const bytes = Buffer.from(await response.arrayBuffer());
    const told: unknown = isJson ? JSON.parse(bytes.toString()) : { bytes };
    return { status: response.status, headers: response.headers, body: told as Answered['body'] };
  } catch {
    return undefined;
  }
}
