import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  registerStream,
  type EntryNumberAssigned,
  type Refusal,
  type RegisterCommand,
  type RegisterEvent,
  type RegisterState,
} from '#domain';
import { openEventStoreDb, type EventStore } from '#event-store';
import { startEventStoreDbDouble } from '../../test/support/eventstoredb/server.ts';
import { oneLog } from '../../test/support/one-log.ts';
import { assign, openBook, register } from '../../test/support/register-samples.ts';
import { registerAggregate } from './aggregate.ts';
import type { Request } from './batch.ts';
import { IdempotencyKeyReused } from './idempotency.ts';
import { createRunner, type CommandRunner } from './runner.ts';

interface Asked {
  readonly key?: string | undefined;
  readonly document: number;
  readonly requester: string;
}

/** Whoever comes second is told so: the key is spent, or the document has a number with other content. */
function expectLost(reason: unknown, asked: Asked | undefined): void {
  if (reason instanceof IdempotencyKeyReused) {
    expect(asked?.key).toBeDefined();
    return;
  }
  const { code, details } = reason as Refusal<'DOCUMENT_NUMBERED'>;
  expect(code).toBe('DOCUMENT_NUMBERED');
  expect(details.entry.document).toBe(asked?.document);
  expect(details.entry.requester).not.toBe(asked?.requester);
}

type Runner = CommandRunner<RegisterState, RegisterCommand, RegisterEvent>;

interface SharedLog {
  /** Another process's connection to the same log. */
  anotherStore(): EventStore | Promise<EventStore>;
  dispose(): Promise<void>;
}

async function doubledLog(): Promise<SharedLog> {
  const double = await startEventStoreDbDouble();
  const stores: EventStore[] = [];
  return {
    anotherStore: async () => {
      const store = await openEventStoreDb(double.connectionString);
      stores.push(store);
      return store;
    },
    dispose: async () => {
      await Promise.all(stores.map((store) => store.close()));
      await double.close();
    },
  };
}

const logs: readonly (readonly [string, () => Promise<SharedLog>, number])[] = [
  ['SQLite', oneLog, 1000],
  ['EventStoreDB client over gRPC, test double', doubledLog, 300],
];

const now = (): Date => new Date('2024-05-10T01:00:00.000Z');

/** One ask of a race: which process gets it, under which key, for which document and requester. */
const ask = fc.record({
  process: fc.integer({ min: 0, max: 1 }),
  key: fc.option(fc.constantFrom('k-1', 'k-2', 'k-3'), { nil: undefined }),
  document: fc.integer({ min: 1, max: 3 }),
  requester: fc.constantFrom('Lê Thị Cúc', 'Phạm Văn Dũng'),
});

describe.each(logs)('races of two processes over one log: %s', (_name, open, numRuns) => {
  let log: SharedLog;
  let stores: readonly EventStore[];
  let runners: readonly Runner[];
  let round = 0;

  beforeEach(async () => {
    log = await open();
    stores = await Promise.all([log.anotherStore(), log.anotherStore()]);
    runners = stores.map((store) => createRunner(store, registerAggregate, { now }));
  });
  afterEach(() => log.dispose());

  it('leave one document one number, and every answer names an event with its request’s content', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(ask, { minLength: 2, maxLength: 10 }), async (asks) => {
        round += 1;
        const key = { ...register, agency: `R-${round}` };
        const stream = registerStream(key);
        const actor = { account: 'a', name: 'A', role: 'receiving-officer', agency: key.agency };
        const request = (
          command: RegisterCommand,
          idempotencyKey?: string,
        ): Request<RegisterCommand> => ({
          command,
          context: {
            actor,
            correlationId: 'c',
            causationId: 'd',
            ...(idempotencyKey !== undefined && {
              idempotencyKey,
              requestHash: JSON.stringify(command),
            }),
          },
        });
        await runners[0]?.execute(stream, request(openBook({ register: key })));
        const answers = await Promise.allSettled(
          asks.map(({ process, key: idempotencyKey, document, requester }) => {
            const command = assign({ register: key, document, requester });
            return (runners[process] as Runner).execute(stream, request(command, idempotencyKey));
          }),
        );

        const byDocument = new Map<number, { number: number; requester: string }>();
        for await (const { type, data } of (stores[0] as EventStore).readStream(stream)) {
          if (type !== 'EntryNumberAssigned') continue;
          const { number, document, requester } = data as unknown as EntryNumberAssigned['data'];
          expect(byDocument.has(document)).toBe(false);
          byDocument.set(document, { number, requester });
        }
        const numbers = [...byDocument.values()].map(({ number }) => number);
        expect(numbers.sort((a, b) => a - b)).toEqual(numbers.map((_, index) => index + 1));
        answers.forEach((answer, index) => {
          if (answer.status === 'rejected') {
            expectLost(answer.reason, asks[index]);
            return;
          }
          const [event] = answer.value.events;
          if (event?.type !== 'EntryNumberAssigned') return;
          const { document, requester } = asks[index] ?? {};
          expect([event.data.document, event.data.requester]).toEqual([document, requester]);
          expect(byDocument.get(event.data.document)).toEqual({
            number: event.data.number,
            requester: event.data.requester,
          });
        });
        // What each process believes now is what the log holds.
        for (const runner of runners) {
          const { state } = await runner.load(stream);
          expect(state.lastNumber ?? 0).toBe(numbers.length);
        }
      }),
      { numRuns },
    );
  }, 180_000);

  it('tell the loser of one key with two contents that the key is spent', async () => {
    const stream = registerStream(register);
    const actor = { account: 'a', name: 'A', role: 'receiving-officer', agency: register.agency };
    const ids = { actor, correlationId: 'c', causationId: 'd' };
    const [one, two] = runners as [Runner, Runner];
    await one.execute(stream, { command: openBook(), context: ids });
    await two.load(stream);
    for (let n = 1; n <= 50; n += 1) {
      const asked = (requester: string) => ({
        command: assign({ dossier: `D-${n}`, requester }),
        context: { ...ids, idempotencyKey: `k-${n}`, requestHash: requester },
      });
      const outcomes = await Promise.allSettled([
        one.execute(stream, asked('Lê Thị Cúc')),
        two.execute(stream, asked('Phạm Văn Dũng')),
      ]);
      const lost = outcomes.filter(({ status }) => status === 'rejected');
      expect(lost).toEqual([
        { status: 'rejected', reason: expect.any(IdempotencyKeyReused) as unknown },
      ]);
    }
    const { state } = await two.load(stream);
    expect(state.lastNumber).toBe(50);
  }, 60_000);
});
