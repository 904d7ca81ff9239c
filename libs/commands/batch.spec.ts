import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { registerStream, type RegisterCommand } from '#domain';
import { Heads, type EventStore } from '#event-store';
import { oneLog, type OneLog } from '../../test/support/one-log.ts';
import {
  assign,
  closeBook,
  correct,
  day,
  openBook,
  register,
} from '../../test/support/register-samples.ts';
import { registerAggregate, type Aggregate } from './aggregate.ts';
import { CommandTooLarge } from './batch.ts';
import { createRunner } from './runner.ts';

const stream = registerStream(register);
const actor = { account: 'a', name: 'A', role: 'receiving-officer', agency: register.agency };
const context = { actor, correlationId: 'c', causationId: 'd' };
const request = (command: RegisterCommand) => ({ command, context });
const open = openBook({ closesOn: '2024-12-31' });
const at = (instant: string) => () => new Date(instant);
const now = at('2024-05-10T01:00:00.000Z');

let log: OneLog;
let store: EventStore;

beforeEach(async () => {
  log = await oneLog();
  store = log.anotherStore();
});
afterEach(() => log.dispose());

async function typesInLog(): Promise<string[]> {
  const types: string[] = [];
  for await (const { type } of store.readStream(stream)) types.push(type);
  return types;
}

describe('a command', () => {
  it('is recorded whole or not at all: not when its second event cannot be folded', async () => {
    let folded = 0;
    const broken: Aggregate<object, { readonly type: string }, never> = {
      ...(registerAggregate as unknown as Aggregate<object, { readonly type: string }, never>),
      decide: () =>
        [
          { type: 'BookOpened', data: {} },
          { type: 'BookClosed', data: {} },
        ] as never,
      evolve: (state) => {
        folded += 1;
        if (folded === 2) throw new Error('a fault in evolve');
        return state;
      },
    };
    const runner = createRunner(store, broken, { now });
    const running = runner.execute(stream, { command: { type: 'Any' }, context });
    await expect(running).rejects.toThrow('a fault in evolve');
    expect(await typesInLog()).toEqual([]);
  });

  it('that is larger than a store takes is refused by name, and those beside it are carried out', async () => {
    const runner = createRunner(store, registerAggregate, { now });
    await runner.execute(stream, request(open));
    const huge = { ...context, correlationId: 'x'.repeat(900_000) };
    const outcomes = await Promise.allSettled([
      runner.execute(stream, request(assign({ document: 1 }))),
      runner.execute(stream, { command: assign({ document: 2 }), context: huge }),
      runner.execute(stream, request(assign({ document: 3 }))),
    ]);
    expect(outcomes.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
    expect(outcomes[1]).toMatchObject({ reason: expect.any(CommandTooLarge) as unknown });
  });

  it('never makes an append too large for a server, however many wait with long titles', async () => {
    const sizes: number[] = [];
    const measuring: EventStore = {
      ...store,
      append: (name, expected, events) => {
        sizes.push(Buffer.byteLength(JSON.stringify(events)));
        return store.append(name, expected, events);
      },
    };
    const runner = createRunner(measuring, registerAggregate, { now });
    await runner.execute(stream, request(open));
    const documentTitle = 'Bằng tốt nghiệp '.repeat(60);
    const note = 'Ghi chú dài '.repeat(80);
    const numbers = await Promise.all(
      Array.from({ length: 1200 }, (_, index) =>
        runner.execute(stream, request(assign({ document: index + 1, documentTitle, note }))),
      ),
    );
    expect(numbers).toHaveLength(1200);
    expect(Math.max(...sizes)).toBeLessThan(1024 * 1024);
    expect(await typesInLog()).toHaveLength(1201);
  }, 30_000);

  it('is told the day when it is decided, not when it was asked', async () => {
    let instant = '2024-05-10T16:59:59.900Z';
    const slow: EventStore = {
      ...store,
      // Midnight in Việt Nam passes while the log is read.
      readStream: (...read) => {
        instant = '2024-05-10T17:00:00.100Z';
        return store.readStream(...read);
      },
    };
    const later = createRunner(store, registerAggregate, { now: at('2024-05-10T17:00:00.050Z') });
    await later.execute(stream, request(open));
    await later.execute(stream, request(assign({ document: 1 })));
    const runner = createRunner(slow, registerAggregate, { now: () => new Date(instant) });
    const { events } = await runner.execute(stream, request(assign({ document: 2 })));
    expect(events).toMatchObject([{ data: { certifiedOn: '2024-05-11' } }]);
  });

  it('asked of a clock that is seconds behind takes the day the register has reached', async () => {
    const ahead = createRunner(store, registerAggregate, { now: at('2024-05-10T17:00:01.000Z') });
    await ahead.execute(stream, request(open));
    await ahead.execute(stream, request(assign({ document: 1 })));
    const behind = createRunner(store, registerAggregate, { now: at('2024-05-10T16:59:58.000Z') });
    const { events } = await behind.execute(stream, request(assign({ document: 2 })));
    expect(events).toMatchObject([{ data: { number: 2, certifiedOn: '2024-05-11' } }]);
    const hours = createRunner(store, registerAggregate, { now: at('2024-05-10T12:00:00.000Z') });
    await expect(hours.execute(stream, request(assign({ document: 3 })))).rejects.toMatchObject({
      code: 'ENTRY_DATE_ORDER',
    });
  });

  it('asked in the last second of the year and decided in the next is told that the year is over', async () => {
    const runner = createRunner(store, registerAggregate, { now: at('2024-12-31T17:00:00.000Z') });
    await createRunner(store, registerAggregate, { now }).execute(stream, request(open));
    const late = runner.execute(stream, request(assign({ today: day('2024-12-31') })));
    await expect(late).rejects.toMatchObject({
      code: 'BOOK_NOT_OPEN',
      details: { since: 'year-over' },
    });
  });
});

describe('what is known of a register beside its log', () => {
  it('takes a process that begins to the next number without folding the register', async () => {
    const heads = new Heads();
    const first = createRunner(store, registerAggregate, { now, heads });
    await first.execute(stream, request(open));
    for (let document = 1; document <= 300; document += 1) {
      await first.execute(stream, request(assign({ document })));
    }
    let read = 0;
    const counting: EventStore = {
      ...store,
      readStream: async function* (...asked) {
        for await (const event of store.readStream(...asked)) {
          read += 1;
          yield event;
        }
      },
    };
    const second = createRunner(counting, registerAggregate, { now, heads });
    const { events } = await second.execute(stream, request(assign({ document: 301 })));
    expect(events).toMatchObject([{ data: { number: 301 } }]);
    expect(read).toBeLessThan(5);
    // And to what it is asked about: a document that has its number, an entry and its neighbours.
    const again = await second.execute(stream, request(assign({ document: 7 })));
    expect(again.state.entries.get(7)).toMatchObject({ document: 7, state: 'assigned' });
    await second.execute(stream, request(correct({ number: 150, requester: 'Phạm Văn Dũng' })));
    await expect(
      second.execute(stream, request(correct({ number: 150, certifiedOn: '2024-05-09' }))),
    ).rejects.toMatchObject({ code: 'OUTSIDE_PERIOD' });
    expect(read).toBeLessThan(30);
    heads.close();
  }, 30_000);

  it('is not believed where the log holds another event there', async () => {
    const heads = new Heads();
    const first = createRunner(store, registerAggregate, { now, heads });
    await first.execute(stream, request(open));
    await first.execute(stream, request(assign()));
    const other = await oneLog();
    const replaced = other.anotherStore();
    const elsewhere = createRunner(replaced, registerAggregate, { now });
    await elsewhere.execute(stream, request(open));
    await elsewhere.execute(stream, request(assign({ dossier: 'X' })));
    await elsewhere.execute(stream, request(closeBook()));
    const moved = createRunner(replaced, registerAggregate, { now, heads });
    await expect(moved.execute(stream, request(assign({ document: 2 })))).rejects.toMatchObject({
      code: 'BOOK_CLOSED',
    });
    heads.close();
    await other.dispose();
  });

  it('stops the register where the log holds fewer numbers', async () => {
    const heads = new Heads();
    const first = createRunner(store, registerAggregate, { now, heads });
    await first.execute(stream, request(open));
    await first.execute(stream, request(assign()));
    await first.execute(stream, request(assign({ document: 2 })));
    const other = await oneLog();
    const older = other.anotherStore();
    const elsewhere = createRunner(older, registerAggregate, { now });
    await elsewhere.execute(stream, request(open));
    await elsewhere.execute(stream, request(assign()));
    const damaged: string[] = [];
    const onDamaged = (name: string): unknown => damaged.push(name);
    const restored = createRunner(older, registerAggregate, { now, heads, onDamaged });
    const asking = () => restored.execute(stream, request(assign({ document: 3 })));
    await expect(asking()).rejects.toMatchObject({ name: 'FoldBehind' });
    await expect(asking()).rejects.toMatchObject({ name: 'FoldBehind' });
    expect(damaged).toEqual([stream]);
    heads.close();
    await other.dispose();
  });
});
