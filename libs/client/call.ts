/** What the service answered a call it did. */
export interface Answer<T> {
  readonly data: T;
  /** 201 where something was made, 200 where it was there already, or nothing is ever made. */
  readonly status: number;
  readonly headers: Headers;
  /** The revision, to be sent as `ifMatch`. */
  readonly etag: string | null;
  /** Where the command stands in the log, to be sent as `readAfter`. */
  readonly position: string | null;
}

export interface CallOptions {
  /** Ends the call, also between two attempts. */
  readonly signal?: AbortSignal;
  /** Milliseconds from sending to the last byte of the answer, for each attempt; the client's by default. */
  readonly timeoutMs?: number;
}

export interface CommandOptions extends CallOptions {
  /** The command's `Idempotency-Key`: the same again is done once. Made for the call where it is left out. */
  readonly key?: string;
  /** The `etag` that was seen: 412 `CONFLICT` when it has changed since. Null: whatever is there now. */
  readonly ifMatch?: string | null;
}

export interface QueryOptions extends CallOptions {
  /** The `position` of a command: the answer waits until it shows what that wrote. */
  readonly readAfter?: string | null;
}

export type Method = 'get' | 'post' | 'patch' | 'put' | 'delete';
/** What a method takes before its options. */
export type Part = 'path' | 'query' | 'body';

/** How an operation travels. */
export interface Route {
  readonly method: Method;
  readonly path: string;
  readonly takes: readonly Part[];
  /** Its body is a form instead of JSON. */
  readonly form?: true;
  /** Its answer is no JSON. */
  readonly answers?: 'blob' | 'text' | 'stream';
}

/** What a method was given, as its request has it. */
export function initOf({ takes }: Route, given: readonly unknown[]): object {
  const [path, query, body] = (['path', 'query', 'body'] as const).map((part) => {
    const at = takes.indexOf(part);
    return at === -1 ? undefined : given[at];
  });
  const options = (given[takes.length] ?? {}) as CommandOptions & QueryOptions;
  const { key, ifMatch, readAfter, signal, timeoutMs } = options;
  const header = {
    'Idempotency-Key': key,
    'If-Match': ifMatch ?? undefined,
    'Read-After': readAfter ?? undefined,
  };
  return { params: { path, query, header }, body, signal, timeoutMs };
}
