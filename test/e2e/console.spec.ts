import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { NestFactory } from '@nestjs/core';
import { Controller, Get, Module } from '@nestjs/common';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { loadConfig } from '#config';
import { createPortalClient } from '#client';
import { serveConsole } from '../../apps/api/console/console.ts';
import { backends, type Backend } from '../support/backends.ts';
import { openOffice, refusalOf, type Office } from '../support/office.ts';

@Controller()
class Api {
  @Get(['v1/books', 'docs', 'health/live', 'metrics', 'tlog/checkpoint', 'hosokhac'])
  answer(): string {
    return 'the API';
  }
}

@Module({ controllers: [Api] })
class Service {}

describe('the console’s files', () => {
  let folder: string;
  let app: NestExpressApplication;
  let url: string;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'console-'));
    await mkdir(join(folder, 'assets'));
    await writeFile(join(folder, 'index.html'), '<title>the page</title>');
    await writeFile(join(folder, 'assets/main-1a2b3c.js'), 'plain');
    await writeFile(join(folder, 'assets/main-1a2b3c.js.br'), 'by brotli');
    app = await NestFactory.create<NestExpressApplication>(Service, { logger: false });
    const settings = { OIDC_ISSUER: 'https://dang-nhap.example.vn/realms/so', DATA_DIR: folder };
    serveConsole(app, loadConfig(settings), folder);
    await app.listen(0, '127.0.0.1');
    url = await app.getUrl();
  });

  afterAll(async () => {
    await app.close();
    await rm(folder, { recursive: true, force: true });
  });

  it.each(['/', '/hoso/quyensochungthuc', '/hoso/quyensochungthuc/a/b', '/dang-nhap?to=%2F'])(
    'are one page at %s, asked for anew each time',
    async (path) => {
      const { status, headers } = await fetch(`${url}${path}`);
      expect([status, headers.get('content-type')]).toEqual([200, 'text/html;charset=utf-8']);
      expect(headers.get('cache-control')).toBe('no-cache');
      const policy = headers.get('content-security-policy') ?? '';
      expect(policy).toContain("default-src 'none';script-src 'self';style-src 'self';");
      expect(policy).toContain("connect-src 'self' https://dang-nhap.example.vn;");
      expect(policy).not.toMatch(/unsafe|data:/);
    },
  );

  it('are kept for ever where their name tells their content, and sent as they were compressed', async () => {
    const answer = await fetch(`${url}/assets/main-1a2b3c.js`, {
      headers: { 'accept-encoding': 'br' },
    }).catch((error: unknown) => error);
    // What came is no brotli in truth, which fetch says of it: the file beside the script was sent.
    expect(answer).toBeInstanceOf(Response);
    const { headers } = answer as Response;
    expect(headers.get('cache-control')).toBe('public, max-age=31536000, immutable');
    expect([headers.get('content-encoding'), headers.get('content-length')]).toEqual(['br', '9']);
  });

  it.each(['/v1/books', '/docs', '/health/live', '/metrics', '/tlog/checkpoint', '/hosokhac'])(
    'leave %s to the API',
    async (path) => expect(await (await fetch(`${url}${path}`)).text()).toBe('the API'),
  );

  it.each(['/nowhere', '/assets/gone-000000.js', '/.env', '/hosokhac/x'])(
    'are no answer at %s',
    async (path) => expect((await fetch(`${url}${path}`)).status).toBe(404),
  );

  it('are read, never written', async () => {
    expect((await fetch(`${url}/hoso`, { method: 'POST' })).status).toBe(404);
  });
});

describe('logging in by the development issuer', () => {
  let office: Office;
  beforeAll(async () => {
    office = await openOffice(backends[0] as Backend);
  }, 60_000);
  afterAll(() => office.dispose());

  const nobody = () => createPortalClient({ baseUrl: office.url, token: '' });

  it('offers somebody for each role, whose token is taken', async () => {
    const { kind, people } = (await nobody().getSignIn()).data;
    expect([kind, people.map(({ role }) => role)]).toEqual([
      'development',
      ['receiving-officer', 'certifier', 'clerk', 'auditor', 'operator'],
    ]);
    for (const { role, account, name } of people) {
      const person = { role, account, name, agency: office.agency };
      const { token, expiresIn } = (await nobody().issueDevelopmentToken(person)).data;
      const me = (await createPortalClient({ baseUrl: office.url, token }).getMe()).data;
      expect(me).toMatchObject({ account, name, roles: [role], today: '2024-05-10' });
      expect(expiresIn).toBe(3600);
    }
  });

  it('names the field that no token can say', async () => {
    const person = { role: 'clerk', account: 'thư', name: 'Thư', agency: 'bk' } as const;
    const { status, errors } = await refusalOf(nobody().issueDevelopmentToken(person));
    expect(status).toBe(422);
    expect(errors.map(({ field }) => field).sort()).toEqual(['account', 'agency']);
  });

  it('is for addresses of this machine, not for a name that was made to point here', async () => {
    const { port } = new URL(office.url);
    const { request } = await import('node:http');
    const status = await new Promise<number | undefined>((resolve, reject) => {
      const headers = { host: 'evil.example', 'content-type': 'application/json' };
      const asked = request(
        { port, host: '127.0.0.1', path: '/v1/development/tokens', method: 'POST', headers },
        (answer) => {
          answer.resume();
          resolve(answer.statusCode);
        },
      );
      asked.once('error', reject);
      asked.end(JSON.stringify({ role: 'clerk', account: 'a', name: 'A', agency: 'BK-001' }));
    });
    expect(status).toBe(403);
  });

  it('is gone where an issuer is configured', async () => {
    await office.restart({ OIDC_ISSUER: 'http://127.0.0.1:1', OIDC_CLIENT_ID: 'console' });
    const person = { role: 'clerk', account: 'a', name: 'A', agency: 'BK-001' } as const;
    expect(await refusalOf(nobody().issueDevelopmentToken(person))).toMatchObject({ status: 404 });
    expect((await nobody().getSignIn()).data).toEqual({
      kind: 'oidc',
      oidc: {
        issuer: 'http://127.0.0.1:1',
        clientId: 'console',
        scope: 'openid profile',
        resource: null,
      },
      people: [],
    });
    await office.restart({ OIDC_ISSUER: 'http://127.0.0.1:1' });
    expect((await nobody().getSignIn()).data.kind).toBe('unset');
  });
});
