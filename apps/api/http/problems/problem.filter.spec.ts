import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from '@jest/globals';
import express from 'express';
import type { Server } from 'node:http';
import pino from 'pino';
import { ReplayFailed, ReplaysBusy } from '#audit';
import { ClockJumped } from '#config';
import { Refusal, UnreadableEvent } from '#domain';
import { EventStoreUnavailable } from '#event-store';
import { ReadModelAstray } from '#projections';
import { ReadTooSlow } from '#read-store';
import { Outages } from '#telemetry';
import { correlate } from '../request.ts';
import { servicesOf } from '../watching/services.ts';
import { ApiProblem } from './api-problems.ts';
import { ProblemFilter } from './problem.filter.ts';

let server: Server;

afterEach(async () => {
  server.close();
  await once(server, 'close');
});

/** The codes so many callers are told of an error, and the lines that are written meanwhile. */
async function told(error: Error, callers: number) {
  const lines: Record<string, unknown>[] = [];
  const write = (line: string) => void lines.push(JSON.parse(line) as Record<string, unknown>);
  const log = pino({ level: 'info' }, { write });
  const away = () => Promise.reject(new Error('away'));
  const probes = {
    eventStore: away,
    readStore: away,
    images: away,
    issuer: away,
    handlers: away,
    room: away,
  };
  const outages = new Outages(log, servicesOf(probes));
  const filter = new ProblemFilter(log, outages);
  const app = express();
  app.use(correlate);
  app.get('/', (request, response) => {
    filter.answer(error, request as never, response);
  });
  server = app.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  const codes: unknown[] = [];
  for (let caller = 0; caller < callers; caller += 1) {
    const answer = await fetch(url, { headers: { connection: 'close' } });
    codes.push(((await answer.json()) as { code: string }).code);
  }
  outages.close();
  return { codes, lines };
}

describe('what the log says of a request that is answered with 5xx', () => {
  it.each([
    ['READ_MODEL_ASTRAY', new ReadModelAstray('register_entries: was filled from another log')],
    ['READ_MODEL_BEHIND', new ApiProblem('READ_MODEL_BEHIND', {})],
    ['READ_TOO_SLOW', new ReadTooSlow('too long')],
    ['AS_OF_BUSY', new ReplaysBusy('busy')],
    ['CLOCK_JUMPED', new ClockJumped(7_200_000)],
    ['REGISTER_PAUSED', new Refusal('REGISTER_PAUSED', { reason: 'phục hồi' })],
    ['REGISTER_UNREADABLE', new UnreadableEvent('unknown', 'EntryCopyReissued')],
  ])('is nothing beside its own line where it is a state: %s', async (code, error) => {
    expect(await told(error, 3)).toEqual({ codes: [code, code, code], lines: [] });
  });

  it('is one line for all of an outage', async () => {
    const { codes, lines } = await told(new EventStoreUnavailable('away'), 3);
    expect(codes).toEqual(['UNAVAILABLE', 'UNAVAILABLE', 'UNAVAILABLE']);
    expect(lines).toMatchObject([{ reason: 'away' }]);
  });

  it.each([
    ['INTERNAL', new TypeError('a bug')],
    ['AS_OF_FAILED', new ReplayFailed('its thread has ended')],
  ])('is the error itself, each time, where nobody expects it: %s', async (code, error) => {
    const { lines } = await told(error, 2);
    const line = { msg: 'request failed', code, err: { message: error.message } };
    expect(lines).toMatchObject([line, line]);
  });
});
