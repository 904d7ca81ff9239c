import { existsSync, readFileSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from '@jest/globals';

/** docs/architecture.md walks through files: that they are there, and none is left out. */

const root = fileURLToPath(new URL('../..', import.meta.url));
const page = readFileSync(`${root}docs/architecture.md`, 'utf8');

/** Names of TypeScript files in a text. */
const namedIn = (text: string): readonly string[] =>
  [...text.matchAll(/`([\w./-]+\.ts)`/g)].map(([, name = '']) => name);

const section = (title: string): string => {
  const from = page.indexOf(`## ${title}`);
  expect(from).toBeGreaterThan(-1);
  return page.slice(from, page.indexOf('\n## ', from));
};

describe('the page of the architecture', () => {
  it('names no file that is not there', () => {
    const whole = namedIn(page).filter((name) => /^(libs|apps)\//.test(name));
    expect(whole.filter((name) => !existsSync(`${root}${name}`))).toEqual([]);
  });

  it('names each file of the projections once in the life of a rebuild', async () => {
    const folder = 'libs/projections/';
    const there = (await readdir(`${root}${folder}`, { recursive: true }))
      .filter((name) => name.endsWith('.ts') && !/\.spec\.ts$|^models\/|^index\.ts$/.test(name))
      .sort();
    const named = namedIn(section('Life of a rebuild'))
      .filter((name) => !name.startsWith('apps/'))
      .map((name) => name.replace(folder, ''));
    expect(named.sort()).toEqual(there);
  });
});
