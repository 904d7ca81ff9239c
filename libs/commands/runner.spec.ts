import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { setImmediate as nextTurn } from 'node:timers/promises';
import fc from 'fast-check';
import {
  registerStream,
  type RegisterCommand,
  type RegisterEvent,
  type RegisterState,
} from '#domain';
import { EventStoreUnavailable, type EventStore } from '#event-store';
import { oneLog, type OneLog } from '../../test/support/one-log.ts';
import {
  assign,
  closeBook,
  day,
  openBook,
  register,
  voidNumber,
} from '../../test/support/register-samples.ts';
import { registerAggregate } from './aggregate.ts';
import { StaleRevision } from './batch.ts';
import { createRunner, type CommandRunner } from './runner.ts';

type Runner = CommandRunner<RegisterState, RegisterCommand, RegisterEvent>;

const stream = registerStream(register);
const actor = { account: 'a', name: 'A', role: 'receiving-officer', agency: 'BK-001' };
const occurredAt = '2024-05-10T01:00:00.000Z';
const now = (): Date => new Date(occurredAt);
const context = {
  actor,
  correlationId: 'c',
  causationId: 'd',
};
const request = (command: RegisterCommand) => ({ command, context });
const run = (runner: Runner, command: RegisterCommand) => runner.execute(stream, request(command));
const open = openBook({ closesOn: '2024-12-31' });

let log: OneLog;
const anotherStore = (): EventStore => log.anotherStore();
/** Another process's: its own connection to the same log, its own cache. */
const anotherRunner = (): Runner => createRunner(anotherStore(), registerAggregate, { now });

async function numbersInLog(store: EventStore): Promise<number[]> {
  const numbers: number[] = [];
  for await (const event of store.readStream(stream)) {
    if (event.type === 'EntryNumberAssigned') numbers.push(Number(event.data['number']));
  }
  return numbers;
}

const upTo = (count: number): number[] => Array.from({ length: count }, (_, index) => index + 1);

beforeEach(async () => {
  log = await oneLog();
});

afterEach(() => log.dispose());

describe('running commands', () => {
  it('records who, when and under which ids beside each event', async () => {
    const store = anotherStore();
    await run(createRunner(store, registerAggregate, { now }), open);
    for await (const event of store.readStream(stream)) {
      expect(event.metadata).toEqual({ ...context, occurredAt, schemaVersion: 2 });
    }
  });

  /** A runner, and how many appends it has made. */
  function counted() {
    const store = anotherStore();
    const appends: string[] = [];
    const counting: EventStore = {
      ...bound(store),
      append: (...args) => {
        appends.push(args[0]);
        return store.append(...args);
      },
    };
    return { runner: createRunner(counting, registerAggregate, { now }), appends };
  }

  it('decides commands that wait together in turn, and appends them in few writes', async () => {
    const { runner, appends } = counted();
    await run(runner, open);
    const outcomes = await Promise.all(
      upTo(64).map((document) => run(runner, assign({ document }))),
    );
    const numbers = outcomes.flatMap(({ events }) =>
      events.flatMap((event) => (event.type === 'EntryNumberAssigned' ? [event.data.number] : [])),
    );
    expect(numbers).toEqual(upTo(64));
    expect(appends.length).toBeLessThan(10);
  });

  it('appends together what comes in one turn of the event loop after the other', async () => {
    const { runner, appends } = counted();
    await run(runner, open);
    const running: Promise<unknown>[] = [];
    for (const document of upTo(5)) {
      // Asked for first, so that each comes before the runner looks again.
      const turn = nextTurn();
      running.push(run(runner, assign({ document })));
      await turn;
    }
    await Promise.all(running);
    expect(appends).toHaveLength(2);
  });

  it('does not keep anyone waiting for those who never stop coming', async () => {
    const { runner, appends } = counted();
    await run(runner, open);
    const running: Promise<unknown>[] = [];
    for (const document of upTo(100)) {
      // Asked for first, so that each comes before the runner looks again.
      const turn = nextTurn();
      running.push(run(runner, assign({ document })));
      await turn;
    }
    await Promise.all(running);
    expect(appends.length).toBeGreaterThan(5);
  });

  it('refuses one of a batch without touching the others', async () => {
    const runner = anotherRunner();
    await run(runner, open);
    const results = await Promise.allSettled([
      run(runner, assign({ document: 1 })),
      run(runner, assign({ document: 0 })),
      run(runner, assign({ document: 2 })),
    ]);
    expect(results.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
    expect(await numbersInLog(anotherStore())).toEqual([1, 2]);
  });

  it('answers a repeated command with the position a reader can wait for', async () => {
    const runner = anotherRunner();
    await run(runner, open);
    const first = await run(runner, assign());
    const again = await run(runner, assign());
    expect(again).toMatchObject({ events: [], revision: first.revision, position: first.position });
  });

  it('holds to the revision the caller has seen', async () => {
    const runner = anotherRunner();
    const { revision } = await run(runner, open);
    await run(runner, assign());
    const stale = runner.execute(stream, { ...request(closeBook()), ifRevision: revision });
    await expect(stale).rejects.toThrow(StaleRevision);
    const fresh = runner.execute(stream, { ...request(closeBook()), ifRevision: revision + 1 });
    await expect(fresh).resolves.toMatchObject({ revision: revision + 2 });
  });

  it('never decides on what another process has overtaken', async () => {
    const [one, two] = [anotherRunner(), anotherRunner()];
    await run(one, open);
    await run(two, assign());
    await run(one, closeBook());
    await expect(run(two, assign({ document: 2 }))).rejects.toMatchObject({ code: 'BOOK_CLOSED' });
  });

  it('keeps numbers gapless and unique when several processes assign at once', async () => {
    const runners = [anotherRunner(), anotherRunner(), anotherRunner()];
    await run(runners[0] as Runner, open);
    await Promise.all(
      upTo(150).map((document) => run(runners[document % 3] as Runner, assign({ document }))),
    );
    expect(await numbersInLog(anotherStore())).toEqual(upTo(150));
  });

  it('keeps them so for any interleaving of commands over any processes', async () => {
    const step = fc.record({
      process: fc.integer({ min: 0, max: 2 }),
      document: fc.integer({ min: 1, max: 20 }),
      number: fc.integer({ min: 1, max: 10 }),
      kind: fc.constantFrom('assign', 'assign', 'assign', 'void'),
    });
    let round = 0;
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 40 }), async (steps) => {
        round += 1;
        const register = { agency: `R-${round}`, type: 'SCTDT.BS', year: 2024 };
        const stream = registerStream(register);
        const store = anotherStore();
        const runners = upTo(3).map(() => createRunner(store, registerAggregate, { now }));
        const context = { ...request(open).context, actor: { ...actor, agency: register.agency } };
        const ask = (command: RegisterCommand) => ({ command, context });
        await runners[0]?.execute(stream, ask({ ...open, register }));
        await Promise.allSettled(
          steps.map(({ process, document, number, kind }) => {
            const command =
              kind === 'void' ? voidNumber({ number }) : assign({ document, register });
            return (runners[process] as Runner).execute(stream, ask(command));
          }),
        );
        const numbers: unknown[] = [];
        for await (const event of store.readStream(stream)) {
          if (event.type === 'EntryNumberAssigned') numbers.push(event.data['number']);
        }
        expect(numbers).toEqual(upTo(numbers.length));
      }),
      { numRuns: 30 },
    );
  });

  it('repeats an append of unknown fate with the same ids, so nothing is doubled', async () => {
    const store = anotherStore();
    let lost = 0;
    const flaky: EventStore = {
      ...bound(store),
      append: async (...args) => {
        const appended = await store.append(...args);
        lost += 1;
        if (lost % 2 === 1) throw new EventStoreUnavailable('the answer was lost');
        return appended;
      },
    };
    const runner = createRunner(flaky, registerAggregate, { now });
    await run(runner, open);
    await Promise.all(upTo(5).map((document) => run(runner, assign({ document }))));
    expect(await numbersInLog(store)).toEqual(upTo(5));
  });

  it('passes a store that stays away on to every caller, and recovers with it', async () => {
    const store = anotherStore();
    let away = true;
    const failing: EventStore = {
      ...bound(store),
      readStream: (...args) => {
        if (away) throw new EventStoreUnavailable('away');
        return store.readStream(...args);
      },
    };
    const runner = createRunner(failing, registerAggregate, { now });
    const both = await Promise.allSettled([run(runner, open), run(runner, assign())]);
    expect(both.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    away = false;
    await run(runner, open);
    await expect(run(runner, assign({ today: day('2024-05-11') }))).resolves.toBeDefined();
  });
});

/** The store's methods as plain functions, to be replaced one by one. */
function bound(store: EventStore): EventStore {
  return {
    append: (...args) => store.append(...args),
    appendInOrder: (...args) => store.appendInOrder(...args),
    readStream: (...args) => store.readStream(...args),
    readAll: (...args) => store.readAll(...args),
    readPages: (...args) => store.readPages(...args),
    subscribe: (...args) => store.subscribe(...args),
    head: (...args) => store.head(...args),
    eventAt: (...args) => store.eventAt(...args),
    between: (...args) => store.between(...args),
    close: () => store.close(),
  };
}
