import { randomUUID } from 'node:crypto';
import {
  Agent,
  request as httpRequest,
  type IncomingHttpHeaders,
  type IncomingMessage,
} from 'node:http';
import { buffer } from 'node:stream/consumers';
import type { Memory } from './memory.ts';
import { encoded, jsonOf } from './values.ts';
import type { Body, FormField, Shot } from './shots.ts';

/** A request exactly as it goes out. */
export interface Sent {
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string | string[]>>;
  readonly body: Buffer | undefined;
  /** The agency whose path it is. */
  readonly agency: string;
  readonly query: readonly (readonly [string, string])[];
}
export interface Answer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
}

const asText = (value: unknown): string => (typeof value === 'string' ? value : jsonOf(value));

function multipart(
  fields: readonly FormField[],
  pictures: readonly Buffer[],
  boundary: string,
): Buffer {
  const quoted = (name: string): string =>
    name.replaceAll(/[\r\n"]/g, (c) => encodeURIComponent(c));
  const parts = fields.flatMap(({ name, value, file, fileName, fileType }) => {
    const named = `Content-Disposition: form-data; name="${quoted(name)}"`;
    const head =
      file === undefined
        ? `${named}\r\n\r\n`
        : `${named}; filename="${quoted(fileName ?? '')}"\r\nContent-Type: ${fileType ?? ''}\r\n\r\n`;
    const content =
      file === undefined ? Buffer.from(asText(value)) : (pictures[file] ?? Buffer.alloc(0));
    return [Buffer.from(`--${boundary}\r\n${head}`), content, Buffer.from('\r\n')];
  });
  return Buffer.concat([...parts, Buffer.from(`--${boundary}--\r\n`)]);
}

interface Ready {
  readonly bytes: Buffer | undefined;
  readonly headers: Readonly<Record<string, string>>;
}

function formReady(
  body: Body & { kind: 'form' },
  pictures: readonly Buffer[],
  memory: Memory,
): Ready {
  const boundary = `b${randomUUID()}`;
  const fields = body.fields.map((field) => ({ ...field, value: memory.fill(field.value) }));
  const bytes = multipart(fields, pictures, boundary);
  const type = `multipart/form-data; boundary=${boundary}`;
  const damaged: Record<string, Ready> = {
    'no-boundary': { bytes, headers: { 'content-type': 'multipart/form-data' } },
    'other-boundary': { bytes, headers: { 'content-type': 'multipart/form-data; boundary=other' } },
    'json-type': { bytes, headers: { 'content-type': 'application/json' } },
    'open-end': {
      bytes: bytes.subarray(0, -boundary.length - 6),
      headers: { 'content-type': type },
    },
    'no-names': {
      bytes: Buffer.from(bytes.toString('latin1').replaceAll(' name="', ' nome="'), 'latin1'),
      headers: { 'content-type': type },
    },
    cut: { bytes: bytes.subarray(0, bytes.length / 2), headers: { 'content-type': type } },
  };
  return damaged[body.broken ?? ''] ?? { bytes, headers: { 'content-type': type } };
}

function ready(body: Body, pictures: readonly Buffer[], memory: Memory): Ready {
  switch (body.kind) {
    case 'none':
      return { bytes: undefined, headers: {} };
    case 'json':
      return {
        bytes: Buffer.from(jsonOf(memory.fill(body.value))),
        headers: { 'content-type': 'application/json' },
      };
    case 'raw':
      return { bytes: body.bytes, headers: body.headers };
    case 'form':
      return formReady(body, pictures, memory);
  }
}

/** What goes out, with everything the run knows by now. */
export function aim(
  shot: Shot,
  {
    memory,
    pictures,
    authorization,
  }: {
    readonly memory: Memory;
    readonly pictures: readonly Buffer[];
    readonly authorization: string | string[] | undefined;
  },
): Sent {
  const { operation, method, rawPath, pick, override } = shot;
  const where = memory.where(operation.path, pick);
  const filled = operation.path.replaceAll(
    /\{(\w+)\}/g,
    (_all, name: string) => override[name] ?? encoded(where[name] ?? ''),
  );
  const query = shot.query.map(([name, value]) => [name, asText(memory.fill(value))] as const);
  const search = query.map(([name, value]) => `${encoded(name)}=${encoded(value)}`).join('&');
  const { bytes, headers } = ready(shot.body, pictures, memory);
  const given = shot.headers.map(([name, value]) => [name, String(memory.fill(value))] as const);
  return {
    method,
    path: (rawPath ?? filled) + (search === '' ? '' : `?${search}`),
    headers: {
      ...(authorization !== undefined && { authorization }),
      ...headers,
      ...(bytes && { 'content-length': String(bytes.length) }),
      ...Object.fromEntries(given),
    },
    body: bytes,
    agency: where['agency'] ?? '',
    query,
  };
}

/** What never ends by itself. */
const isFeed = ({ headers }: IncomingMessage): boolean =>
  String(headers['content-type']).startsWith('text/event-stream');

/** What comes first; then whoever listens leaves. */
async function firstOf(response: IncomingMessage): Promise<Buffer> {
  for await (const chunk of response) return chunk as Buffer;
  return Buffer.alloc(0);
}

/** Sends requests over connections it keeps. */
export function sender(url: string, connections: number) {
  const { hostname, port } = new URL(url);
  const agent = new Agent({ keepAlive: true, maxSockets: connections });
  const send = async ({ method, path, headers, body }: Sent): Promise<Answer> => {
    const response = await new Promise<IncomingMessage>((resolve, reject) => {
      const outgoing = httpRequest(
        { agent, hostname, port, method, path, headers, timeout: 30_000 },
        resolve,
      );
      outgoing.on('timeout', () => outgoing.destroy(new Error('no answer within 30 s')));
      outgoing.on('error', reject);
      outgoing.end(body);
    });
    return {
      status: response.statusCode ?? 0,
      headers: response.headers,
      body: await (isFeed(response) ? firstOf(response) : buffer(response)),
    };
  };
  return { send, close: () => agent.destroy() };
}
