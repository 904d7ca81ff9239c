import { randomUUID } from 'node:crypto';
import createClient, {
  type Client,
  type ClientPathsWithMethod,
  type MaybeOptionalInit,
  type MethodResponse,
} from 'openapi-fetch';
import { asForm } from './form.ts';
import { problemOf, sentOf } from './problem.ts';
import { defaultPolicy, retrying, type Fetch, type RetryPolicy } from './retry.ts';
import { formOperations, type paths } from './schema.ts';

export interface PortalOptions {
  /** Where the service is: `https://sct.example.vn`. */
  readonly baseUrl: string;
  /** The bearer token, or where to get one: asked once for every call. */
  readonly token: string | (() => string | Promise<string>);
  readonly retry?: Partial<RetryPolicy>;
  /** Instead of the global one. */
  readonly fetch?: Fetch;
  /** Names every command that comes without a key of its own; random by default. */
  readonly newKey?: () => string;
}

/** What the service answered a call it did. */
export interface Answer<T> {
  readonly data: T;
  /** 201 where something was made, 200 where it was there already, or nothing is ever made. */
  readonly status: number;
  readonly headers: Headers;
  /** The revision, to be sent as `If-Match`; see `held`. */
  readonly etag: string | null;
  /** Where the command stands in the log, to be sent as `Read-After`; see `after`. */
  readonly position: string | null;
}

type Api = Client<paths>;
type Untyped = Record<string, Record<Method, object>>;
type Method = 'get' | 'post' | 'patch' | 'put' | 'delete';

/**
 * Calls one path of the document with its parameters and body; all of it is typed by the document.
 * @throws PortalProblem when the service refuses @throws PortalUnreachable when it cannot be reached
 */
type Call<M extends Method> = <
  Path extends ClientPathsWithMethod<Api, M>,
  Init extends MaybeOptionalInit<paths[Path], M>,
>(
  path: Path,
  init: Init,
) => Promise<Answer<MethodResponse<Api, M, Path, Init>>>;

/** The API as its document describes it: queries by `get`, commands by the rest. */
export interface PortalClient {
  readonly get: Call<'get'>;
  readonly post: Call<'post'>;
  readonly patch: Call<'patch'>;
  readonly put: Call<'put'>;
  readonly delete: Call<'delete'>;
}

const KEY = 'Idempotency-Key';

/** Signs every request, names every command, sends both again where that may help. @throws PortalProblem */
function sender(options: PortalOptions): Fetch {
  const { token, fetch = globalThis.fetch, retry, newKey = randomUUID } = options;
  const send = retrying((request) => fetch(request), { ...defaultPolicy, ...retry });
  return async (request) => {
    const bearer = typeof token === 'string' ? token : await token();
    request.headers.set('Authorization', `Bearer ${bearer}`);
    const command = request.method !== 'GET';
    if (command && !request.headers.has(KEY)) request.headers.set(KEY, newKey());
    const response = await send(request);
    if (!response.ok) throw await problemOf(response, sentOf(request));
    return response;
  };
}

/** The portal's client. One is enough for a process; it holds no state but its options. */
export function createPortalClient(options: PortalOptions): PortalClient {
  const { baseUrl } = options;
  const api = createClient<Untyped>({ baseUrl, redirect: 'manual', fetch: sender(options) });
  const call =
    (method: Method) =>
    async (path: string, init: object): Promise<Answer<unknown>> => {
      const form = formOperations.includes(`${method} ${path}`) && { bodySerializer: asForm };
      const { data, response } = await api.request(method, path, { ...form, ...init });
      const { status, headers } = response;
      const [etag, position] = [headers.get('ETag'), headers.get('Position')];
      return { data, status, headers, etag, position };
    };
  const [get, post, patch] = [call('get'), call('post'), call('patch')];
  // The document types what goes in and comes out; here it is the same for every path.
  return { get, post, patch, put: call('put'), delete: call('delete') } as PortalClient;
}
