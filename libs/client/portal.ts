import createClient, {
  type Client,
  type ClientPathsWithMethod,
  type MaybeOptionalInit,
  type MethodResponse,
} from 'openapi-fetch';
import { initOf, type Answer, type CallOptions, type Method, type Route } from './call.ts';
import { asForm } from './form.ts';
import { randomKey } from './key.ts';
import { routes, type PortalMethods } from './methods.ts';
import { problemOf, sentOf } from './problem.ts';
import { defaultPolicy, retrying, type Fetch, type RetryPolicy } from './retry.ts';
import type { paths } from './schema.ts';

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

type Api = Client<paths>;
type Untyped = Record<string, Record<Method, object>>;

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

/** The API as its document describes it: a method for every operation, and every path by its HTTP method. */
export interface PortalClient extends PortalMethods {
  readonly get: Call<'get'>;
  readonly post: Call<'post'>;
  readonly patch: Call<'patch'>;
  readonly put: Call<'put'>;
  readonly delete: Call<'delete'>;
}

const KEY = 'Idempotency-Key';

/** Signs every request, names every command, sends both again where that may help. @throws PortalProblem */
function sender(options: PortalOptions, isFile: boolean, timeoutMs?: number): Fetch {
  const { token, fetch = globalThis.fetch, retry, newKey = randomKey } = options;
  const own = timeoutMs !== undefined && { timeoutMs, fileTimeoutMs: timeoutMs };
  const policy = { ...defaultPolicy, ...retry, ...own };
  const send = retrying((request) => fetch(request), policy, isFile);
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

const known: ReadonlyMap<string, Route> = new Map(
  Object.values(routes).map((route) => [`${route.method} ${route.path}`, route]),
);

/** How the body of a path is written and its answer read, where that is not JSON. */
function kindsOf({ form, answers }: Partial<Route>): object {
  return { ...(form && { bodySerializer: asForm }), ...(answers && { parseAs: answers }) };
}

/** Whether a file is sent or answered. */
const isFile = ({ form, answers }: Partial<Route>): boolean => form === true || answers === 'blob';

/** The portal's client. One is enough for a process; it holds no state but its options. */
export function createPortalClient(options: PortalOptions): PortalClient {
  const { baseUrl } = options;
  const api = createClient<Untyped>({ baseUrl, redirect: 'manual' });
  const call = async (
    method: Method,
    path: string,
    init: CallOptions,
  ): Promise<Answer<unknown>> => {
    const route = known.get(`${method} ${path}`) ?? {};
    const { timeoutMs, ...rest } = init;
    const { data, response } = await api.request(method, path, {
      ...kindsOf(route),
      fetch: sender(options, isFile(route), timeoutMs),
      ...rest,
    });
    const { status, headers } = response;
    const [etag, position] = [headers.get('ETag'), headers.get('Position')];
    return { data, status, headers, etag, position };
  };
  const methods = Object.entries(routes).map(([name, route]) => [
    name,
    (...given: readonly unknown[]) => call(route.method, route.path, initOf(route, given)),
  ]);
  const verbs = (['get', 'post', 'patch', 'put', 'delete'] as const).map((method) => [
    method,
    (path: string, init: CallOptions) => call(method, path, init),
  ]);
  // The document types what goes in and comes out; here it is the same for every path.
  return Object.fromEntries([...verbs, ...methods]) as PortalClient;
}
