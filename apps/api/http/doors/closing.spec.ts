import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import { connect, type AddressInfo, type Socket } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { endSilentConnections } from './closing.ts';

const ASKING = 'GET / HTTP/1.1\r\nHost: x\r\n\r\n';

let server: Server;
let end: () => void;
let answer: () => void;
beforeEach(async () => {
  server = createServer((_request, response) => {
    answer = () => response.end('there');
    server.emit('asked');
  });
  end = endSilentConnections(server, 50);
  await once(server.listen(0, '127.0.0.1'), 'listening');
});
afterEach(() => server.closeAllConnections());

async function connected(said: string): Promise<Socket> {
  const connecting = once(server, 'connection');
  const socket = connect((server.address() as AddressInfo).port, '127.0.0.1');
  socket.on('error', () => undefined);
  await connecting;
  socket.write(said);
  return socket;
}

describe('a server that closes', () => {
  it.each(['', 'GET / HTTP/1.1\r\nHost:'])('does not wait for who has said %j', async (said) => {
    const socket = await connected(said);
    const closed = once(server, 'close');
    server.close();
    end();
    await closed;
    socket.destroy();
  });

  it('answers what is under way before', async () => {
    const asked = once(server, 'asked');
    const socket = await connected(ASKING);
    const answered = once(socket, 'data');
    await asked;
    server.close();
    end();
    answer();
    const [said] = (await answered) as [Buffer];
    expect(String(said)).toMatch(/there/);
    socket.destroy();
  });

  it('waits no longer than an answer may take for who begins to ask again', async () => {
    const asked = once(server, 'asked');
    const socket = await connected(ASKING);
    await asked;
    const answered = once(socket, 'data');
    answer();
    await answered;
    socket.write('GET / HTTP/1.1\r\nHost:');
    await new Promise(setImmediate);
    const closed = once(server, 'close');
    server.close();
    end();
    await closed;
  });
});
