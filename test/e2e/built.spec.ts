import { spawnSync } from 'node:child_process';
import { copyFile, mkdir, mkdtemp, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';

let folder: string;

const inFolder = (name: string): string => join(folder, name);

/** Writes the program, and says that it did. */
const COMPILER = `
  const { mkdirSync, writeFileSync } = require('node:fs');
  const { join } = require('node:path');
  const dist = join(__dirname, '../../../dist');
  mkdirSync(dist, { recursive: true });
  writeFileSync(join(dist, 'program.js'), 'console.log(process.argv.slice(2).join())');
  console.log('compiled');
`;

/** Packs the console. */
const PACKER = `
  const { mkdirSync } = require('node:fs');
  const { join } = require('node:path');
  mkdirSync(join(__dirname, '../../../dist/console'), { recursive: true });
  console.log('packed');
`;

const run = () => {
  const args = [inFolder('built.mjs'), 'dist/program.js', 'a', 'b'];
  const { stdout, stderr, status } = spawnSync(process.execPath, args, { encoding: 'utf8' });
  return { status, said: stdout, isCompiled: stderr.includes('compiled') };
};

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'built-'));
  await copyFile(new URL('../../built.mjs', import.meta.url), inFolder('built.mjs'));
  await mkdir(inFolder('node_modules/typescript/bin'), { recursive: true });
  await writeFile(inFolder('node_modules/typescript/bin/tsc'), COMPILER);
  await writeFile(inFolder('tsconfig.build.json'), '{}');
  await mkdir(inFolder('libs/noun'), { recursive: true });
  await writeFile(inFolder('libs/noun/noun.ts'), '');
});

afterEach(() => rm(folder, { recursive: true, force: true }));

describe('a program that is started', () => {
  it('is compiled once, and again only when a source is newer', async () => {
    expect(run()).toEqual({ status: 0, said: 'a,b\n', isCompiled: true });
    expect(run()).toEqual({ status: 0, said: 'a,b\n', isCompiled: false });
    const later = new Date(Date.now() + 60_000);
    await utimes(inFolder('libs/noun/noun.ts'), later, later);
    expect(run().isCompiled).toBe(true);
  });

  it('is not compiled for a test', async () => {
    await writeFile(inFolder('libs/noun/noun.spec.ts'), '');
    run();
    const later = new Date(Date.now() + 60_000);
    await utimes(inFolder('libs/noun/noun.spec.ts'), later, later);
    expect(run().isCompiled).toBe(false);
  });

  it('leaves the console as it is, which is built with everything', async () => {
    const vite = inFolder('node_modules/vite/bin');
    await mkdir(vite, { recursive: true });
    await mkdir(inFolder('apps/console'), { recursive: true });
    await writeFile(join(vite, 'vite.js'), PACKER);
    await writeFile(inFolder('apps/console/vite.config.js'), '');
    await writeFile(inFolder('apps/console/main.tsx'), '');
    const all = () => {
      const { stderr } = spawnSync(process.execPath, [inFolder('built.mjs')], { encoding: 'utf8' });
      return ['compiled', 'packed'].filter((word) => stderr.includes(word));
    };
    expect(run().isCompiled).toBe(true);
    expect(all()).toEqual(['packed']);
    expect(all()).toEqual([]);
    const later = new Date(Date.now() + 60_000);
    await utimes(inFolder('apps/console/main.tsx'), later, later);
    expect(run().isCompiled).toBe(false);
    expect(all()).toEqual(['packed']);
  });

  it('runs as it is where there are no sources', async () => {
    run();
    await rm(inFolder('libs'), { recursive: true });
    await rm(inFolder('tsconfig.build.json'));
    expect(run()).toEqual({ status: 0, said: 'a,b\n', isCompiled: false });
  });
});
