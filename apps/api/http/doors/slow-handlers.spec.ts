import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import express from 'express';
import type { Server } from 'node:http';
import pino from 'pino';
import { Outages } from '#telemetry';
import { ProblemFilter } from '../problems/problem.filter.ts';
import { servicesOf } from '../watching/services.ts';
import { correlate } from '../request.ts';
import { limitSlowHandlers } from './slow-handlers.ts';

const lines: string[] = [];
const log = pino({ level: 'info' }, { write: (line: string) => void lines.push(line) });

const answers = (): Promise<void> => Promise.resolve();
const probes = {
  eventStore: answers,
  readStore: answers,
  images: answers,
  issuer: answers,
  handlers: answers,
  room: answers,
};
const outages = new Outages(log, servicesOf(probes));

let server: Server;
let url: string;
let finish: () => void;
let finished: Promise<void>;

beforeEach(async () => {
  lines.length = 0;
  const filter = new ProblemFilter(log, outages);
  const app = express();
  app.use(correlate);
  app.use(limitSlowHandlers((...given) => filter.answer(...given), 50));
  app.get('/prompt', (_request, response) => void response.json({ ok: true }));
  finished = new Promise((resolve) => {
    app.get('/late', (request, response) => {
      finish = () => {
        // As a handler that comes back after all: what it throws at an ended answer goes to the filter.
        try {
          response.json({ ok: true });
        } catch (error) {
          filter.answer(error, request as never, response);
        }
        resolve();
      };
    });
  });
  server = app.listen(0, '127.0.0.1');
  await once(server, 'listening');
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});

afterEach(async () => {
  server.closeAllConnections();
  server.close();
  await once(server, 'close');
});

describe('a handler that takes too long', () => {
  it('is answered for with 503, and what it says afterwards changes nothing', async () => {
    const answer = await fetch(`${url}/late`);
    expect([answer.status, answer.headers.get('retry-after')]).toEqual([503, '1']);
    expect(await answer.json()).toMatchObject({ code: 'UNAVAILABLE' });
    finish();
    await finished;
    expect((await fetch(`${url}/prompt`)).status).toBe(200);
    expect(lines.map((line): unknown => JSON.parse(line))).toEqual([
      expect.objectContaining({ reason: 'no answer within 0.05 s', target: '/late' }),
    ]);
  });

  it('is not one that answers in time', async () => {
    const answer = await fetch(`${url}/prompt`);
    expect([answer.status, await answer.json()]).toEqual([200, { ok: true }]);
  });
});
