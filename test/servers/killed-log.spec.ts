import { exec, type ChildProcess } from 'node:child_process';
import { randomBytes, randomInt } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { issueDevToken } from '#access';
import { registerStream, type EntryNumberAssigned } from '#domain';
import { openEventStoreDb } from '#event-store';
import { GUIDE_DAY, guideBook, paper } from '../support/office.ts';
import { kill } from '../support/processes.ts';
import { startService } from '../support/service.ts';
import { until } from '../support/until.ts';

/**
 * The server of the log, killed without warning under load. Which one is told by the environment:
 * `EVENTSTORE_URL`, and two commands of the shell, `EVENTSTORE_KILL` to end it by SIGKILL and
 * `EVENTSTORE_START` to have it started on the same data and return. `KILLS` is how often.
 */
const { EVENTSTORE_URL = '', EVENTSTORE_KILL = '', EVENTSTORE_START = '' } = process.env;
const KILLS = Number(process.env['KILLS'] ?? 4);

const WRITERS = 16;
const PROCESSES = 2;
/** Numbers between two kills. */
const BETWEEN = 80;
/** A number has to be given again so soon after the server was started, in milliseconds. */
const BACK_WITHIN_MS = 30_000;

const command = promisify(exec);

interface Given {
  readonly dossier: string;
  readonly document: number;
  readonly number: number;
}

/** A desk that asks for one number after the other, and for the same again until it is told. */
async function write(
  { url, token }: { readonly url: string; readonly token: string },
  { entries, dossier }: { readonly entries: string; readonly dossier: string },
  { given, signal }: { readonly given: Given[]; readonly signal: AbortSignal },
): Promise<void> {
  const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
  for (let document = 1; !signal.aborted;) {
    const body = JSON.stringify(paper({ dossier, document }));
    const answer = await fetch(`${url}${entries}`, { method: 'POST', headers, body });
    if (answer.ok) {
      const { entry } = (await answer.json()) as { entry: { number: number } };
      given.push({ dossier, document, number: entry.number });
      document += 1;
    } else {
      // Anything but "ask again" would be a number that this desk is never told.
      expect(answer.status).toBe(503);
      await delay(20);
    }
  }
}

/** What the log itself says was given, in its order. */
async function inTheLog(agency: string): Promise<Given[]> {
  const store = await openEventStoreDb(EVENTSTORE_URL);
  const stream = registerStream({ agency, type: 'SCTDT.BS', year: 2024 });
  const found: Given[] = [];
  for await (const { type, data } of store.readStream(stream)) {
    if (type !== 'EntryNumberAssigned') continue;
    const { dossier, document, number } = data as unknown as EntryNumberAssigned['data'];
    found.push({ dossier, document, number });
  }
  await store.close();
  return found;
}

if (EVENTSTORE_URL === '' || EVENTSTORE_KILL === '' || EVENTSTORE_START === '') {
  const needed = 'EVENTSTORE_URL, EVENTSTORE_KILL and EVENTSTORE_START';
  describe(`the log’s server, killed: skipped, ${needed} are not all set`, () => {
    it.skip('loses nothing it acknowledged', () => undefined);
  });
} else {
  describe('the log’s server, killed while sixteen desks ask two services', () => {
    const children: ChildProcess[] = [];
    let folder: string;
    beforeAll(async () => {
      folder = await mkdtemp(join(tmpdir(), 'killed-log-'));
    });
    afterAll(async () => {
      await Promise.all(children.map(kill));
      await rm(folder, { recursive: true, force: true });
    });

    /** A service as on a machine of its own, and a token for it. */
    async function service(name: string, agency: string) {
      const DATA_DIR = join(folder, name);
      const env = { DATA_DIR, EVENTSTORE_URL, CLOCK_NOW: GUIDE_DAY, RATE_LIMIT: '0' };
      const settings = { ...env, LOG_LEVEL: 'error', PROJECTOR: 'off' };
      const { url } = await startService(settings, (child) => children.push(child));
      const token = await issueDevToken(DATA_DIR, {
        account: 'binh',
        name: 'Trần Thị Bình',
        roles: ['receiving-officer'],
        agencies: [agency],
        audience: 'so-chung-thuc',
        lifetime: 3600,
      });
      return { url, token };
    }

    async function openBook({ url, token }: Awaited<ReturnType<typeof service>>, agency: string) {
      const answer = await fetch(`${url}/v1/agencies/${agency}/books`, {
        method: 'POST',
        headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
        body: JSON.stringify({ ...guideBook, closesOn: '2024-12-31' }),
      });
      expect(answer.status).toBe(201);
      return `${answer.headers.get('location') ?? ''}/entries`;
    }

    it(
      'loses nothing it acknowledged, no number is doubled or left out, and it is back within seconds',
      async () => {
        const agency = `BK-${randomBytes(4).toString('hex').toUpperCase()}`;
        const names = Array.from({ length: PROCESSES }, (_, n) => `service-${n}`);
        const services = await Promise.all(names.map((name) => service(name, agency)));
        const [first] = services as [(typeof services)[number]];
        const entries = await openBook(first, agency);
        const given: Given[] = [];
        const stopping = new AbortController();
        const { signal } = stopping;
        const writers = Array.from({ length: WRITERS }, (_, n) => {
          const asked = services[n % PROCESSES] ?? first;
          return write(asked, { entries, dossier: `H-${n}` }, { given, signal });
        });
        const back: number[] = [];
        try {
          for (let kills = 0; kills < KILLS; kills += 1) {
            const target = given.length + BETWEEN;
            await until(() => given.length >= target, 60_000);
            await command(EVENTSTORE_KILL);
            const there = given.length;
            await delay(randomInt(1500));
            await command(EVENTSTORE_START);
            const started = performance.now();
            await until(() => given.length > there, BACK_WITHIN_MS);
            back.push(Math.round(performance.now() - started));
          }
        } finally {
          stopping.abort();
        }
        await Promise.all(writers);

        const log = await inTheLog(agency);
        expect(log.map(({ number }) => number)).toEqual(log.map((_, index) => index + 1));
        const documents = log.map(({ dossier, document }) => `${dossier}/${document}`);
        expect(new Set(documents).size).toBe(log.length);
        const logged = new Set(log.map((one) => JSON.stringify(one)));
        expect(given.filter((one) => !logged.has(JSON.stringify(one)))).toEqual([]);
        console.log(
          `${given.length} numbers over ${KILLS} kills; back after ${back.join(', ')} ms`,
        );
      },
      (KILLS + 1) * 120_000,
    );
  });
}
