import { EventEmitter, once } from 'node:events';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import express, { type Response } from 'express';
import { HeldBack } from './held-back.ts';

const MOST = 2;
const HOLD_MS = 200;

describe('answers that are held back', () => {
  let server: Server;
  let url: string;
  let asked: number;

  beforeEach(async () => {
    asked = 0;
    const held = new HeldBack(undefined, MOST, HOLD_MS);
    const app = express();
    app.use((_request, response) => {
      asked += 1;
      held.hold(response, () => void response.status(429).end());
    });
    server = app.listen(0, '127.0.0.1');
    await once(server, 'listening');
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  afterEach(() => {
    server.close();
    server.closeAllConnections();
  });

  async function ask(signal?: AbortSignal) {
    const begun = performance.now();
    const answer = await fetch(url, signal ? { signal } : {});
    return { tookMs: performance.now() - begun, connection: answer.headers.get('connection') };
  }

  const taken = async (count: number): Promise<void> => {
    while (asked < count) await new Promise(setImmediate);
  };

  it('come after their time', async () => {
    const { tookMs, connection } = await ask();
    expect([tookMs >= HOLD_MS - 1, connection]).toEqual([true, 'keep-alive']);
  });

  it('go at once, and their connection with them, where too many are held', async () => {
    const held = [ask(), ask()];
    await taken(MOST);
    expect((await ask()).connection).toBe('close');
    expect((await Promise.all(held)).map(({ connection }) => connection)).toEqual([
      'keep-alive',
      'keep-alive',
    ]);
  });

  it('are none where whoever asked has gone before: their places stay free', async () => {
    const held = new HeldBack(undefined, 1, HOLD_MS);
    const gone = new EventEmitter() as unknown as Response;
    Object.assign(gone, { closed: true, setHeader: () => expect(gone).toBe('answered') });
    held.hold(gone, () => expect(gone).toBe('answered'));
    const there = new EventEmitter() as unknown as Response;
    const headers: string[] = [];
    Object.assign(there, { closed: false, setHeader: (name: string) => headers.push(name) });
    await new Promise<void>((resolve) => held.hold(there, resolve));
    expect(headers).toEqual([]);
  });

  it('leave their place to others when whoever asked has gone', async () => {
    const leaving = new AbortController();
    const left = Promise.allSettled([ask(leaving.signal), ask(leaving.signal)]);
    await taken(MOST);
    leaving.abort();
    await left;
    // Gone when the server has seen it.
    let last = await ask();
    while (last.connection === 'close') last = await ask();
    expect(last.tookMs).toBeGreaterThan(HOLD_MS - 1);
  });
});
