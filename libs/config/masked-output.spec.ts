import { describe, expect, it } from '@jest/globals';
import { output, startProcess } from '../../test/support/processes.ts';
import { withoutPasswords } from './without-passwords.ts';

const url = 'mongodb://register:p%22ss%5Cw%40rd@db:27017/?tls=true';

describe('what a process writes', () => {
  it('has no password in it, whoever writes: log, console, warning, an error nobody caught', async () => {
    const child = startProcess('test/support/tell-everywhere.ts', [], { MONGODB_URL: url });
    const { status, text } = await output(child);
    expect(status).toBe(1);
    expect(text.match(/mongodb:\/\/\*\*\*@db/g)?.length).toBeGreaterThanOrEqual(6);
    expect(text).toMatch(/Warning: deprecated/);
    expect(text).not.toMatch(/p%22ss|ss%5Cw|w@rd/);
  });
});

describe('a text without passwords', () => {
  const shown = withoutPasswords({ EVENTSTORE_URL: url });

  it.each([
    ['see https://name:word@host/path', 'see https://***@host/path'],
    ['one://a:b@c, other://d@e', 'one://***@c, other://***@e'],
    ['https://host:2113/a@b', 'https://***@b'],
    ['https://host/a@b and d@e', 'https://host/a@b and d@e'],
    ['"password":"p\\"ss\\\\w@rd"', '"password":"***"'],
  ])('is as it was but for them: %s', (text, expected) => {
    expect(shown(text)).toBe(expected);
  });

  it('costs a text made to be slow no more than another', () => {
    const began = process.cpuUsage();
    for (const part of ['://', '://:', 'a', 'a://a:', '@']) shown(part.repeat(100_000));
    expect(process.cpuUsage(began).user).toBeLessThan(2_000_000);
  });
});
