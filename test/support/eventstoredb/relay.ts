import { once } from 'node:events';
import { connect, createServer } from 'node:net';
import type { AddressInfo, Server, Socket } from 'node:net';

/** A TCP relay before the gRPC server: connections can be cut as a network cuts them. */
export interface Relay {
  readonly port: number;
  /** Cuts what is connected; new connections are taken. */
  drop(): void;
  /** Cuts what is connected and refuses new connections. */
  stop(): Promise<void>;
  /** Listens on the same port again. */
  restart(): Promise<void>;
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
  const listen = async (port: number): Promise<Server> => {
    const server = createServer((client) => {
      const upstream = keep(connect(target, host));
      keep(client).on('close', () => upstream.destroy());
      upstream.on('close', () => client.destroy());
      client.pipe(upstream).pipe(client);
    });
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
