import { randomUUID } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { status } from '@grpc/grpc-js';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  EventStoreRefuses,
  openEventStore,
  openEventStoreDb,
  requireWelcome,
  type EventStore,
} from '#event-store';
import {
  startEventStoreDbDouble,
  type DoubleOptions,
  type EventStoreDbDouble,
} from '../support/eventstoredb/server.ts';
import { certificate } from '../support/eventstoredb/tls.ts';

/** An EventStoreDB that answers and will not have us: every call says so, with what helps. */

const USER = { name: 'register', password: 's3cret' };

let folder: string;
let ca: string;
const doubles: EventStoreDbDouble[] = [];

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'refusals-'));
  ca = join(folder, 'ca.crt');
  await writeFile(ca, certificate);
});
afterAll(async () => {
  await Promise.all(doubles.map((double) => double.close()));
  await rm(folder, { recursive: true });
});

async function portOf(options: DoubleOptions): Promise<string> {
  const double = await startEventStoreDbDouble(options);
  doubles.push(double);
  return /:(\d+)/.exec(double.connectionString)?.[1] ?? '';
}

interface Case {
  readonly options?: DoubleOptions;
  readonly url: (port: string) => string;
  readonly reason: RegExp;
  readonly remedy: RegExp;
}

const cases: Readonly<Record<string, Case>> = {
  'a wrong password': {
    options: { user: USER },
    url: (port) => `esdb://register:wr0ng@localhost:${port}?tls=true&tlsCAFile=${ca}`,
    reason: /does not know this account \(“.*unknown user.*”\)/,
    remedy: /name and password/,
  },
  'no account at all': {
    options: { user: USER },
    url: (port) => `esdb://localhost:${port}?tls=true&tlsCAFile=${ca}`,
    reason: /does not know this account/,
    remedy: /name and password/,
  },
  'an account that may not read $all': {
    options: { mayReadAll: false },
    url: (port) => `esdb://localhost:${port}?tls=false`,
    reason: /denies this account access \(“.*Access Denied.*”\)/,
    remedy: /read \$all/,
  },
  'a certificate of an authority unknown here': {
    options: { user: USER },
    url: (port) => `esdb://register:s3cret@localhost:${port}?tls=true`,
    reason: /no TLS connection .*self-signed certificate/,
    remedy: /tlsCAFile/,
  },
  'a cluster with such certificates': {
    options: { user: USER },
    url: (port) =>
      `esdb://register:s3cret@localhost:${port},localhost:${port}?tls=true&maxDiscoverAttempts=1`,
    reason: /no TLS connection .*self-signed certificate/,
    remedy: /tlsCAFile/,
  },
  'a server that speaks no TLS': {
    url: (port) => `esdb://localhost:${port}?tls=true`,
    reason: /no TLS connection .*wrong version number/,
    remedy: /tls=false/,
  },
};

const calls: Readonly<Record<string, (store: EventStore) => Promise<unknown>>> = {
  head: (store) => store.head(),
  readAll: (store) => first(store.readAll()),
  subscribe: (store) => first(store.subscribe({ signal: new AbortController().signal })),
};

async function first(source: AsyncIterable<unknown>): Promise<unknown> {
  for await (const one of source) return one;
  return undefined;
}

describe.each(Object.entries(cases))('%s', (_, { options = {}, url, reason, remedy }) => {
  let store: EventStore;
  beforeAll(async () => {
    store = await openEventStoreDb(url(await portOf(options)));
  });
  afterAll(() => store.close());

  it.each(Object.entries(calls))(
    'is told by %s, in a line, with the remedy',
    async (_call, ask) => {
      const told: unknown = await ask(store).catch((error: unknown) => error);
      expect(told).toBeInstanceOf(EventStoreRefuses);
      const { message } = told as EventStoreRefuses;
      expect((told as EventStoreRefuses).reason).toMatch(reason);
      expect((told as EventStoreRefuses).remedy).toMatch(remedy);
      expect(message).not.toMatch(/\n|s3cret|wr0ng/);
    },
  );

  it('ends a start', async () => {
    await expect(requireWelcome(store)).rejects.toBeInstanceOf(EventStoreRefuses);
  });
});

describe('an account whose rights change while it is used', () => {
  it.each([status.UNAUTHENTICATED, status.PERMISSION_DENIED])(
    'is refused with status %d, and goes on when it is let in again',
    async (code) => {
      const double = await startEventStoreDbDouble();
      doubles.push(double);
      const store = await openEventStoreDb(double.connectionString);
      const stream = `register-${randomUUID()}`;
      const event = { id: randomUUID(), type: 'BookOpened', data: {}, metadata: {} };
      double.refuseCalls(code);
      const append = () => store.append(stream, 'no-stream', [event]);
      await expect(append()).rejects.toBeInstanceOf(EventStoreRefuses);
      await expect(first(store.readStream(stream))).rejects.toBeInstanceOf(EventStoreRefuses);
      double.refuseCalls(undefined);
      expect(await append()).toMatchObject({ revision: 0 });
      await store.close();
    },
  );
});

describe('an address that cannot be one', () => {
  it.each([
    ['esdb://register:s3cret@log:2113?tls=perhaps', /expected true or false/],
    ['esdb://register:s3cret@log:2113?tls=true&tlsCAFile=/nowhere/ca.crt', /File was not found/],
    ['esdb://', /expected/],
  ])('%s is told of without the password', async (url, said) => {
    const opening = openEventStore({ EVENTSTORE_URL: url, DATA_DIR: folder });
    const refused = await opening.catch((error: unknown) => error);
    expect(refused).toBeInstanceOf(EventStoreRefuses);
    const { message } = refused as Error;
    expect(message).toMatch(said);
    expect(message).not.toMatch(/s3cret|\n/);
  });
});

describe('a start', () => {
  it('does not wait for a log that is away, or says nothing', async () => {
    const store = await openEventStoreDb('esdb://localhost:1?tls=false');
    await expect(requireWelcome(store)).resolves.toBeUndefined();
    const silent = { head: () => new Promise<never>(() => undefined) };
    await expect(requireWelcome(silent, 20)).resolves.toBeUndefined();
    await store.close();
  });
});
