import { createRequire } from 'node:module';
import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { MongoNetworkError } from 'mongodb';
import './client.ts';

/** The driver's own connection, as the clients of this process use it. */
const { Connection } = createRequire(import.meta.url)('mongodb/lib/cmap/connection.js') as {
  readonly Connection: new (
    socket: Socket,
    options: object,
  ) => {
    writeCommand(command: object, options: object): Promise<void>;
    destroy(): void;
    listenerCount(event: string): number;
  };
};

const command = (bytes: number) => ({ toBin: () => Promise.resolve([Buffer.alloc(bytes)]) });
const NO_COMPRESSION = { agreedCompressor: 'none' };
/** More than the buffers of both sides hold. */
const LARGE = 64 * 2 ** 20;

let server: Server;
let socket: Socket;
let theirs: Socket;
let connection: InstanceType<typeof Connection>;

beforeEach(async () => {
  server = createServer({ pauseOnConnect: true }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const accepted = once(server, 'connection') as Promise<[Socket]>;
  const { port } = server.address() as AddressInfo;
  socket = connect(port, '127.0.0.1');
  await once(socket, 'connect');
  [theirs] = await accepted;
  connection = new Connection(socket, { id: 1, generation: 0, hostAddress: `127.0.0.1:${port}` });
});
afterEach(() => {
  connection.destroy();
  theirs.destroy();
  server.close();
});

describe('a command of the driver', () => {
  it('is written', async () => {
    await connection.writeCommand(command(100), NO_COMPRESSION);
    const listening = connection.listenerCount('close');
    await connection.writeCommand(command(100), NO_COMPRESSION);
    expect(connection.listenerCount('close')).toBe(listening);
  });

  it('fails where the socket is gone and the connection has not been told', async () => {
    socket.destroy();
    await expect(connection.writeCommand(command(100), NO_COMPRESSION)).rejects.toThrow(
      MongoNetworkError,
    );
  });

  it('fails where its connection is given up before the other side has taken all of it', async () => {
    const written = connection.writeCommand(command(LARGE), NO_COMPRESSION);
    const refused = expect(written).rejects.toThrow(MongoNetworkError);
    connection.destroy();
    await refused;
  });
});
