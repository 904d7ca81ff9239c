import { execFileSync, type ChildProcess } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { issueDevToken } from '#access';
import { GUIDE_DAY, guideBook, paper } from '../support/office.ts';
import { kill, output, startProcess } from '../support/processes.ts';
import { startService, type Service } from '../support/service.ts';
import { until } from '../support/until.ts';

/** A file system of the machine's memory: as full as it is made. Root may make one. */
const mount = (...args: readonly string[]): void => {
  execFileSync('mount', args, { stdio: 'ignore' });
};

function mountSmall(folder: string): boolean {
  try {
    mount('-t', 'tmpfs', '-o', 'size=10m', 'tmpfs', folder);
    return true;
  } catch {
    return false;
  }
}

const DESKS = 8;
/** Refusals in a row after which a desk believes that the disk is full. */
const ENOUGH = 20;
const AGENCY = 'BK-001';

const folder = await mkdtemp(join(tmpdir(), 'full-disk-'));
const isMounted = mountSmall(folder);
const told = isMounted ? '' : ': skipped, this account may not mount a small file system';

describe(`a service whose disk fills up while eight desks ask for numbers${told}`, () => {
  const trial = isMounted ? it : it.skip;
  const children: ChildProcess[] = [];
  let service: Service;
  let headers: Readonly<Record<string, string>>;
  let book: string;
  const env = { DATA_DIR: folder, CLOCK_NOW: GUIDE_DAY, LOG_LEVEL: 'fatal', RATE_LIMIT: '0' };

  beforeAll(async () => {
    if (!isMounted) return;
    service = await startService(env, (child) => children.push(child));
    const token = await issueDevToken(folder, {
      account: 'binh',
      name: 'Trần Thị Bình',
      roles: ['receiving-officer'],
      agencies: [AGENCY],
      audience: 'so-chung-thuc',
      lifetime: 3600,
    });
    headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
    const json = { ...guideBook, closesOn: '2024-12-31' };
    const answer = await send(`/v1/agencies/${AGENCY}/books`, json);
    book = answer.headers.get('location') ?? '';
  }, 60_000);

  afterAll(async () => {
    await Promise.all(children.map(kill));
    if (isMounted) execFileSync('umount', [folder]);
    await rm(folder, { recursive: true, force: true });
  });

  const send = (path: string, json: object): Promise<Response> =>
    fetch(`${service.url}${path}`, { method: 'POST', headers, body: JSON.stringify(json) });

  /** Asks for numbers until enough were refused, or so many given. Answers what was given and refused. */
  async function desk(dossier: string, most: number) {
    const given: number[] = [];
    const refused: string[] = [];
    for (let document = 1; given.length < most && refused.length < ENOUGH;) {
      const title = 'Bằng tốt nghiệp đại học '.repeat(30);
      const answer = await send(
        `${book}/entries`,
        paper({ dossier, document, documentTitle: title }),
      );
      const body = (await answer.json()) as { entry?: { number: number }; code?: string };
      if (body.entry) {
        given.push(body.entry.number);
        document += 1;
      } else refused.push(`${answer.status} ${body.code}`);
    }
    return { given, refused };
  }

  const desks = (round: string, most: number) =>
    Promise.all(Array.from({ length: DESKS }, (_, n) => desk(`H-${round}-${n}`, most)));

  const isReady = async (part: string): Promise<boolean> =>
    (await fetch(`${service.url}/health/ready/${part}`)).ok;

  trial(
    'says so, loses no number it gave, and goes on by itself when there is room again',
    async () => {
      const full = await desks('full', Number.POSITIVE_INFINITY);
      const before = full.flatMap(({ given }) => given);
      expect(new Set(full.flatMap(({ refused }) => refused))).toEqual(new Set(['503 UNAVAILABLE']));
      await until(async () => !(await isReady('commands')));
      expect(await isReady('reads')).toBe(true);

      mount('-o', 'remount,size=100m', folder);
      await until(async () => (await isReady('commands')) && (await isReady('reads')));
      const after = (await desks('again', 10)).flatMap(({ given }) => given);
      const all = [...before, ...after].sort((a, b) => a - b);
      expect(all).toEqual(all.map((_, index) => index + 1));

      const last = await send(`${book}/entries`, paper({ dossier: 'H-last' }));
      const position = last.headers.get('position') ?? '';
      const list = await fetch(`${service.url}${book}/entries?sort=-number&limit=1`, {
        headers: { ...headers, 'read-after': position },
      });
      const { items } = (await list.json()) as { items: { number: number }[] };
      expect(items[0]?.number).toBe(all.length + 1);
      const verified = await output(startProcess('apps/ops/main.ts', ['verify'], env));
      expect(verified).toMatchObject({ status: 0 });
    },
    120_000,
  );
});
