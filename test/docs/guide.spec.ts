import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from '@jest/globals';

const root = fileURLToPath(new URL('../..', import.meta.url));
const text = (path: string): string => readFileSync(`${root}${path}`, 'utf8');

describe('docs/huong-dan.md', () => {
  it('shows every picture that the tests of the console make, and no other', () => {
    const guide = text('docs/huong-dan.md');
    const shown = [...guide.matchAll(/\(screenshots\/([\w-]+)\.png\)/g)].map(([, name]) => name);
    const there = readdirSync(`${root}docs/screenshots`).map((file) => file.replace(/\.png$/, ''));
    expect([...new Set(shown)].sort()).toEqual(there.sort());
  });
});
