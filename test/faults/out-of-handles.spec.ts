import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { connect, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { issueDevToken } from '#access';
import { GUIDE_DAY, guideBook, paper } from '../support/office.ts';
import { kill } from '../support/processes.ts';
import { startService, type Service } from '../support/service.ts';
import { until } from '../support/until.ts';

/** More than the service can have open. */
const HANDLES = 110;
const CONNECTIONS = 180;
/** How long they are all taken: three turns of what looks into files by itself. */
const TURNS_OF_SEALING_MS = 3000;

const isLinux = process.platform === 'linux';
const told = isLinux ? '' : ': skipped, only Linux takes handles from a running process';

describe(`a service that runs out of file handles${told}`, () => {
  const trial = isLinux ? it : it.skip;
  const children: ChildProcess[] = [];
  let folder: string;
  let service: Service;
  let headers: Readonly<Record<string, string>>;
  let log = '';

  beforeAll(async () => {
    if (!isLinux) return;
    folder = await mkdtemp(join(tmpdir(), 'out-of-handles-'));
    const env = { DATA_DIR: folder, CLOCK_NOW: GUIDE_DAY, LOG_LEVEL: 'error', SEAL_SECONDS: '1' };
    service = await startService(env, (child) => {
      children.push(child);
      child.stdout?.on('data', (chunk: Buffer) => (log += chunk.toString()));
    });
    const token = await issueDevToken(folder, {
      account: 'binh',
      name: 'Trần Thị Bình',
      roles: ['receiving-officer'],
      agencies: ['BK-001'],
      audience: 'so-chung-thuc',
      lifetime: 600,
    });
    headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
    const limit = [`--pid=${service.child.pid}`, `--nofile=${HANDLES}:${HANDLES}`];
    const [status] = (await once(spawn('prlimit', limit), 'exit')) as [number];
    expect(status).toBe(0);
  }, 60_000);

  afterAll(async () => {
    await Promise.all(children.map(kill));
    if (isLinux) await rm(folder, { recursive: true, force: true });
  });

  const post = (path: string, json: object): Promise<Response> =>
    fetch(`${service.url}${path}`, { method: 'POST', headers, body: JSON.stringify(json) });

  trial(
    'serves again as soon as there are some, has lost nothing, and calls nothing damaged',
    async () => {
      const opened = await post('/v1/agencies/BK-001/books', guideBook);
      const entries = `${opened.headers.get('location') ?? ''}/entries`;
      const { port } = new URL(service.url);
      const held: Socket[] = Array.from({ length: CONNECTIONS }, () =>
        connect(Number(port), '127.0.0.1').on('error', () => undefined),
      );
      const asked = { given: 0, refused: 0 };
      for (const end = performance.now() + TURNS_OF_SEALING_MS; performance.now() < end;) {
        const json = paper({ document: (asked.given % 40) + 1 });
        const answer = await post(entries, json).catch(() => undefined);
        asked[answer?.ok ? 'given' : 'refused'] += 1;
      }
      expect(asked.refused).toBeGreaterThan(0);
      for (const socket of held) socket.destroy();
      await until(
        async () => (await fetch(`${service.url}/health/ready`).catch(() => ({ ok: false }))).ok,
      );
      const again = await post(entries, paper({ dossier: 'H-again' }));
      const { entry } = (await again.json()) as { entry: { number: number } };
      const readAfter = { ...headers, 'read-after': again.headers.get('position') ?? '' };
      const list = () => fetch(`${service.url}${entries}?limit=100`, { headers: readAfter });
      await until(async () => (await list()).ok);
      const { items } = (await (await list()).json()) as { items: { number: number }[] };
      expect(items.map(({ number }) => number)).toEqual(
        Array.from({ length: entry.number }, (_, index) => index + 1),
      );
      // What can't be opened now is not broken, and nobody has to put it right.
      expect(log).not.toMatch(/damaged|is no file of audit keys|see docs/);
      await until(
        async () => !/"stopped"/.test(await (await fetch(`${service.url}/health/ready`)).text()),
      );
    },
    60_000,
  );
});
