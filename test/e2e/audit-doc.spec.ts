import { execFile, spawnSync } from 'node:child_process';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { backends, type Backend } from '../support/backends.ts';
import { guideBook, openOffice, paper, type Office } from '../support/office.ts';

const run = promisify(execFile);
const hasPython = spawnSync('python3', ['--version']).status === 0;
const maybe = hasPython ? it : it.skip;

describe(`docs/audit.md${hasPython ? '' : ' (SKIPPED: no python3 here)'}`, () => {
  let office: Office;
  let script: string;
  let bundle: string;

  beforeAll(async () => {
    office = await openOffice(backends[0] as Backend, { SEAL_SECONDS: '0' });
    const officer = await office.as('receiving-officer');
    const auditor = await office.as('auditor', { agencies: ['*'] });
    const json = { ...guideBook, closesOn: '2024-12-31' };
    const opened = await officer.post(`${office.home}/books`, { json });
    const book = opened.headers.get('location') ?? '';
    for (const document of [1, 2, 3, 4])
      await officer.post(`${book}/entries`, { json: { ...paper(), document, note: '"\\\t ✓ 𝄞' } });
    await auditor.post('/v1/audit/checkpoints');
    const { body } = await auditor.get<ArrayBuffer>('/v1/audit/bundle');
    bundle = Buffer.from(body).toString();
    const text = await readFile(new URL('../../docs/audit.md', import.meta.url), 'utf8');
    script = join(office.dataDir, 'verify.py');
    await writeFile(script, /```python\n([\s\S]*?)```/.exec(text)?.[1] ?? '');
  }, 60_000);

  afterAll(() => office.dispose());

  async function verdict(text: string): Promise<string> {
    const file = join(office.dataDir, 'bundle.jsonl');
    await writeFile(file, text);
    return (await run('python3', [script, file])).stdout.trim();
  }

  maybe('verifies a bundle without our software, and finds one changed letter', async () => {
    expect(await verdict(bundle)).toBe('whole');
    expect(await verdict(bundle.replace('"copies":', '"copies":1'))).toBe('NOT WHOLE');
  });
});
