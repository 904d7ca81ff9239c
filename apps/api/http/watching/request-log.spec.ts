import { once } from 'node:events';
import { createServer } from 'node:http';
import { connect, type AddressInfo } from 'node:net';
import { describe, expect, it } from '@jest/globals';
import type { Request, Response } from 'express';
import type { Logger } from 'pino';
import { requestLog } from './request-log.ts';

/** What is logged of a caller that leaves before an answer of this kind has ended. */
async function loggedOf(contentType: string): Promise<string> {
  return new Promise((resolve) => {
    const say = (level: string) => (_facts: object, message: string) =>
      resolve(`${level}: ${message}`);
    const log = { isLevelEnabled: () => true, info: say('info'), warn: say('warn') };
    const note = requestLog(log as unknown as Logger);
    const server = createServer((request, response) => {
      const asked = Object.assign(request, { originalUrl: request.url });
      note(asked as unknown as Request, response as Response, () => undefined);
      response.setHeader('X-Content-Type-Options', 'nosniff');
      response.writeHead(200, { 'Content-Type': contentType });
      response.write('data: 1\n\n');
    });
    server.listen(0, '127.0.0.1', () => {
      const socket = connect((server.address() as AddressInfo).port, '127.0.0.1');
      socket.write('GET /v1/feed/events HTTP/1.1\r\nHost: x\r\n\r\n');
      void once(socket, 'data').then(() => {
        socket.destroy();
        server.close();
      });
    });
  });
}

describe('the log of requests', () => {
  it('tells of an answer whose caller left half-way', async () => {
    expect(await loggedOf('application/json')).toBe('warn: request cut off');
  });

  it('takes leaving for the end of listening', async () => {
    expect(await loggedOf('text/event-stream; charset=utf-8')).toBe('info: request');
  });
});
