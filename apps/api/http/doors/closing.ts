import type { Server } from 'node:http';
import type { Socket } from 'node:net';

/** By then every request has been answered: none is waited for longer than 30 s. */
const ANSWERED_MS = 35_000;
/** Between two looks for connections whose last answer has gone out meanwhile. */
const LOOK_MS = 100;

/**
 * Lets a server close though callers hold connections open on which they ask for nothing: Node ends
 * those on which a request was answered, and would wait for the others as long as they like.
 * @returns what is called when the server begins to close
 */
export function endSilentConnections(server: Server, answeredMs = ANSWERED_MS): () => void {
  const silent = new Set<Socket>();
  server.on('connection', (socket: Socket) => {
    silent.add(socket);
    socket.once('close', () => silent.delete(socket));
  });
  server.on('request', ({ socket }: { readonly socket: Socket }) => silent.delete(socket));
  return () => {
    for (const socket of silent) socket.destroy();
    // Whose answer was on its way when the server began to close was told nothing of it, and would stay.
    const look = setInterval(() => server.closeIdleConnections(), LOOK_MS).unref();
    server.once('close', () => clearInterval(look));
    // What began to ask again, and never ended.
    setTimeout(() => server.closeAllConnections(), answeredMs).unref();
  };
}
