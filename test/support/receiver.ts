import { once } from 'node:events';
import {
  createServer,
  type IncomingHttpHeaders,
  type IncomingMessage,
  type ServerResponse,
} from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { certificate, key } from './eventstoredb/tls.ts';

/** What a test has a receiver of webhooks do with what it is sent. */
export type Behaviour =
  | 'takes'
  | 'answers 500'
  | 'answers 410'
  | 'redirects'
  | 'answers nonsense'
  | 'turns to another protocol'
  | 'cuts off'
  | 'cuts off in the middle'
  | 'never answers'
  | 'trickles headers'
  | 'trickles its answer'
  | 'answers without end';

export interface Received {
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
  readonly event: {
    readonly id: string;
    readonly type: string;
    readonly subject: string;
    readonly revision: number;
    readonly position: string;
    readonly agency: string;
  };
}

/** A receiver of webhooks on this machine. */
export interface Receiver {
  readonly url: string;
  /** All that it was sent, taken or not. */
  readonly received: Received[];
  /** What it took. */
  readonly taken: Received[];
  behaviour: Behaviour;
  /** For single messages, in place of `behaviour`. */
  decide: ((received: Received) => Behaviour) | undefined;
  /** Connections it was opened. */
  connections: number;
  close(): Promise<void>;
}

const TRICKLE_MS = 100;

/** Writes again and again until the other side has gone. */
function trickle(write: () => unknown, response: ServerResponse): void {
  const timer = setInterval(write, TRICKLE_MS);
  response.socket?.once('close', () => clearInterval(timer));
}

const acts: { readonly [B in Behaviour]: (response: ServerResponse) => unknown } = {
  takes: (response) => response.writeHead(204).end(),
  'answers 500': (response) => response.writeHead(500).end('\u001b[31mlỗi\r\nmáy chủ'),
  'answers 410': (response) => response.writeHead(410).end('thôi'),
  redirects: (response) => response.writeHead(302, { location: 'http://127.0.0.1:9/' }).end(),
  'answers nonsense': (response) => response.socket?.end('xin chào\r\n\r\n'),
  'turns to another protocol': (response) =>
    response.socket?.write('HTTP/1.1 101 x\r\nConnection: Upgrade\r\nUpgrade: x\r\n\r\n'),
  'cuts off': (response) => response.socket?.destroy(),
  'cuts off in the middle': (response) => {
    response.writeHead(500, { 'content-length': '100' });
    response.write('nửa');
    setTimeout(() => response.socket?.destroy(), 20);
  },
  'never answers': () => undefined,
  'trickles headers': ({ socket }) => {
    socket?.write('HTTP/1.1 200 OK\r\n');
    const timer = setInterval(() => socket?.write('x-a: 1\r\n'), TRICKLE_MS);
    socket?.once('close', () => clearInterval(timer));
  },
  'trickles its answer': (response) => {
    response.writeHead(200);
    trickle(() => response.write('.'), response);
  },
  'answers without end': (response) => {
    response.writeHead(200);
    const fill = (): void => {
      while (response.write('x'.repeat(65_536)));
    };
    response.on('drain', fill);
    fill();
  },
};

/** Starts one, at a port that is given or at a free one. */
export async function startReceiver(
  given: { readonly port?: number; readonly tls?: true; readonly path?: string } = {},
): Promise<Receiver> {
  const take = (request: IncomingMessage, response: ServerResponse): void => {
    void text(request).then(
      (body) => {
        const received = { headers: request.headers, body, event: JSON.parse(body) as never };
        receiver.received.push(received);
        const behaviour = receiver.decide?.(received) ?? receiver.behaviour;
        if (behaviour === 'takes') receiver.taken.push(received);
        acts[behaviour](response);
      },
      // Whoever sent it has gone.
      () => undefined,
    );
  };
  const server = given.tls ? createTlsServer({ cert: certificate, key }, take) : createServer(take);
  server.on('connection', () => (receiver.connections += 1));
  server.listen(given.port ?? 0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const receiver: Receiver = {
    url: `${given.tls ? 'https' : 'http'}://127.0.0.1:${port}${given.path ?? '/su-kien'}`,
    ...{ received: [], taken: [], behaviour: 'takes', decide: undefined, connections: 0 },
    close: async () => {
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
    },
  };
  return receiver;
}
