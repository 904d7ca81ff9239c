import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  registerStream,
  type RegisterCommand,
  type RegisterEvent,
  type RegisterState,
} from '#domain';
import { oneLog, type OneLog } from '../../test/support/one-log.ts';
import {
  assign,
  closeBook,
  correct,
  openBook,
  register,
} from '../../test/support/register-samples.ts';
import { registerAggregate } from './aggregate.ts';
import type { Request } from './batch.ts';
import { IdempotencyKeyReused } from './idempotency.ts';
import type { Outcome } from './outcome.ts';
import { createRunner, type CommandRunner } from './runner.ts';

type Runner = CommandRunner<RegisterState, RegisterCommand, RegisterEvent>;
type Asked = Request<RegisterCommand>;

const stream = registerStream(register);
const open = openBook({ closesOn: '2024-12-31' });

const now = (): Date => new Date('2024-05-10T01:00:00.000Z');

/** A command under a key; its content stands for the request's body. */
function keyed(command: RegisterCommand, idempotencyKey: string, account = 'a'): Asked {
  const { agency } = 'register' in command ? command.register : register;
  const actor = { account, name: 'A', role: 'receiving-officer', agency };
  const ids = { correlationId: 'c', causationId: 'd', idempotencyKey };
  return {
    command,
    context: { actor, ...ids, requestHash: JSON.stringify(command) },
  };
}

const numberOf = ({ events }: Outcome<RegisterState, RegisterEvent>): number | undefined =>
  events.flatMap((event) => (event.type === 'EntryNumberAssigned' ? [event.data.number] : []))[0];

const upTo = (count: number): number[] => Array.from({ length: count }, (_, index) => index + 1);

let log: OneLog;
/** Another process's: its own connection to the same log, nothing in memory. */
const anotherRunner = (): Runner => createRunner(log.anotherStore(), registerAggregate, { now });

async function typesInLog(): Promise<string[]> {
  const types: string[] = [];
  for await (const { type } of log.anotherStore().readStream(stream)) types.push(type);
  return types;
}

beforeEach(async () => {
  log = await oneLog();
});

afterEach(() => log.dispose());

describe('a request sent again under its idempotency key', () => {
  it('is answered as the first time, and nothing is written', async () => {
    const runner = anotherRunner();
    await runner.execute(stream, keyed(open, 'k-open'));
    const first = await runner.execute(stream, keyed(assign(), 'k-1'));
    const again = await runner.execute(stream, keyed(assign(), 'k-1'));
    expect(again).toEqual({ ...first, repeated: true });
    expect(await typesInLog()).toEqual(['BookOpened', 'EntryNumberAssigned']);
  });

  it('is answered so by another process, and after others have gone on', async () => {
    const runner = anotherRunner();
    await runner.execute(stream, keyed(open, 'k-open'));
    const first = await runner.execute(stream, keyed(assign(), 'k-1'));
    const correction = correct({ number: 1, requester: 'Lê Thị Cúc Hoa' });
    await runner.execute(stream, keyed(correction, 'k-2'));
    await runner.execute(stream, keyed(assign({ document: 2 }), 'k-3'));
    const again = await anotherRunner().execute(stream, keyed(assign(), 'k-1'));
    expect([numberOf(again), again.revision, again.position, again.repeated]).toEqual([
      1,
      first.revision,
      first.position,
      true,
    ]);
    expect(again.state.entries.get(1)).toEqual(first.state.entries.get(1));
    expect(again.state.entries.get(2)).toBeUndefined();
  });

  it('is answered so even where the command would be refused by now', async () => {
    const runner = anotherRunner();
    await runner.execute(stream, keyed(open, 'k-open'));
    await runner.execute(stream, keyed(assign(), 'k-1'));
    await runner.execute(stream, keyed(closeBook(), 'k-close'));
    const late = { ...keyed(open, 'k-open'), ifRevision: -1 };
    await expect(anotherRunner().execute(stream, late)).resolves.toMatchObject({
      revision: 0,
      repeated: true,
    });
  });

  it('is one request when it arrives twice at once, at one process or at two', async () => {
    const [one, two] = [anotherRunner(), anotherRunner()];
    await one.execute(stream, keyed(open, 'k-open'));
    const asked = keyed(assign(), 'k-1');
    const answers = await Promise.all(
      [one, one, two, two].map((runner) => runner.execute(stream, asked)),
    );
    expect(answers.map(numberOf)).toEqual([1, 1, 1, 1]);
    expect(await typesInLog()).toEqual(['BookOpened', 'EntryNumberAssigned']);
  });

  it('is refused when it asks for something else', async () => {
    const runner = anotherRunner();
    await runner.execute(stream, keyed(open, 'k-open'));
    await runner.execute(stream, keyed(assign(), 'k-1'));
    const other = keyed(assign({ document: 2 }), 'k-1');
    await expect(runner.execute(stream, other)).rejects.toThrow(IdempotencyKeyReused);
    await expect(anotherRunner().execute(stream, other)).rejects.toThrow(IdempotencyKeyReused);
    await expect(anotherRunner().answered(stream, other.context)).rejects.toThrow(
      IdempotencyKeyReused,
    );
    expect(await typesInLog()).toEqual(['BookOpened', 'EntryNumberAssigned']);
  });

  it('is refused when it says something else by a null, but where an earlier version has kept nothing of that', async () => {
    const runner = anotherRunner();
    await runner.execute(stream, keyed(open, 'k-open'));
    const saying = (requestNulls: string | undefined, key: string): Asked => {
      const { command, context } = keyed(assign({ dossier: key }), key);
      return {
        command,
        context: { ...context, ...(requestNulls !== undefined && { requestNulls }) },
      };
    };
    await runner.execute(stream, saying('', 'k-1'));
    await expect(runner.execute(stream, saying('authority', 'k-1'))).rejects.toThrow(
      IdempotencyKeyReused,
    );
    const first = await runner.execute(stream, saying(undefined, 'k-2'));
    for (const said of ['authority', '']) {
      const again = await anotherRunner().execute(stream, saying(said, 'k-2'));
      expect([numberOf(again), again.repeated]).toEqual([numberOf(first), true]);
    }
  });

  it('is decided when the first time was refused', async () => {
    const runner = anotherRunner();
    const asked = keyed(assign(), 'k-1');
    await expect(runner.execute(stream, asked)).rejects.toMatchObject({ code: 'BOOK_NOT_FOUND' });
    await runner.execute(stream, keyed(open, 'k-open'));
    expect(numberOf(await runner.execute(stream, asked))).toBe(1);
  });

  it('has nothing to do with the same key of another account', async () => {
    const runner = anotherRunner();
    await runner.execute(stream, keyed(open, 'k'));
    const [one, two] = await Promise.all([
      runner.execute(stream, keyed(assign({ document: 1 }), 'k', 'b')),
      runner.execute(stream, keyed(assign({ document: 2 }), 'k', 'c')),
    ]);
    expect([numberOf(one), numberOf(two)]).toEqual([1, 2]);
  });

  it('never doubles a number, however requests and their repetitions interleave', async () => {
    const step = fc.record({
      process: fc.integer({ min: 0, max: 2 }),
      document: fc.integer({ min: 1, max: 8 }),
      fresh: fc.boolean(),
    });
    const runners = upTo(3).map(anotherRunner);
    let round = 0;
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 30 }), async (steps) => {
        round += 1;
        const key = { ...register, agency: `R-${round}` };
        const own = registerStream(key);
        await runners[0]?.execute(own, keyed({ ...open, register: key }, 'k-open'));
        const answers = await Promise.all(
          steps.map(async ({ process, document, fresh }, index) => {
            const command = assign({ document, register: key, dossier: fresh ? `${index}` : 'D' });
            const name = fresh ? `f-${index}` : `k-${document}`;
            const runner = runners[process] as Runner;
            return [name, numberOf(await runner.execute(own, keyed(command, name)))] as const;
          }),
        );
        const numbers = new Map(answers);
        for (const [name, number] of answers) expect(number).toBe(numbers.get(name));
        expect([...numbers.values()].sort((a, b) => Number(a) - Number(b))).toEqual(
          upTo(numbers.size),
        );
      }),
      { numRuns: 40 },
    );
  });
});

describe('a request of several commands, each under a key of its own', () => {
  /** One of two places of a request whose content is `asked`. */
  const placed = (asked: string, place: number): Asked => {
    const at = (index: number): Asked['context'] => ({
      ...keyed(assign(), `k#${index}`).context,
      requestHash: asked,
    });
    const command = assign({ dossier: asked, document: place + 1 });
    return { command, context: at(place), alongside: [at(0), at(1)] };
  };
  const numbers = async (): Promise<number> =>
    (await typesInLog()).filter((type) => type === 'EntryNumberAssigned').length;

  beforeEach(async () => {
    await anotherRunner().execute(stream, keyed(open, 'k-open'));
  });

  it('leaves nothing to another one under the key, whichever of its places was first', async () => {
    const runner = anotherRunner();
    await runner.execute(stream, placed('A', 1));
    for (const asked of [runner, anotherRunner()]) {
      await expect(asked.execute(stream, placed('B', 0))).rejects.toThrow(IdempotencyKeyReused);
      await expect(asked.execute(stream, placed('B', 1))).rejects.toThrow(IdempotencyKeyReused);
    }
    expect(numberOf(await anotherRunner().execute(stream, placed('A', 0)))).toBe(2);
    expect(await numbers()).toBe(2);
  });

  it.each([
    ['one process', (one: Runner) => one],
    ['two', anotherRunner],
  ])('is one of two that come at once to %s', async (_where, other) => {
    const runner = anotherRunner();
    await runner.load(stream);
    const answers = await Promise.allSettled([
      runner.execute(stream, placed('A', 1)),
      other(runner).execute(stream, placed('B', 0)),
    ]);
    const refused = answers.filter(({ status }) => status === 'rejected');
    expect(refused).toEqual([
      { status: 'rejected', reason: expect.any(IdempotencyKeyReused) as unknown },
    ]);
    expect(await numbers()).toBe(1);
  });
});
