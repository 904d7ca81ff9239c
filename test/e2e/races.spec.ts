import type { ChildProcess } from 'node:child_process';
import { randomInt } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { issueDevToken } from '#access';
import {
  openEventStoreDb,
  openSqliteEventStore,
  type EventStore,
  type Position,
} from '#event-store';
import type { EntryNumberAssigned } from '#domain';
import { startEventStoreDbDouble } from '../support/eventstoredb/server.ts';
import { GUIDE_DAY, guideBook, paper } from '../support/office.ts';
import { kill } from '../support/processes.ts';
import { startService } from '../support/service.ts';

/**
 * Two services, each a process with its own connection to one log and its own memory of it, asked
 * at once. `RACES_SEED` repeats what was asked; how the processes take turns is never the same.
 */
const seed = Number(process.env['RACES_SEED'] ?? randomInt(2 ** 31 - 1));

interface Log {
  readonly env: (
    process: string,
  ) => Readonly<Record<string, string>> & { readonly DATA_DIR: string };
  readonly open: () => EventStore | Promise<EventStore>;
  readonly dispose: () => Promise<void>;
}

const logs: readonly (readonly [string, (folder: string) => Promise<Log>, number])[] = [
  [
    'one SQLite file',
    (folder) =>
      Promise.resolve({
        env: () => ({ DATA_DIR: folder }),
        open: () => openSqliteEventStore(join(folder, 'events.db')),
        dispose: () => Promise.resolve(),
      }),
    300,
  ],
  [
    'EventStoreDB client over gRPC, test double',
    async (folder) => {
      const double = await startEventStoreDbDouble();
      const { connectionString } = double;
      return {
        // As on machines of their own: nothing is shared but the log.
        env: (name) => ({ DATA_DIR: join(folder, name), EVENTSTORE_URL: connectionString }),
        open: () => openEventStoreDb(connectionString),
        dispose: () => double.close(),
      };
    },
    150,
  ],
];

interface Ask {
  readonly process: number;
  readonly key: string | undefined;
  readonly document: number;
  readonly requester: string;
}

/** One ask of a race: which process gets it, under which key, for which document and requester. */
const ask: fc.Arbitrary<Ask> = fc.record({
  process: fc.integer({ min: 0, max: 1 }),
  key: fc.option(fc.constantFrom('k-1', 'k-2', 'k-3'), { nil: undefined }),
  document: fc.integer({ min: 1, max: 3 }),
  requester: fc.constantFrom('Lê Thị Cúc', 'Phạm Văn Dũng'),
});

interface Answer {
  readonly status: number;
  readonly code: string | undefined;
  readonly entry: { readonly number: number; readonly requester: string } | undefined;
}

describe.each(logs)(`races of two services over %s (seed ${seed})`, (_name, openLog, numRuns) => {
  const agencies = ['BK-001', 'BK-002', 'BK-003'];
  const children: ChildProcess[] = [];
  let folder: string;
  let log: Log;
  let store: EventStore;
  let callers: readonly { readonly url: string; readonly token: string }[];
  let books: readonly string[];
  let round = 0;
  let seen: Position | undefined;

  const send = (process: number, path: string, json: object, key?: string) => {
    const { url, token } = callers[process] as (typeof callers)[number];
    return fetch(`${url}${path}`, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${token}`,
        'content-type': 'application/json',
        ...(key !== undefined && { 'idempotency-key': key }),
      },
      body: JSON.stringify(json),
    });
  };

  const post = async (process: number, path: string, json: object, key?: string) => {
    const response = await send(process, path, json, key);
    const body = (await response.json()) as Partial<Answer> & { current?: Answer['entry'] };
    const { code, current, entry = current } = body;
    const answer: Answer = { status: response.status, code, entry };
    return { ...answer, location: response.headers.get('location') ?? '' };
  };

  /** Sends them all at once. */
  const race = (asks: readonly Ask[]): Promise<Answer[]> => {
    const book = books[round % books.length] as string;
    const dossier = `D-${round}`;
    return Promise.all(
      asks.map(({ process, key, document, requester }) => {
        const named = key === undefined ? undefined : `${round}-${key}`;
        return post(process, `${book}/entries`, paper({ dossier, document, requester }), named);
      }),
    );
  };

  /** What this round has left in the log, by document, each of which must have one number. */
  const recorded = async (): Promise<Map<number, EntryNumberAssigned['data']>> => {
    const found = new Map<number, EntryNumberAssigned['data']>();
    for await (const { type, data, position } of store.readAll({ after: seen })) {
      seen = position;
      if (type !== 'EntryNumberAssigned') continue;
      const assigned = data as unknown as EntryNumberAssigned['data'];
      expect(assigned.dossier).toBe(`D-${round}`);
      expect(found.has(assigned.document)).toBe(false);
      found.set(assigned.document, assigned);
    }
    return found;
  };

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'races-'));
    log = await openLog(folder);
    store = await log.open();
    const starting = ['one', 'two'].map(async (name) => {
      const own = { CLOCK_NOW: GUIDE_DAY, LOG_LEVEL: 'error', RATE_LIMIT: '0', PROJECTOR: 'off' };
      const env = { ...own, ...log.env(name) };
      const { url } = await startService(env, (child) => children.push(child));
      const token = await issueDevToken(env.DATA_DIR, {
        account: 'binh',
        name: 'Bình',
        roles: ['receiving-officer'],
        agencies,
        audience: 'so-chung-thuc',
        lifetime: 3600,
      });
      return { url, token };
    });
    callers = await Promise.all(starting);
    const opening = agencies.map((agency, index) =>
      post(index % 2, `/v1/agencies/${agency}/books`, guideBook),
    );
    books = (await Promise.all(opening)).map(({ location }) => location);
  }, 120_000);

  afterAll(async () => {
    await Promise.all(children.map(kill));
    await store.close();
    await log.dispose();
    await rm(folder, { recursive: true, force: true });
  });

  it('give one document one number, and answer 201 only to a request whose content it has', async () => {
    const property = fc.asyncProperty(
      fc.array(ask, { minLength: 2, maxLength: 10 }),
      async (asks) => {
        round += 1;
        const answers = await race(asks);
        const byDocument = await recorded();
        const spent = new Map<string, string>();
        asks.forEach(({ key, document, requester }, index) => {
          const { status, code, entry } = answers[index] as Answer;
          const there = byDocument.get(document);
          if (status === 422) {
            expect([code, typeof key]).toEqual(['IDEMPOTENCY_KEY_REUSED', 'string']);
            return;
          }
          if (status === 409) {
            expect([code, entry?.number]).toEqual(['DOCUMENT_NUMBERED', there?.number]);
            expect(requester).not.toBe(there?.requester);
            return;
          }
          expect([200, 201]).toContain(status);
          expect([entry?.number, entry?.requester]).toEqual([there?.number, there?.requester]);
          if (status === 200) return;
          expect(requester).toBe(there?.requester);
          if (key === undefined) return;
          // A key is spent on one request and no other.
          const content = `${document} ${requester}`;
          expect(spent.get(key) ?? content).toBe(content);
          spent.set(key, content);
        });
      },
    );
    await fc.assert(property, { seed, numRuns });
  }, 300_000);

  it('tell the loser of one key with two contents that the key is spent', async () => {
    for (let races = 0; races < numRuns; races += 1) {
      round += 1;
      const other = races % 2 === 0 ? { document: 1 } : { document: 2 };
      const answers = await race([
        { process: races % 2, key: 'k', document: 1, requester: 'Lê Thị Cúc' },
        { process: (races + 1) % 2, key: 'k', ...other, requester: 'Phạm Văn Dũng' },
      ]);
      const told = answers.map(({ status, code }) => code ?? status);
      expect(told.sort()).toEqual([201, 'IDEMPOTENCY_KEY_REUSED']);
      expect((await recorded()).size).toBe(1);
    }
  }, 120_000);

  it('leave every register with numbers from 1 on, none left out', async () => {
    const numbers = new Map<string, number[]>();
    for await (const { type, stream, data } of store.readAll()) {
      if (type !== 'EntryNumberAssigned') continue;
      numbers.set(stream, [...(numbers.get(stream) ?? []), Number(data['number'])]);
    }
    expect(numbers.size).toBe(agencies.length);
    for (const given of numbers.values()) expect(given).toEqual(given.map((_, index) => index + 1));
  });
});
