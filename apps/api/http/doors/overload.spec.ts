import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import express, { type Response as Answer } from 'express';
import { HeldBack } from './held-back.ts';
import { limitOverload, UnderWay } from './overload.ts';

const MOST = 4;

/** `known-an~2` is another token of the account `an`. */
const accountOf = (token: string): string | undefined => /^known-([^~]+)/.exec(token)?.[1];

describe('a service that has as much under way as it may', () => {
  let server: Server;
  let url: string;
  /** Requests that were taken in, in order. */
  let taken: { readonly path: string; readonly response: ServerResponse }[];
  let waiting: Promise<Response>[];

  beforeEach(async () => {
    taken = [];
    waiting = [];
    const app = express();
    const underWay = new UnderWay(MOST);
    const held = new HeldBack((response) => underWay.letGo(response), 1000, 200);
    app.use(
      limitOverload({
        underWay,
        remembers: accountOf,
        answer: (_error, _request, response) => void response.status(503).end(),
      }),
    );
    app.use((request: IncomingMessage, response: ServerResponse) => {
      taken.push({ path: request.url ?? '', response });
      if (request.url === '/too-often')
        held.hold(response as Answer, () => void response.writeHead(429).end());
    });
    server = createServer(app).listen(0, '127.0.0.1');
    await once(server, 'listening');
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  afterEach(async () => {
    for (const { response } of taken) response.end();
    await Promise.allSettled(waiting);
    server.close();
    server.closeAllConnections();
  });

  const ask = (who: string, path = '/'): Promise<Response> =>
    fetch(`${url}${path}`, { headers: { authorization: `Bearer ${who}` } });

  /** Asks, and waits until it was taken in. */
  async function hold(who: string, path = '/'): Promise<void> {
    const before = taken.length;
    waiting.push(ask(who, path));
    while (taken.length === before) await new Promise(setImmediate);
  }

  const holdAll = async (who: string): Promise<void> => {
    for (let n = 0; n < MOST; n += 1) await hold(who);
  };

  it('refuses one more of the caller whose they are, at once', async () => {
    await holdAll('known-flood');
    expect((await ask('known-flood')).status).toBe(503);
    expect(taken).toHaveLength(MOST);
  });

  it('takes in another caller, up to its share', async () => {
    await holdAll('known-flood');
    await hold('known-other');
    await hold('known-other');
    expect((await ask('known-other')).status).toBe(503);
  });

  it('counts an account once, however many tokens of it hold', async () => {
    for (let n = 0; n < MOST; n += 1) await hold(`known-flood~${n}`);
    expect((await ask('known-flood~more')).status).toBe(503);
    await hold('known-other');
  });

  it('does not take an account for the address it is named as', async () => {
    for (let n = 0; n < MOST; n += 1) await hold('made-up');
    await hold('known-127.0.0.1');
  });

  it('refuses everybody at twice as much', async () => {
    await holdAll('known-flood');
    for (const who of ['a', 'b', 'c', 'd']) await hold(`known-${who}`);
    expect((await ask('known-e')).status).toBe(503);
  });

  it('counts callers whose tokens nobody has seen hold by their address, however many tokens they make up', async () => {
    for (let n = 0; n < MOST; n += 1) await hold(`made-up-${n}`);
    expect((await ask('made-up-more')).status).toBe(503);
    await hold('known-other');
  });

  it('is looked at by those who watch it all the same', async () => {
    await holdAll('known-flood');
    await hold('known-flood', '/health/live');
    await hold('known-flood', '/metrics');
  });

  it('takes in as many again as were answered, or whose callers have left', async () => {
    await holdAll('known-flood');
    taken[0]?.response.end();
    await waiting[0];
    await hold('known-flood');
    expect((await ask('known-flood')).status).toBe(503);
  });

  it('does not count what is decided and only held back', async () => {
    for (let n = 0; n < MOST * 2; n += 1) await hold('known-flood', '/too-often');
    await holdAll('known-flood');
    expect((await ask('known-flood')).status).toBe(503);
    const answers = await Promise.all(waiting.slice(0, MOST * 2));
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([429]));
    // What was given back once is not given back again when it is sent.
    expect((await ask('known-flood')).status).toBe(503);
  });

  it('does not count what it is still sending, as a feed that never ends', async () => {
    await holdAll('known-flood');
    taken[0]?.response.writeHead(200, { 'content-type': 'text/event-stream' });
    taken[0]?.response.flushHeaders();
    await hold('known-flood');
  });
});
