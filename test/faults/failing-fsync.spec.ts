import { execFileSync, type ChildProcess } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { issueDevToken, type Role } from '#access';
import { form, GUIDE_DAY, guideBook, paper } from '../support/office.ts';
import { kill, output, startProcess } from '../support/processes.ts';
import { startService, type Service } from '../support/service.ts';
import { until } from '../support/until.ts';
import { signature } from '../support/draw/index.ts';

const SOURCE = fileURLToPath(new URL('./failing-fsync.c', import.meta.url));
const AGENCY = 'BK-001';
const DESKS = 8;
const folder = await mkdtemp(join(tmpdir(), 'failing-fsync-'));
const shim = join(folder, 'failing-fsync.so');
const FAILS = join(folder, 'the-disk-fails');

function compiles(): boolean {
  if (process.platform !== 'linux') return false;
  try {
    execFileSync('cc', ['-shared', '-fPIC', '-O1', '-o', shim, SOURCE, '-ldl'], {
      stdio: 'ignore',
    });
    return true;
  } catch {
    return false;
  }
}

const isThere = compiles();
const told = isThere ? '' : ': skipped, it takes Linux and a C compiler';

describe(`a service whose disk fails to keep what it is given${told}`, () => {
  const trial = isThere ? it : it.skip;
  const children: ChildProcess[] = [];
  let service: Service;
  let book: string;
  const env = {
    DATA_DIR: join(folder, 'data'),
    CLOCK_NOW: GUIDE_DAY,
    LOG_LEVEL: 'fatal',
    RATE_LIMIT: '0',
  };
  const start = async (extra: Readonly<Record<string, string>> = {}): Promise<void> => {
    service = await startService({ ...env, ...extra }, (child) => children.push(child));
  };
  const token = async (role: Role): Promise<string> => {
    const who = { account: role, name: 'Trần Thị Bình', roles: [role], agencies: [AGENCY] };
    const given = { ...who, audience: 'so-chung-thuc', lifetime: 3600 };
    return `Bearer ${await issueDevToken(env.DATA_DIR, given)}`;
  };
  const send = async (path: string, body: object | FormData, role: Role = 'receiving-officer') => {
    const isForm = body instanceof FormData;
    const headers = {
      authorization: await token(role),
      ...(!isForm && { 'content-type': 'application/json' }),
    };
    const sent = isForm ? body : JSON.stringify(body);
    return fetch(`${service.url}${path}`, { method: 'POST', headers, body: sent });
  };

  beforeAll(async () => {
    if (!isThere) return;
    await start({ LD_PRELOAD: shim, FSYNC_FAILS_WHILE: FAILS });
    const answer = await send(`/v1/agencies/${AGENCY}/books`, {
      ...guideBook,
      closesOn: '2024-12-31',
    });
    book = answer.headers.get('location') ?? '';
  }, 60_000);
  afterAll(async () => {
    await Promise.all(children.map(kill));
    await rm(folder, { recursive: true, force: true });
  });

  /** One document for each desk: what they were answered. */
  const desks = (document: number) =>
    Promise.all(
      Array.from({ length: DESKS }, async (_, n) => {
        const answer = await send(`${book}/entries`, paper({ dossier: `H-${n}`, document }));
        const body = (await answer.json()) as { entry?: { number: number }; code?: string };
        return body.entry?.number ?? `${answer.status} ${body.code}`;
      }),
    );
  /** All numbers, as the list shows them behind the last. */
  const listed = async (): Promise<readonly number[]> => {
    const last = await send(`${book}/entries`, paper({ dossier: 'H-last' }));
    const headers = {
      authorization: await token('receiving-officer'),
      'read-after': last.headers.get('position') ?? '',
    };
    const list = () => fetch(`${service.url}${book}/entries?sort=number&limit=100`, { headers });
    await until(async () => (await list()).ok);
    const { items } = (await (await list()).json()) as { items: { number: number }[] };
    return items.map(({ number }) => number);
  };
  const isReady = async (): Promise<boolean> => (await fetch(`${service.url}/health/ready`)).ok;
  const upTo = (last: number) => Array.from({ length: last }, (_, index) => index + 1);

  trial(
    'gives no number and takes no picture meanwhile, goes on by itself, and has lost none when it is killed',
    async () => {
      const first = await desks(1);
      await writeFile(FAILS, '');
      const refused = [...(await desks(2)), ...(await desks(3))];
      expect(new Set(refused)).toEqual(new Set(['503 UNAVAILABLE']));
      const drawn = form(
        { name: 'Chữ ký lãnh đạo', signerFullName: 'Nguyễn Văn An', signerTitle: 'Chủ tịch' },
        await signature(),
      );
      const picture = await send(`/v1/agencies/${AGENCY}/signatures`, drawn, 'certifier');
      expect(picture.status).toBe(503);

      await rm(FAILS);
      await until(isReady);
      const second = [...(await desks(2)), ...(await desks(3))];
      const given = [...first, ...second] as number[];
      expect([...given].sort((a, b) => a - b)).toEqual(upTo(3 * DESKS));
      expect(await listed()).toEqual(upTo(3 * DESKS + 1));

      await writeFile(FAILS, '');
      expect(new Set(await desks(4))).toEqual(new Set(['503 UNAVAILABLE']));
      await kill(service.child);
      await start();
      // What was asked for and not answered may have a number; nobody else has it.
      expect(await desks(1)).toEqual(first);
      const fourth = (await desks(4)) as number[];
      const all = [...given, ...fourth, 3 * DESKS + 1].sort((a, b) => a - b);
      expect(all).toEqual(upTo(4 * DESKS + 1));
      expect(await listed()).toEqual(upTo(4 * DESKS + 1));
      const verified = await output(startProcess('apps/ops/main.ts', ['verify'], env));
      expect(verified).toMatchObject({ status: 0 });
    },
    120_000,
  );
});
