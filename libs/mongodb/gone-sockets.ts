import { createRequire } from 'node:module';
import type { EventEmitter } from 'node:events';
import type { Socket } from 'node:net';
import { MongoNetworkError } from 'mongodb';

/** What is used of a connection of the driver's, which does not export it. It emits `close` once it knows. */
interface Connection extends EventEmitter {
  readonly socket: Pick<Socket, 'destroyed'>;
  readonly error: Error | null;
  onError(error: Error): void;
}
type Write = (this: Connection, command: unknown, options: unknown) => Promise<void>;

const driver = createRequire(import.meta.url)('mongodb/lib/cmap/connection.js') as {
  readonly Connection: { readonly prototype: { writeCommand: Write } };
};

/**
 * Has commands fail whose socket goes while they are written.
 *
 * The driver (7.9.0, the newest) waits for a socket that has not taken a command to drain, and hears of
 * errors meanwhile, but not of the socket's end: one that is gone and whose connection has not been told
 * yet, and one whose connection is given up, never drain. No timeout of the driver's looks at that. If it
 * is a command of ours, its caller waits for ever; if it is the heartbeat, the driver takes its server for
 * unknown until the process is started anew, though the server was back in a moment.
 */
export function failCommandsOfGoneSockets({ prototype } = driver.Connection): void {
  const write = prototype.writeCommand;
  prototype.writeCommand = async function (command, options) {
    if (this.socket.destroyed) {
      this.onError(new MongoNetworkError('the socket is closed'));
      throw this.error ?? new MongoNetworkError('the socket is closed');
    }
    let closed: () => void = () => undefined;
    const gone = new Promise<never>((_, reject) => {
      closed = () => reject(this.error ?? new MongoNetworkError('the connection is closed'));
      this.once('close', closed);
    });
    try {
      await Promise.race([write.call(this, command, options), gone]);
    } finally {
      this.off('close', closed);
    }
  };
}
