import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { registerStream, type StampedFile, type StampFacts } from '#domain';
import { oneLog, type OneLog } from '../../test/support/one-log.ts';
import { assign, correct, openBook, register, stamp } from '../../test/support/register-samples.ts';
import { DrawnOtherwise, stamp as stampOn } from './copies.ts';
import { Runners } from './runners.ts';

const stream = registerStream(register);
const now = (): Date => new Date('2024-05-10T01:00:00.000Z');
const actor = { account: 'a', name: 'A', role: 'receiving-officer', agency: register.agency };
const ids = { correlationId: 'c', causationId: 'd' };
const keyed = { context: { actor, ...ids, idempotencyKey: 'k-1', requestHash: 'scan' } };

let log: OneLog;
let runners: Runners;
/** Another process's: nothing in memory. */
const others = (): Runners => new Runners(log.anotherStore(), { now });
const run = (command: ReturnType<typeof assign | typeof openBook | typeof correct>) =>
  runners.registers.execute(stream, { command, context: { actor, ...ids } });

beforeEach(async () => {
  log = await oneLog();
  runners = others();
  await run(openBook({ closesOn: '2024-12-31' }));
  await run(assign());
});
afterEach(() => log.dispose());

/** A file that is known by what it says, and by the program that draws it. */
const drawn = (facts: StampFacts, by: string): StampedFile => ({
  ...stamp().file,
  sha256: `${by}: ${facts.certifierTitle}`,
});

const stamped = async (by: Runners, program = 'today', meanwhile?: () => Promise<unknown>) => {
  const files: string[] = [];
  const { type, bookId, number } = stamp();
  const make = async (facts: StampFacts) => {
    const file = drawn(facts, program);
    files.push(file.sha256);
    if (files.length === 1) await meanwhile?.();
    return file;
  };
  const outcome = await stampOn(by, { type, register, bookId, number, make }, keyed);
  return { outcome, file: files.at(-1) };
};

describe('a stamp asked for again under its key', () => {
  it('is the first file again, also from a process that has nothing in memory, after a correction', async () => {
    const first = await stamped(runners);
    await run(correct({ certifierTitle: 'Chủ tịch UBND' }));
    const again = await stamped(others());
    expect(again.file).toBe(first.file);
    expect(again.outcome).toMatchObject({ repeated: true, revision: first.outcome.revision });
  });

  it('is the first file again for the later of two at once, whatever was corrected between them', async () => {
    const title = { certifierTitle: 'Chủ tịch UBND' };
    let first: string | undefined;
    const later = await stamped(runners, 'today', async () => {
      await run(correct(title));
      first = (await stamped(others())).file;
    });
    expect(first).toBe('today: Chủ tịch UBND');
    expect([later.file, later.outcome.repeated]).toEqual([first, true]);
  });

  it('is refused where the file drawn now is none that the log knows', async () => {
    await stamped(runners, 'before');
    await expect(stamped(others(), 'after')).rejects.toThrow(DrawnOtherwise);
  });
});
