import type { ChildProcess } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { issueDevToken, type Role } from '#access';
import { scanned, seal } from '../support/draw/index.ts';
import { form, GUIDE_DAY, guideBook, paper } from '../support/office.ts';
import { kill, output, startProcess } from '../support/processes.ts';
import { startService, type Service } from '../support/service.ts';
import { until } from '../support/until.ts';

/** What the service may have for its objects: twice what it has when it does nothing. */
const HEAP_MIB = 128;
const AGENCY = 'BK-001';
/** Numbers given before, so many documents to a request. */
const BEFORE = 1000;
const TOGETHER = 50;
const DESKS = 6;
const EACH = 10;
/** Asked for at once, of each kind. */
const AT_ONCE = 4;
/** What is asked for and not done has one of these said of it. */
const LATER = [429, 503];

describe('a service that has little memory', () => {
  const children: ChildProcess[] = [];
  let folder: string;
  let service: Service;
  let picture: Buffer;
  let book: string;
  const env = () => ({ DATA_DIR: folder, CLOCK_NOW: GUIDE_DAY });
  const agency = `/v1/agencies/${AGENCY}`;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'memory-limit-'));
    picture = await scanned(await seal({ width: 3000 }));
    const limited = {
      ...env(),
      LOG_LEVEL: 'fatal',
      RATE_LIMIT: '0',
      SEAL_SECONDS: '1',
      NODE_OPTIONS: `--max-old-space-size=${HEAP_MIB}`,
    };
    service = await startService(limited, (child) => children.push(child));
    book = await filledBook();
    // A bundle is of what is sealed.
    await until(async () => (await ask('auditor', '/v1/audit/checkpoint')).status === 200);
  }, 180_000);
  afterAll(async () => {
    await Promise.all(children.map(kill));
    await rm(folder, { recursive: true, force: true });
  });

  const token = async (role: Role, account: string): Promise<string> => {
    const agencies = role === 'operator' ? [] : [AGENCY];
    const who = { account, name: 'Trần Thị Bình', roles: [role], agencies };
    const lasting = { audience: 'so-chung-thuc', lifetime: 3600 };
    return `Bearer ${await issueDevToken(folder, { ...who, ...lasting })}`;
  };
  const ask = async (role: Role, path: string, sent?: object, account: string = role) => {
    const isForm = sent instanceof FormData;
    const headers = {
      authorization: await token(role, account),
      ...(sent && !isForm && { 'content-type': 'application/json' }),
    };
    const body = isForm ? sent : JSON.stringify(sent);
    const method = sent ? { method: 'POST', body } : {};
    const answer = await fetch(`${service.url}${path}`, { headers, ...method });
    const bytes = Buffer.from(await answer.arrayBuffer());
    return { status: answer.status, bytes, location: answer.headers.get('location') ?? '' };
  };
  const atOnce = <T>(work: (n: number) => Promise<T>, count = AT_ONCE): Promise<T[]> =>
    Promise.all(Array.from({ length: count }, (_, n) => work(n)));

  async function filledBook(): Promise<string> {
    const { location } = await ask('receiving-officer', `${agency}/books`, {
      ...guideBook,
      closesOn: '2024-12-31',
    });
    for (let given = 0; given < BEFORE; given += TOGETHER) {
      const documents = Array.from({ length: TOGETHER }, (_, at) =>
        paper({ dossier: `B-${given}`, document: at + 1 }),
      );
      const { status } = await ask('receiving-officer', `${location}/entries:batch`, { documents });
      expect(status).toBe(200);
    }
    return location;
  }

  /** Asks for each document until it has its number. */
  async function desk(n: number): Promise<number[]> {
    const given: number[] = [];
    while (given.length < EACH) {
      const json = paper({ dossier: `H-${n}`, document: given.length + 1 });
      const { status, bytes } = await ask(
        'receiving-officer',
        `${book}/entries`,
        json,
        `desk.${n}`,
      );
      if (LATER.includes(status)) continue;
      if (status >= 300) throw new Error(bytes.toString());
      given.push((JSON.parse(bytes.toString()) as { entry: { number: number } }).entry.number);
    }
    return given;
  }

  it('gives every number while all that is large is asked of it at once, and says of the rest when to come back', async () => {
    const statuses = async (work: (n: number) => Promise<{ status: number }>) =>
      (await atOnce(work)).map(({ status }) => status);
    const [given, ...others] = await Promise.all([
      atOnce(desk, DESKS),
      statuses((n) => {
        const fields = { name: `Con dấu ${n}` };
        return ask('clerk', `${agency}/seals`, form(fields, picture, 'anh.jpg'), `clerk.${n}`);
      }),
      statuses((n) =>
        ask('receiving-officer', `${agency}/exports`, { of: '2024', format: 'csv' }, `p.${n}`),
      ),
      statuses((n) => ask('auditor', `${agency}/audit/bundle`, undefined, `auditor.${n}`)),
      statuses((n) => ask('auditor', `${agency}/history?limit=100`, undefined, `a.${n}`)),
      statuses((n) => ask('auditor', `${book}/as-of?revision=${BEFORE - n}`, undefined, `o.${n}`)),
      statuses(() =>
        ask('receiving-officer', `${book}/entries?limit=100&sort=-requester&search=n`),
      ),
      ask('operator', '/v1/projections/tasks', {
        kind: 'rebuild',
        projections: ['register_entries'],
        reason: 'thử',
      }).then(({ status }) => [status]),
    ]);
    expect(service.child.exitCode).toBeNull();
    expect(others.flat().filter((status) => status >= 400 && !LATER.includes(status))).toEqual([]);
    const numbers = given.flat().sort((a, b) => a - b);
    expect(numbers).toEqual(numbers.map((_, index) => (numbers[0] ?? 0) + index));
    expect(numbers).toHaveLength(DESKS * EACH);
    await until(async () => (await fetch(`${service.url}/health/ready`)).ok, 60_000);
    const verified = await output(startProcess('apps/ops/main.ts', ['verify'], env()));
    expect(verified).toMatchObject({ status: 0 });
  }, 180_000);
});
