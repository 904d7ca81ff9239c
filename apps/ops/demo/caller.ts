import { setTimeout as delay } from 'node:timers/promises';

/** What the API answered with. */
export interface Answer {
  readonly status: number;
  readonly body: unknown;
  /** To be sent as `Read-After` by whoever wants to read its own write. */
  readonly position: string | null;
}

export interface Call {
  readonly method: 'GET' | 'POST' | 'PATCH';
  readonly path: string;
  readonly token: string;
  readonly json?: object;
  readonly form?: FormData;
  readonly readAfter?: string | null;
}

/** The API refused or failed; the message is what it said. */
export class CallFailed extends Error {
  override readonly name = 'CallFailed';
}

/** Calls the API as the portal does. @throws CallFailed for any answer that is not 2xx */
export async function call(url: string, asked: Call): Promise<Answer> {
  const { method, path, token, json, form, readAfter } = asked;
  const response = await fetch(`${url}${path}`, {
    method,
    headers: {
      authorization: `Bearer ${token}`,
      ...(json && { 'content-type': 'application/json' }),
      ...(readAfter && { 'read-after': readAfter }),
    },
    ...(json && { body: JSON.stringify(json) }),
    ...(form && { body: form }),
  });
  const text = await response.text();
  const body: unknown = text === '' ? null : JSON.parse(text);
  if (!response.ok) {
    const { code, detail } = body as { code?: string; detail?: string };
    throw new CallFailed(`${method} ${path}: ${response.status} ${code ?? ''} ${detail ?? ''}`);
  }
  return { status: response.status, body, position: response.headers.get('position') };
}

/** Waits until the service answers that it is ready. @throws CallFailed when it has not in time */
export async function untilReady(url: string, withinMs: number): Promise<void> {
  const end = performance.now() + withinMs;
  for (;;) {
    const ready = await fetch(`${url}/health/ready`).then(
      (response) => response.ok,
      () => false,
    );
    if (ready) return;
    if (performance.now() > end) throw new CallFailed(`${url} is not ready`);
    await delay(100);
  }
}
