import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { loadConfig } from './config.ts';
import { servesDocs } from './derived.ts';
import { InvalidConfig } from './invalid-config.ts';

const production = { NODE_ENV: 'production', OIDC_ISSUER: 'https://id.example.vn' };

describe('settings', () => {
  it('have defaults that need nothing around', () => {
    expect(loadConfig({})).toMatchObject({ PORT: 3000, DATA_DIR: 'data', RATE_LIMIT: 1200 });
  });

  it.each([
    [{ PORT: '70000' }, 'PORT'],
    [{ RATE_LIMIT: '-1' }, 'RATE_LIMIT'],
    [{ TRUST_PROXY: 'all' }, 'TRUST_PROXY'],
    [{ TRUST_PROXY: '1' }, 'TRUST_PROXY'],
    [{ TRUST_PROXY: '10.0.0.1, true' }, 'TRUST_PROXY'],
    [{ REFUSED_LIMIT: '-1' }, 'REFUSED_LIMIT'],
    [{ MOST_AT_ONCE: '-1' }, 'MOST_AT_ONCE'],
    [{ METRICS_PORT: '70000' }, 'METRICS_PORT'],
    [{ DOCS: 'yes' }, 'DOCS'],
    [{ CORS_ORIGINS: 'https://a.example, b' }, 'CORS_ORIGINS'],
    [{ CORS_ORIGINS: '*' }, 'CORS_ORIGINS'],
    [{ MONGODB_URL: 'http://x' }, 'MONGODB_URL'],
    // No timer goes as long: the log would be sealed without a pause.
    [{ SEAL_SECONDS: '2592000' }, 'SEAL_SECONDS'],
    [{ AUDIT_TSA: 'tsa.example.vn' }, 'AUDIT_TSA'],
    [{ AUDIT_TSA: 'https://tsa.example.vn' }, 'AUDIT_TSA_CERTS'],
    [{ ...production, OIDC_ISSUER: '' }, 'OIDC_ISSUER'],
    [{ ...production, OIDC_ISSUER: 'http://id.example.vn' }, 'OIDC_ISSUER must be https'],
    [{ ...production, OIDC_JWKS_URL: 'http://id.example.vn/k' }, 'OIDC_JWKS_URL must be https'],
    [{ ...production, EVENTSTORE_URL: 'esdb://u:p@log:2113?tls=false' }, 'EVENTSTORE_URL'],
    [{ ...production, MONGODB_URL: 'mongodb://db:27017/?tls=true' }, 'MONGODB_URL'],
    [{ ...production, MONGODB_URL: 'mongodb://u:p@db:27017' }, 'MONGODB_URL must use TLS'],
    [{ ...production, MONGODB_URL: 'mongodb://u:p@db/?tls=false' }, 'MONGODB_URL must use TLS'],
    [{ ...production, MONGODB_URL: 'mongodb+srv://u:p@db/?ssl=false' }, 'MONGODB_URL must use TLS'],
    [{ ...production, MONGODB_URL: 'mongodb://u:p@db/?tls=true&tlsInsecure=true' }, 'certificates'],
    [
      {
        ...production,
        MONGODB_URL: 'mongodb://u:p@db/?tls=true&TLSAllowInvalidCertificates=true',
      },
      'certificates',
    ],
    [{ WEBHOOK_NETWORKS: '10.20.0.0' }, 'WEBHOOK_NETWORKS'],
    [{ WEBHOOK_PORTS: '0' }, 'WEBHOOK_PORTS'],
    [{ WEBHOOK_RETRY_HOURS: '0' }, 'WEBHOOK_RETRY_HOURS'],
    [{ ...production, WEBHOOK_HTTP: 'true' }, 'WEBHOOK_HTTP must not be true'],
    [{ ...production, CLOCK_NOW: '2024-05-10T08:00:00+07:00' }, 'CLOCK_NOW'],
  ])('%j are refused by name', (env, name) => {
    expect(() => loadConfig(env)).toThrow(InvalidConfig);
    expect(() => loadConfig(env)).toThrow(name);
  });

  it('are not read on a Node that SQLite’s binary brings down', () => {
    expect(() => loadConfig({}, '20.19.6')).toThrow(InvalidConfig);
    expect(() => loadConfig({}, '22.23.3')).toThrow(/Node 24 or later .* 22\.23\.3/);
    expect(loadConfig({}, '24.0.0').PORT).toBe(3000);
  });

  it.each([
    'mongodb://u:p@db:27017/?tls=true',
    'mongodb://u:p@db:27017,db2:27017/x?authSource=admin&ssl=true&tlsCAFile=/ca.crt',
    'mongodb+srv://u:p@db.example.vn/',
  ])('are fit for production with an issuer, TLS and credentials: %s', (MONGODB_URL) => {
    const servers = { EVENTSTORE_URL: 'esdb://u:p@log:2113', MONGODB_URL };
    expect(loadConfig({ ...production, ...servers }).NODE_ENV).toBe('production');
  });

  it('trusts proxies by their addresses', () => {
    const TRUST_PROXY = 'loopback, 10.0.0.2 10.1.0.0/16,fd00::/8';
    const trusted = ['loopback', '10.0.0.2', '10.1.0.0/16', 'fd00::/8'];
    expect(loadConfig({ TRUST_PROXY }).TRUST_PROXY).toEqual(trusted);
  });

  it('shows the API’s description, but not in production unless told to', () => {
    expect(servesDocs(loadConfig({}))).toBe(true);
    expect(servesDocs(loadConfig(production))).toBe(false);
    expect(servesDocs(loadConfig({ ...production, DOCS: 'on' }))).toBe(true);
  });

  it('lists origins however they are separated', () => {
    const { CORS_ORIGINS } = loadConfig({ CORS_ORIGINS: 'https://a.example,https://b.example ' });
    expect(CORS_ORIGINS).toEqual(['https://a.example', 'https://b.example']);
  });
});

describe('secrets', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'config-'));
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  it('come from the file the environment names', async () => {
    const file = join(folder, 'mongodb-url');
    await writeFile(file, 'mongodb://user:secret@db\n');
    expect(loadConfig({ MONGODB_URL_FILE: file }).MONGODB_URL).toBe('mongodb://user:secret@db');
  });

  it('come from one place only, and the message does not repeat them', async () => {
    const file = join(folder, 'url');
    await writeFile(file, 'esdb://user:secret@log');
    const both = { EVENTSTORE_URL: 'esdb://user:secret@log', EVENTSTORE_URL_FILE: file };
    expect(() => loadConfig(both)).toThrow(/^(?!.*secret).*EVENTSTORE_URL_FILE/);
    await writeFile(file, 'http://user:secret@log');
    expect(() => loadConfig({ EVENTSTORE_URL_FILE: file })).toThrow(
      /^(?![^]*secret)[^]*EVENTSTORE_URL/,
    );
  });

  it('are missed by name when their file is', () => {
    expect(() => loadConfig({ MONGODB_URL_FILE: join(folder, 'none') })).toThrow(
      /MONGODB_URL_FILE cannot be read/,
    );
  });
});
