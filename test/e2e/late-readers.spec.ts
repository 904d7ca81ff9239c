import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startProcess } from '../support/processes.ts';

/** Far more than a pipe holds. */
const ROWS = 2000;
/** Several times as long as a command stays for its open handles. */
const LATE_MS = 2000;

let folder: string;
const inFolder = (name: string): string => join(folder, name);

/** A command that prints megabytes and has found a difference, when the first of it has come. */
async function printing() {
  const args = ['agencies', 'import', inFolder('broken.csv')];
  const child = startProcess('apps/ops/main.ts', args, { DATA_DIR: inFolder('data') });
  const ended = once(child, 'close');
  const stdout = child.stdout as Readable;
  await once(stdout, 'readable');
  return { child, stdout, ended };
}

describe('what a command prints', () => {
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'late-'));
    const rows = Array.from({ length: ROWS }, () => `${'X'.repeat(1000)},UBND,commune`);
    await writeFile(inFolder('broken.csv'), ['code,name,level', ...rows].join('\n'));
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  it('comes whole to whoever reads it late, and then its status', async () => {
    const { child, stdout, ended } = await printing();
    const late = once(child, 'exit', { signal: AbortSignal.timeout(LATE_MS) });
    await expect(late).rejects.toThrow('aborted');
    const lines = (await text(stdout)).trimEnd().split('\n');
    await ended;
    expect(lines.filter((line) => line.includes('refused')).length).toBe(ROWS + 1);
    expect(lines.at(-1)).toBe(`0 made, 0 skipped, ${ROWS} refused`);
    expect(child.exitCode).toBe(1);
  }, 30_000);

  it('holds it up no more when its reader has gone, and what it found is its status', async () => {
    const { child, stdout, ended } = await printing();
    stdout.destroy();
    await ended;
    expect(child.exitCode).toBe(1);
  }, 30_000);
});
