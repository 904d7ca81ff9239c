import type { ProblemCode, ProblemDetails } from './schema.ts';

/** One field at fault, where a problem names several. */
export type FieldProblem = NonNullable<ProblemDetails['errors']>[number];

/** Of the service, or `HTTP_{status}` where something in between refused. */
export type RefusalCode = ProblemCode | `HTTP_${number}`;
type Told = Omit<ProblemDetails, 'code'> & { readonly code: RefusalCode };

/** What a failed call was, so that it can be made again as the same one. */
export interface Sent {
  readonly method: string;
  readonly url: string;
  /** The command's key; asking again with it never does the thing twice. Null for a query. */
  readonly idempotencyKey: string | null;
}

/**
 * The service answered, and refused (RFC 9457). `code` is stable, `detail` is Vietnamese and meant
 * for the person at the screen. An answer that is no problem details, as a proxy in between may give,
 * has the code `HTTP_{status}`.
 */
export class PortalProblem extends Error {
  override readonly name = 'PortalProblem';
  readonly status: number;
  readonly code: RefusalCode;
  readonly title: string;
  readonly detail: string;
  /** The field at fault, by its name in the request. */
  readonly field: string | undefined;
  readonly errors: readonly FieldProblem[];
  /** The request's id in the service's log. */
  readonly instance: string;
  /** With 412: what stands there now; `headers` has its ETag, and the Position to read after. */
  readonly current: unknown;

  constructor(
    problem: Told,
    readonly headers: Headers,
    readonly sent: Sent,
  ) {
    super(`${sent.method} ${sent.url}: ${problem.status} ${problem.code} ${problem.detail}`);
    ({ status: this.status, code: this.code, title: this.title, detail: this.detail } = problem);
    this.field = problem.field;
    this.errors = problem.errors ?? [];
    this.instance = problem.instance;
    this.current = problem.current;
  }
}

/**
 * No answer came, however often it was tried. Whether a command was carried out is not known: make
 * the same call with the same key later, and it is done once. `cause` is what the last attempt met.
 */
export class PortalUnreachable extends Error {
  override readonly name = 'PortalUnreachable';
  constructor(
    cause: unknown,
    readonly attempts: number,
    readonly sent: Sent,
  ) {
    super(`${sent.method} ${sent.url}: no answer in ${attempts} attempts`, { cause });
  }
}

const isProblem = (body: unknown): body is ProblemDetails =>
  body !== null && typeof body === 'object' && 'code' in body && typeof body.code === 'string';

export function sentOf({ method, url, headers }: Request): Sent {
  return { method, url, idempotencyKey: headers.get('Idempotency-Key') };
}

/** The problem an answer that is not 2xx tells. */
export async function problemOf(response: Response, sent: Sent): Promise<PortalProblem> {
  const { status, statusText, headers } = response;
  const body = await response.json().catch((): unknown => null);
  const bare = { type: 'about:blank', title: statusText, detail: statusText, instance: '' };
  const code = `HTTP_${status}` as const;
  const problem = isProblem(body) ? { ...body, status } : { ...bare, status, code };
  return new PortalProblem(problem, headers, sent);
}
