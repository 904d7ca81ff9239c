import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Socket } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';

/** A command on its way to the server. */
export interface Asked {
  readonly command: string;
  /** The collection it names, or nothing. */
  readonly collection: string;
}
/** What becomes of it: cut before the server has it, or when it has done it and answers; or the answer is late. */
export type Fate = 'pass' | 'cut' | 'cut answer' | { readonly lateMs: number };

export interface MongoProxy {
  readonly port: number;
  /** Decides on every command from here on; those of the driver's own monitoring always pass. */
  meddle(fate: (asked: Asked) => Fate): void;
  close(): Promise<void>;
}

const HEADER_BYTES = 16;
const OP_MSG = 2013;
/** Where the command's document begins: behind header, flags, kind of section and its own length. */
const FIRST_FIELD = HEADER_BYTES + 4 + 1 + 4;
const OF_THE_DRIVER = new Set(['hello', 'ismaster', 'isMaster', 'ping', 'endSessions']);

/** A command is named by its document's first field, whose value is the collection where it has one. */
function askedBy(message: Buffer): Asked | undefined {
  if (message.readInt32LE(12) !== OP_MSG) return undefined;
  const end = message.indexOf(0, FIRST_FIELD + 1);
  const command = message.toString('utf8', FIRST_FIELD + 1, end);
  const isText = message[FIRST_FIELD] === 2;
  const collection = isText
    ? message.toString('utf8', end + 5, end + 4 + message.readInt32LE(end + 1))
    : '';
  return { command, collection };
}

/** Cuts what has arrived into whole messages; answers the rest. */
function takeMessages(bytes: Buffer, take: (message: Buffer) => void): Buffer {
  let rest = bytes;
  while (rest.length >= 4 && rest.length >= rest.readInt32LE(0)) {
    const length = rest.readInt32LE(0);
    take(rest.subarray(0, length));
    rest = rest.subarray(length);
  }
  return rest;
}

/** Before a MongoDB server that is asked without TLS and compression: fails it as networks fail. */
export async function startMongoProxy(port: number, host: string): Promise<MongoProxy> {
  let fateOf: (asked: Asked) => Fate = () => 'pass';
  const sockets = new Set<Socket>();
  const keep = (socket: Socket): Socket => {
    sockets.add(socket);
    socket.on('error', () => undefined).on('close', () => sockets.delete(socket));
    return socket.setNoDelay(true);
  };
  const server = createServer((socket) => {
    const client = keep(socket);
    const upstream = keep(connect(port, host));
    const cut = () => [client, upstream].forEach((one) => one.destroy());
    let answer: Fate = 'pass';
    let waiting: Buffer = Buffer.alloc(0);
    client.on('data', (bytes: Buffer) => {
      waiting = takeMessages(Buffer.concat([waiting, bytes]), (message) => {
        const asked = askedBy(message);
        const passes = asked === undefined || OF_THE_DRIVER.has(asked.command);
        answer = passes ? 'pass' : fateOf(asked);
        if (answer === 'cut') cut();
        else upstream.write(message);
      });
    });
    upstream.on('data', (bytes: Buffer) => {
      if (answer === 'cut answer') cut();
      else if (typeof answer === 'string') client.write(bytes);
      else void delay(answer.lateMs).then(() => client.write(bytes));
    });
    client.on('close', cut);
    upstream.on('close', cut);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    port: (server.address() as AddressInfo).port,
    meddle: (fate) => {
      fateOf = fate;
    },
    close: async () => {
      const closed = once(server, 'close');
      server.close();
      for (const socket of sockets) socket.destroy();
      await closed;
    },
  };
}
