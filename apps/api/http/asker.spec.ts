import { once } from 'node:events';
import { createServer, type Server, type ServerResponse } from 'node:http';
import { connect, type AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { askerOf, CallerLeft, type Asker } from './asker.ts';
import type { ApiRequest } from './request.ts';

let server: Server;
beforeEach(async () => {
  server = createServer();
  await once(server.listen(0, '127.0.0.1'), 'listening');
});
afterEach(() => {
  server.close();
  server.closeAllConnections();
});

/** A caller, and the answer it waits for. */
async function asking() {
  const asked = once(server, 'request');
  const socket = connect((server.address() as AddressInfo).port, '127.0.0.1');
  socket.write('GET / HTTP/1.1\r\nHost: x\r\n\r\n');
  const [, res] = (await asked) as [unknown, ServerResponse];
  const request = { caller: { account: 'binh.tran' }, res } as unknown as ApiRequest;
  return { socket, res, asker: (): Asker => askerOf(request) };
}

describe('who asks', () => {
  it('is told to have left when the connection ends before the answer', async () => {
    const { socket, asker } = await asking();
    const { account, signal } = asker();
    expect([account, signal.aborted]).toEqual(['binh.tran', false]);
    const left = once(signal, 'abort');
    socket.destroy();
    await left;
    expect(signal.reason).toBeInstanceOf(CallerLeft);
  });

  it('has left also where that was before anybody asked', async () => {
    const { socket, res, asker } = await asking();
    const closed = once(res, 'close');
    socket.destroy();
    await closed;
    expect(asker().signal.reason).toBeInstanceOf(CallerLeft);
  });

  it('is one, however many pages an answer is made of', async () => {
    const { res, asker } = await asking();
    const listening = res.listenerCount('close');
    const askers = new Set(Array.from({ length: 1000 }, asker));
    expect([askers.size, res.listenerCount('close')]).toEqual([1, listening + 1]);
  });
});
