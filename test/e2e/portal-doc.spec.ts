import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { apiProblems } from '../../apps/api/http/problems/api-problems.ts';
import { refusals } from '../../apps/api/http/problems/refusals.ts';
import { backends } from '../support/backends.ts';
import { seal, signature } from '../support/draw/index.ts';
import { scan } from '../support/scans.ts';
import { until } from '../support/until.ts';
import { openOffice, type Office } from '../support/office.ts';

/** What docs/portal.md shows is run here, line by line, as it stands there. */

const root = fileURLToPath(new URL('../..', import.meta.url));
const EXAMPLE = 'test/e2e/portal-example.ts';

/**
 * Before the page's own lines: curl fails on any answer that is not 2xx, and a token is issued
 * without building the service first, which `npm run token` does; what an office signs with is ours.
 */
const PRELUDE = `
set -euo pipefail
curl() { command curl -sS --fail-with-body "$@" && echo; }
npm() {
  if [ "$1 $2 $3 $4" != 'run -s token --' ]; then echo "not known here: npm $*" >&2; return 1; fi
  shift 4
  (cd "$ROOT" && "$NODE" --conditions=source --import ./test/support/run-ts.mjs apps/ops/main.ts token "$@")
}
ky-so() {
  local here=$PWD
  (cd "$ROOT" && "$NODE" --conditions=source --import ./test/support/run-ts.mjs test/support/sign-file.ts "$here/$1" "$here/$2")
}
`;
/** Around a block of refusals: there, a 2xx is the failure. */
const REFUSED = `
( curl() { local body status=0
    body=$(command curl -s --fail-with-body "$@") || status=$?
    echo "refused: $body"
    if [ "$status" -ne 22 ]; then echo "curl ended with $status: $*" >&2; return 1; fi; }
`;

interface Block {
  readonly language: string;
  readonly lines: string;
}

const page = await readFile(join(root, 'docs/portal.md'), 'utf8');
const blocks: readonly Block[] = [...page.matchAll(/^```(.+)\n([^]*?)^```$/gm)].map(
  ([, language = '', lines = '']) => ({ language, lines }),
);
/** Every block says what it is when it fails: the script stops at its first line. */
const script = blocks.flatMap(({ language, lines }) => {
  if (language === 'sh') return [lines];
  return language === 'sh refused' ? [`${REFUSED}${lines})\n`] : [];
});

const [embedded] = backends;
let office: Office;
let folder: string;

beforeAll(async () => {
  if (!embedded) throw new Error('no backend');
  // The page lives today, and under the limit callers really have.
  office = await openOffice(embedded, { CLOCK_NOW: '', RATE_LIMIT: '1200' });
  folder = await mkdtemp(join(tmpdir(), 'portal-'));
  await writeFile(join(folder, 'chu-ky.png'), await signature());
  await writeFile(join(folder, 'con-dau.png'), await seal());
  await writeFile(join(folder, 'ban-quet.pdf'), scan({ pages: 2 }));
});

afterAll(async () => {
  await office.dispose();
  await rm(folder, { recursive: true, force: true });
});

async function run(
  command: string,
  args: readonly string[],
  options: { cwd: string; env?: object },
) {
  const { PATH = '', HOME = '' } = process.env;
  const child = spawn(command, args, {
    cwd: options.cwd,
    env: { PATH, HOME, API: office.url, ...options.env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const [out, errors] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    once(child, 'close'),
  ]);
  return { status: child.exitCode, out, errors };
}

describe('docs/portal.md', () => {
  it('has lines of curl for every part of the API', () => {
    expect(script.length).toBeGreaterThan(12);
    expect(blocks.map(({ language }) => language)).not.toContain('bash');
  });

  it('works line by line in a shell', async () => {
    const env = { ROOT: root, NODE: process.execPath, DATA_DIR: office.dataDir, LC_ALL: 'C.UTF-8' };
    const all = [PRELUDE, ...script, '\n'].join('\n');
    const { status, out, errors } = await run('bash', ['-c', all], { cwd: folder, env });
    expect([status, errors]).toEqual([0, '']);
    expect(out).toContain('Số chứng thực: 001/ĐT');
    const promised = [...page.matchAll(/^# (\d{3}) ([A-Z_]+)/gm)];
    expect(promised.length).toBeGreaterThan(3);
    for (const [, httpStatus, code] of promised) {
      expect(out).toMatch(new RegExp(`refused: .*"code":"${code}".*`));
      expect(out).toContain(`"status":${httpStatus}`);
    }
  }, 120_000);

  it('leaves behind what it says it does', async () => {
    const auditor = await office.as('auditor', { agencies: ['BK-001'] });
    const params = { path: { agency: 'BK-001' }, query: { status: 'closed' as const } };
    const closed = async () =>
      (await auditor.portal.get('/v1/agencies/{agency}/books', { params })).data;
    await until(async () => (await closed()).items.length > 0);
    const data = await closed();
    expect(data.items).toHaveLength(1);
    const path = { agency: 'BK-001', bookId: data.items[0]?.bookId ?? '' };
    const entries = await auditor.portal.get('/v1/agencies/{agency}/books/{bookId}/entries', {
      params: { path },
    });
    expect(entries.data.items.map(({ numberText, state }) => [numberText, state])).toEqual([
      ['001/ĐT', 'corrected'],
      ['002/ĐT', 'voided'],
      ['003/ĐT', 'revoked'],
      ['004/ĐT', 'assigned'],
      ['005/ĐT', 'assigned'],
      ['006/ĐT', 'assigned'],
    ]);
    expect((await readFile(join(folder, 'thumbnail.png'))).subarray(1, 4).toString()).toBe('PNG');
  });

  it('shows the program in TypeScript as it is compiled and run', async () => {
    const [shown] = blocks.filter(({ language }) => language === 'ts');
    expect(shown?.lines).toBe(await readFile(join(root, EXAMPLE), 'utf8'));
    const token = async (role: 'receiving-officer' | 'certifier') =>
      (await office.as(role, { agencies: ['BK-002'] })).token;
    const env = {
      TOKEN: await token('receiving-officer'),
      CERTIFIER: await token('certifier'),
      PICTURE: join(folder, 'chu-ky.png'),
    };
    const loader = ['--conditions=source', '--import', './test/support/run-ts.mjs', EXAMPLE];
    const { status, out, errors } = await run(process.execPath, loader, { cwd: root, env });
    expect([status, errors]).toEqual([0, '']);
    expect(out).toMatch(/^201 Số chứng thực: 001\/ĐT; quyển số: 01\/\d{4}-SCTĐT\/BS\n/);
    expect(out).toContain('412 CONFLICT');
    expect(out).toContain('Chữ ký lãnh đạo 0');
  }, 60_000);

  it('says of every code what to do about it', () => {
    const codes = [...Object.keys(apiProblems), ...Object.keys(refusals)];
    expect(codes.filter((code) => !page.includes(`\`${code}\``))).toEqual([]);
  });
});
