import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Logger } from 'pino';
import { issueDevToken, type Role } from '#access';
import { createPortalClient, PortalProblem, type PortalClient } from '#client';
import { loadConfig } from '#config';
import { startApi, type RunningApi } from '../../apps/api/app.ts';
import { requireDocumented } from './as-documented.ts';
import type { Backend, Env } from './backends.ts';

export interface Answer<T = Record<string, unknown>> {
  readonly status: number;
  readonly headers: Headers;
  readonly body: T;
}

export interface Asked {
  readonly json?: unknown;
  readonly form?: FormData;
  readonly raw?: string | Buffer;
  readonly headers?: Readonly<Record<string, string>>;
}

/** Someone at the office, with a token. */
export interface Person {
  readonly token: string;
  /** Asks as the portal does. */
  readonly portal: PortalClient;
  /** These send whatever they are given: what no client would send, too. */
  get<T = Record<string, unknown>>(path: string, asked?: Asked): Promise<Answer<T>>;
  post<T = Record<string, unknown>>(path: string, asked?: Asked): Promise<Answer<T>>;
  patch<T = Record<string, unknown>>(path: string, asked?: Asked): Promise<Answer<T>>;
}

/** A running service on the guide's day, and the people who use it. */
export interface Office {
  readonly agency: string;
  /** `/v1/agencies/{agency}` */
  readonly home: string;
  readonly url: string;
  readonly dataDir: string;
  readonly api: RunningApi;
  as(role: Role, given?: { account?: string; agencies?: string[] }): Promise<Person>;
  /** Stops the service and starts it again on the same data, with other settings where given. */
  restart(changed?: Env): Promise<void>;
  dispose(): Promise<void>;
}

export const GUIDE_DAY = '2024-05-10T08:00:00+07:00';

/** What never ends by itself is left when its first event has come. */
async function bodyOf(response: Response, type: string): Promise<unknown> {
  if (type.includes('event-stream')) return firstEvent(response);
  return type.includes('json') ? response.json() : response.arrayBuffer();
}

async function firstEvent({ body }: Response): Promise<string> {
  let text = '';
  for await (const chunk of body ?? []) {
    text += Buffer.from(chunk as Uint8Array).toString();
    if (/^data: .*\n\n/m.test(text)) break;
  }
  return text;
}

function ask(url: () => string, token: string, method: string) {
  return async <T>(path: string, asked: Asked = {}): Promise<Answer<T>> => {
    const { json, form, raw, headers } = asked;
    const body = json === undefined ? (form ?? raw) : JSON.stringify(json);
    const response = await fetch(`${url()}${path}`, {
      method,
      headers: {
        authorization: `Bearer ${token}`,
        ...(json !== undefined && { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body !== undefined && { body: body as NonNullable<RequestInit['body']> }),
    });
    const type = response.headers.get('content-type') ?? '';
    const parsed = await bodyOf(response, type);
    const { status } = response;
    if (status >= 400) {
      const { code } = parsed as { code?: unknown };
      requireDocumented({ method, path, status, code, hasBody: body !== undefined });
    }
    return { status, headers: response.headers, body: parsed as T };
  };
}

/** The portal's own way out, whose refusals are held against the document as well. */
async function asDocumented(request: Request): Promise<Response> {
  const { method, url } = request;
  const hasBody = request.body !== null;
  const response = await fetch(request);
  const type = response.headers.get('content-type') ?? '';
  if (response.status < 400 || !type.includes('json')) return response;
  const told = (await response.clone().json()) as { code?: unknown };
  const { pathname, search } = new URL(url);
  const { status } = response;
  requireDocumented({ method, path: `${pathname}${search}`, status, code: told.code, hasBody });
  return response;
}

/**
 * Opens an office on a backend. Its agency is new, so that shared servers can be used again. Tests
 * ask faster than people do: the limits are off unless `extra` sets them.
 */
export async function openOffice(backend: Backend, extra: Env = {}, log?: Logger): Promise<Office> {
  const dataDir = await mkdtemp(join(tmpdir(), 'office-'));
  const started = await backend.start();
  const agency = `BK-${randomBytes(4).toString('hex').toUpperCase()}`;
  const env = {
    DATA_DIR: dataDir,
    PORT: '0',
    PROJECTOR: 'embedded',
    LOG_LEVEL: 'silent',
    CLOCK_NOW: GUIDE_DAY,
    RATE_LIMIT: '0',
    REFUSED_LIMIT: '0',
    VERIFY_LIMIT: '0',
    ...started.env,
    ...extra,
  };
  const config = loadConfig(env);
  let api = await startApi(config, log);
  const person = async (role: Role, given: { account?: string; agencies?: string[] } = {}) => {
    const { account = `${role}.a`, agencies = [agency] } = given;
    const name = `Người ${account}`;
    const claims = { account, name, roles: [role], agencies };
    const token = await issueDevToken(dataDir, {
      ...claims,
      audience: config.OIDC_AUDIENCE,
      lifetime: 600,
    });
    const method = (verb: string) => ask(() => api.url, token, verb);
    return {
      token,
      get portal() {
        return createPortalClient({ baseUrl: api.url, token, fetch: asDocumented });
      },
      get: method('GET'),
      post: method('POST'),
      patch: method('PATCH'),
    };
  };
  return {
    agency,
    home: `/v1/agencies/${agency}`,
    dataDir,
    get url() {
      return api.url;
    },
    get api() {
      return api;
    },
    as: person,
    restart: async (changed = {}) => {
      await api.close();
      api = await startApi(loadConfig({ ...env, ...changed }), log);
    },
    dispose: async () => {
      await api.close();
      await started.dispose();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}

/** What the service refused a call with. @throws Error when it did not */
export async function refusalOf(call: Promise<unknown>): Promise<PortalProblem> {
  const answer = await call.catch((error: unknown) => error);
  if (answer instanceof PortalProblem) return answer;
  throw new Error('the call was not refused', { cause: answer });
}

/** A picture as the portal’s screens send it. */
export const picture = (image: Buffer, name = 'anh.png'): File =>
  new File([new Uint8Array(image)], name);

/** The header that lets a reader see what this answer wrote. */
export const after = ({ headers }: { readonly headers: Headers }): Asked => ({
  headers: { 'read-after': headers.get('position') ?? '' },
});

/** A multipart form as the portal's screens send it. */
export function form(
  fields: Readonly<Record<string, string>>,
  image?: Buffer,
  name = 'anh.png',
): FormData {
  const data = new FormData();
  for (const [key, value] of Object.entries(fields)) data.set(key, value);
  if (image) data.set('image', new Blob([new Uint8Array(image)]), name);
  return data;
}

export const guideBook = {
  name: '01/2024',
  firstNumber: 1,
  openedOn: '2024-05-10',
  closesOn: '2024-05-10',
};

export const paper = (given: object = {}) => ({
  dossier: 'H03-0001',
  document: 1,
  requester: 'Lê Thị Cúc',
  documentTitle: 'Bằng tốt nghiệp đại học',
  certifierFullName: 'Nguyễn Văn An',
  certifierTitle: 'Phó Chủ tịch UBND',
  copies: 2,
  fee: 20000,
  ...given,
});
