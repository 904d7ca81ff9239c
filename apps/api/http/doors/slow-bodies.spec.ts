import { once } from 'node:events';
import type { Server } from 'node:http';
import { connect, type AddressInfo, type Socket } from 'node:net';
import { text } from 'node:stream/consumers';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import express from 'express';
import type { ApiRequest } from '../request.ts';
import { limitSlowBodies } from './slow-bodies.ts';

let server: Server;

beforeEach(async () => {
  const app = express();
  app.use(limitSlowBodies(50));
  app.use((request, response, next) => {
    if (request.path === '/refused') response.status(401).json({});
    else next();
  });
  app.use((request, _response, next) => {
    if (request.header('Authorization') === undefined) next();
    else {
      (request as ApiRequest).caller = { account: 'a', name: 'A', roles: [], agencies: [] };
      next();
    }
  });
  app.use((request, response) => {
    void text(request).then(
      (body) => response.json({ body }),
      () => undefined,
    );
  });
  server = app.listen(0, '127.0.0.1');
  await once(server, 'listening');
});

afterEach(async () => {
  server.closeAllConnections();
  server.close();
  await once(server, 'close');
});

const KNOWN = 'Authorization: Bearer x\r\n';

/** A request whose body has begun. */
function begun(type: string, headers = '', path = '/'): Socket {
  const socket = connect((server.address() as AddressInfo).port, '127.0.0.1');
  socket.on('error', () => undefined);
  socket.write(
    `POST ${path} HTTP/1.1\r\nHost: x\r\nContent-Type: ${type}\r\n${headers}Content-Length: 9\r\n\r\nbegun`,
  );
  return socket;
}

const FORM = 'multipart/form-data; boundary=x';

describe('a body that does not end', () => {
  it.each([
    ['JSON', 'application/json', KNOWN],
    ['a form of somebody unknown', FORM, ''],
  ])('of %s is 408, as problem details, and its connection ends', async (_of, type, headers) => {
    const said = await text(begun(type, headers));
    expect(said).toMatch(/^HTTP\/1.1 408 /);
    expect(said).toMatch(/"code":"REQUEST_TIMEOUT"/);
    expect(said.match(/HTTP\/1.1/g)).toHaveLength(1);
  });

  it('of a request that was refused keeps no connection, whoever sent it', async () => {
    const said = await text(begun(FORM, KNOWN, '/refused'));
    expect(said).toMatch(/^HTTP\/1.1 401 /);
    expect(said.match(/HTTP\/1.1/g)).toHaveLength(1);
  });

  it('is waited for where a known caller sends a form', async () => {
    const file = begun(FORM, KNOWN);
    await once(server, 'request');
    // Begun later, and over.
    await text(begun('application/json', KNOWN));
    const [answered] = [once(file, 'data') as Promise<[Buffer]>, file.write(' end')];
    expect(String(await answered)).toMatch(/^HTTP\/1.1 200 [^]*begun end/);
    file.destroy();
  });
});
