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

/**
 * The codes so many callers are told of an error, under which headers the last one, and the lines
 * that are written meanwhile.
 * @param said what the handler had said of its answer by then
 */
async function told(error: Error, callers: number, said: Readonly<Record<string, string>> = {}) {
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
  // As the service has it: none that nobody has set.
  app.set('etag', false);
  app.use(correlate);
  app.get('/', (request, response) => {
    response.set(said);
    filter.answer(error, request as never, response);
  });
  server = app.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  const codes: unknown[] = [];
  let headers = new Headers();
  for (let caller = 0; caller < callers; caller += 1) {
    const answer = await fetch(url, { headers: { connection: 'close' } });
    headers = answer.headers;
    codes.push(((await answer.json()) as { code: string }).code);
  }
  outages.close();
  return { codes, headers, lines };
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
    const { codes, lines } = await told(error, 3);
    expect([codes, lines]).toEqual([[code, code, code], []]);
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

describe('a problem in place of an answer that was begun', () => {
  const said = {
    ...{ ETag: '"7"', Position: '12', Location: '/v1/x', 'Idempotency-Replayed': 'true' },
    ...{ 'Content-Disposition': 'attachment; filename="so.pdf"', 'Repr-Digest': 'sha-256=:x:' },
    ...{ 'Content-Type': 'application/pdf', 'Content-Length': '1000000' },
    ...{ 'Cache-Control': 'private, no-cache', 'X-Content-Type-Options': 'nosniff' },
  };

  it('says nothing that was said of that answer, and is kept by nobody', async () => {
    const { codes, headers } = await told(new EventStoreUnavailable('away'), 1, said);
    expect([codes, headers.get('content-type'), headers.get('cache-control')]).toEqual([
      ['UNAVAILABLE'],
      'application/problem+json; charset=utf-8',
      'no-store',
    ]);
    const names = ['etag', 'position', 'location', 'idempotency-replayed'];
    for (const name of [...names, 'content-disposition', 'repr-digest'])
      expect([name, headers.get(name)]).toEqual([name, null]);
    expect(headers.get('x-content-type-options')).toBe('nosniff');
  });

  it('names the revision that stands, where that is what it tells', async () => {
    const conflict = new ApiProblem('CONFLICT', { revision: 9, position: 'p', current: null });
    const { headers } = await told(conflict, 1, said);
    expect([headers.get('etag'), headers.get('position')]).toEqual(['"9"', 'p']);
  });
});
