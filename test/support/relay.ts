import { once } from 'node:events';
import { connect, createServer } from 'node:net';
import type { AddressInfo, Server, Socket } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';

/**
 * What becomes of the bytes of every connection, in both directions: they pass, arrive so much later,
 * or wait until the weather is another (nobody is told that nothing arrives).
 */
export type Weather = 'fair' | 'silent' | { readonly lateMs: number };

/** A TCP relay before a server: fails as networks fail. */
export interface Relay {
  readonly port: number;
  /** Cuts what is connected; new connections are taken. */
  drop(): void;
  /** Cuts the connections that answer next, each in the middle of its answer. Settles when one was. */
  cutAnswer(): Promise<void>;
  /** What is connected now stays so, and never carries a byte again, as when the other side has lost its power. */
  forsake(): void;
  /** From here on, of connections that come in together the last is let through first. */
  turnRound(isTurned: boolean): void;
  weather(weather: Weather): void;
  /** Cuts what is connected and refuses new connections. */
  stop(): Promise<void>;
  /** Listens on the same port again. */
  restart(): Promise<void>;
}

/** How long connections wait for others that shall be let through before them. */
const TOGETHER_MS = 100;

/** What becomes of some bytes: passed on whole, in part and then cut, or never. */
type Passage = (bytes: Buffer) => Promise<Buffer | undefined>;

/** One direction of a connection, in order. */
async function carry(from: Socket, to: Socket, pass: Passage): Promise<void> {
  try {
    for await (const bytes of from) {
      const passed = await pass(bytes as Buffer);
      if (passed === undefined) break;
      if (!to.write(passed)) await once(to, 'drain');
      if (passed.length < (bytes as Buffer).length) break;
    }
  } catch {
    // One of the two is gone, and the other goes with it.
  }
  from.destroy();
  to.destroy();
}

export async function startRelay(
  target: number,
  { host = '127.0.0.1', at = 0 }: { readonly host?: string; readonly at?: number } = {},
): Promise<Relay> {
  const sockets = new Set<Socket>();
  const keep = (socket: Socket) => {
    sockets.add(socket);
    socket.on('error', () => undefined);
    socket.on('close', () => sockets.delete(socket));
    return socket.setNoDelay(true);
  };
  const sky = createSky();
  const forsaken = new WeakSet<Socket>();
  let cutNext: (() => void) | undefined;
  const through = (client: Socket): void => {
    if (client.destroyed) return;
    const upstream = keep(connect(target, host));
    client.on('close', () => upstream.destroy());
    upstream.on('close', () => client.destroy());
    const pass: Passage = async (bytes) => {
      await sky.passes();
      if (!forsaken.has(client)) return bytes;
      await once(client, 'close');
      return undefined;
    };
    const passAnswer: Passage = async (bytes) => {
      const passed = await pass(bytes);
      if (passed === undefined || cutNext === undefined) return passed;
      cutNext();
      cutNext = undefined;
      return passed.subarray(0, passed.length >> 1);
    };
    void carry(client, upstream, pass);
    void carry(upstream, client, passAnswer);
  };
  const gate = createGate(through);
  const listen = async (port: number): Promise<Server> => {
    const server = createServer((client) => gate.enter(keep(client)));
    server.listen(port, '127.0.0.1');
    await once(server, 'listening');
    return server;
  };
  const drop = () => {
    for (const socket of sockets) socket.destroy();
  };

  let server = await listen(at);
  const { port } = server.address() as AddressInfo;
  return {
    port,
    drop,
    cutAnswer: () => new Promise((resolve) => (cutNext = resolve)),
    forsake: () => {
      for (const socket of sockets) forsaken.add(socket);
    },
    turnRound: gate.turn,
    weather: sky.turn,
    stop: async () => {
      if (!server.listening) return;
      const closed = once(server, 'close');
      server.close();
      drop();
      await closed;
    },
    restart: async () => {
      server = await listen(port);
    },
  };
}

function createSky() {
  let weather: Weather = 'fair';
  const cleared: (() => void)[] = [];
  return {
    passes: async (): Promise<void> => {
      while (weather === 'silent') await new Promise<void>((resolve) => cleared.push(resolve));
      if (typeof weather === 'object') await delay(weather.lateMs);
    },
    turn: (next: Weather): void => {
      weather = next;
      for (const clear of cleared.splice(0)) clear();
    },
  };
}

/** Lets connections through, at once and in the order they come in unless it is turned round. */
function createGate(through: (client: Socket) => void) {
  let isTurned = false;
  const together: Socket[] = [];
  const open = (): void => {
    for (const client of together.splice(0).reverse()) through(client);
  };
  return {
    enter: (client: Socket): void => {
      if (!isTurned) {
        through(client);
        return;
      }
      if (together.length === 0) setTimeout(open, TOGETHER_MS);
      together.push(client);
    },
    turn: (turned: boolean): void => {
      isTurned = turned;
    },
  };
}
