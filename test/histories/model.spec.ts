import { existsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { documentKey } from '../../libs/domain/register/register.ts';
import {
  registerStream,
  type EntryNumberAssigned,
  type RegisterCommand,
  type RegisterEvent,
  type RegisterKey,
  type RegisterState,
} from '#domain';
import {
  createRunner,
  IdempotencyKeyReused,
  registerAggregate,
  type CommandRunner,
} from '#commands';
import { EventStoreUnavailable, type EventStore } from '#event-store';
import { oneLog, type OneLog } from '../support/one-log.ts';
import { assign, correct, openBook, register, voidNumber } from '../support/register-samples.ts';
import { numberingFaults, type Asked, type Given } from './numbering.ts';

/** `HISTORIES=5000` plays more of them. */
const RUNS = Number(process.env['HISTORIES'] ?? 300);

/** A register as a clerk would keep it on paper: what the service is held against. */
interface Paper {
  readonly entries: {
    readonly document: number;
    /** As it was assigned, and as it stands: a request for either is for what is there. */
    readonly first: string;
    requester: string;
    isVoided: boolean;
  }[];
  readonly keys: Map<string, { readonly asked: string; readonly number: number }>;
}

type Lost = 'nothing' | 'the request' | 'the answer';

/** A log whose next append is lost on its way there, or whose answer on its way back. */
interface Wire {
  readonly store: EventStore;
  next: Lost;
}

interface Real {
  readonly key: RegisterKey;
  readonly wires: readonly Wire[];
  readonly runners: CommandRunner<RegisterState, RegisterCommand, RegisterEvent>[];
  readonly history: Asked[];
  clock: number;
}

function wireTo(store: EventStore): Wire {
  const wire: Wire = {
    next: 'nothing',
    store: Object.assign(Object.create(store) as EventStore, {
      append: async (...given: Parameters<EventStore['append']>) => {
        const lost = wire.next;
        wire.next = 'nothing';
        if (lost === 'the request') throw new EventStoreUnavailable('cut before it was sent');
        const appended = await store.append(...given);
        if (lost === 'the answer') throw new EventStoreUnavailable('cut before it was answered');
        return appended;
      },
    }),
  };
  return wire;
}

const runnerOn = ({ store }: Wire) =>
  createRunner(store, registerAggregate, { now: () => new Date('2024-05-10T01:00:00.000Z') });

const actor = { account: 'a', name: 'A', role: 'receiving-officer', agency: 'BK-001' };

/** Asks as a portal does: the same once more where it was not told what became of it. */
async function execute(
  real: Real,
  {
    process,
    key,
    lost,
  }: { readonly process: number; readonly key?: string | undefined; readonly lost: Lost },
  command: RegisterCommand,
) {
  const context = {
    actor: { ...actor, agency: real.key.agency },
    correlationId: 'c',
    causationId: 'd',
    ...(key !== undefined && { idempotencyKey: key, requestHash: JSON.stringify(command) }),
  };
  const wire = real.wires[process] as Wire;
  wire.next = lost;
  const runner = () => real.runners[process] as Real['runners'][number];
  try {
    const stream = registerStream(real.key);
    const first = await runner()
      .execute(stream, { command, context })
      .catch((error: unknown) => {
        if (error instanceof EventStoreUnavailable) return undefined;
        throw error;
      });
    return first ?? (await runner().execute(stream, { command, context }));
  } finally {
    wire.next = 'nothing';
  }
}

interface Ask {
  readonly process: number;
  readonly key?: string | undefined;
  readonly lost: Lost;
}

class Assign implements fc.AsyncCommand<Paper, Real> {
  constructor(
    private readonly how: Ask,
    private readonly document: number,
    private readonly requester: string,
  ) {}

  check = (): boolean => true;

  async run(paper: Paper, real: Real): Promise<void> {
    const { document, requester } = this;
    const askedAt = (real.clock += 1);
    const command = assign({ register: real.key, document, requester });
    const outcome = await execute(real, this.how, command).catch((error: unknown) => error);
    const expected = this.expected(paper);
    if (typeof expected !== 'number') {
      expect(outcome).toMatchObject(expected);
      return;
    }
    const { events } = outcome as { events: readonly RegisterEvent[] };
    const [event] = events as readonly EntryNumberAssigned[];
    const number = event?.data.number ?? numberOf(outcome, document);
    expect(number).toBe(expected);
    real.history.push({
      document: this.name(paper, expected),
      askedAt,
      answered: { at: (real.clock += 1), number: expected },
    });
  }

  /** Which paper of the document it is: one whose number was voided may be brought again. */
  private name = (paper: Paper, number: number): string =>
    `${paper.entries[number - 1]?.document}/${number}`;

  private expected(paper: Paper): number | object {
    const { document, requester } = this;
    const { key } = this.how;
    const asked = JSON.stringify([document, requester]);
    const spent = key === undefined ? undefined : paper.keys.get(key);
    if (spent) return spent.asked === asked ? spent.number : { name: IdempotencyKeyReused.name };
    const live = paper.entries.findIndex((one) => one.document === document && !one.isVoided);
    if (live >= 0) {
      const { first, requester: now } = paper.entries[live] ?? {};
      return [first, now].includes(requester) ? live + 1 : { code: 'DOCUMENT_NUMBERED' };
    }
    const number = paper.entries.push({ document, first: requester, requester, isVoided: false });
    if (key !== undefined) paper.keys.set(key, { asked, number });
    return number;
  }

  toString = (): string => `assign(${JSON.stringify([this.how, this.document, this.requester])})`;
}

class Correct implements fc.AsyncCommand<Paper, Real> {
  constructor(
    private readonly how: Ask,
    private readonly pick: number,
    private readonly requester: string,
  ) {}

  check = ({ entries }: Paper): boolean => entries.some(({ isVoided }) => !isVoided);

  async run({ entries }: Paper, real: Real): Promise<void> {
    const number = pickLive(entries, this.pick);
    const { requester } = this;
    await execute(real, withoutKey(this.how), correct({ number, requester }));
    const entry = entries[number - 1];
    if (entry) entry.requester = requester;
  }

  toString = (): string => `correct(${JSON.stringify([this.how, this.pick, this.requester])})`;
}

class Void implements fc.AsyncCommand<Paper, Real> {
  constructor(
    private readonly how: Ask,
    private readonly pick: number,
  ) {}

  check = ({ entries }: Paper): boolean => entries.some(({ isVoided }) => !isVoided);

  async run({ entries }: Paper, real: Real): Promise<void> {
    const number = pickLive(entries, this.pick);
    await execute(real, withoutKey(this.how), voidNumber({ number }));
    const entry = entries[number - 1];
    if (entry) entry.isVoided = true;
  }

  toString = (): string => `void(${JSON.stringify([this.how, this.pick])})`;
}

/** A process that begins anew: nothing of what it knew is left. */
class Restart implements fc.AsyncCommand<Paper, Real> {
  constructor(private readonly process: number) {}

  check = (): boolean => true;

  run(_paper: Paper, real: Real): Promise<void> {
    real.runners[this.process] = runnerOn(real.wires[this.process] as Wire);
    return Promise.resolve();
  }

  toString = (): string => `restart(${this.process})`;
}

const withoutKey = ({ process, lost }: Ask): Ask => ({ process, lost });

function pickLive(entries: Paper['entries'], pick: number): number {
  const live = entries.flatMap(({ isVoided }, index) => (isVoided ? [] : [index + 1]));
  return live[pick % live.length] as number;
}

/** The number the document has, by the state an outcome is answered with. */
const numberOf = (outcome: unknown, document: number): number | undefined =>
  (outcome as { state: RegisterState }).state.documents.get(documentKey('H03-0001', document));

/** In memory where the system has a file system there: what is tried is order, not the disk. */
const MEMORY = existsSync('/dev/shm') ? '/dev/shm' : tmpdir();

const either = fc.integer({ min: 0, max: 1 });
const lost = fc.constantFrom<Lost>('nothing', 'nothing', 'the request', 'the answer');
const ask = fc.record({
  process: either,
  key: fc.option(fc.constantFrom('k-1', 'k-2', 'k-3'), { nil: undefined }),
  lost,
});
const document = fc.integer({ min: 1, max: 4 });
const requester = fc.constantFrom('Lê Thị Cúc', 'Phạm Văn Dũng', 'Đặng Thị Ánh');
const steps = [
  fc.tuple(ask, document, requester).map((given) => new Assign(...given)),
  fc.tuple(ask, document, requester).map((given) => new Assign(...given)),
  fc.tuple(ask, fc.nat(9), requester).map((given) => new Correct(...given)),
  fc.tuple(ask, fc.nat(9)).map((given) => new Void(...given)),
  either.map((one) => new Restart(one)),
];

async function inTheLog({ wires, key }: Real, paper: Paper): Promise<Given[]> {
  const found: Given[] = [];
  const { store } = wires[0] as Wire;
  for await (const { type, data } of store.readStream(registerStream(key))) {
    if (type !== 'EntryNumberAssigned') continue;
    const { number, document: of } = data as unknown as EntryNumberAssigned['data'];
    expect(paper.entries[number - 1]?.document).toBe(of);
    found.push({ document: `${of}/${number}`, number });
  }
  return found;
}

describe('two processes over one log, with retries, lost requests, lost answers and restarts', () => {
  let log: OneLog;
  let wires: readonly Wire[];
  beforeAll(async () => {
    log = await oneLog(MEMORY);
    wires = [wireTo(log.anotherStore()), wireTo(log.anotherStore())];
  });
  afterAll(() => log.dispose());

  it(
    'keep a register as a clerk would on paper',
    async () => {
      let round = 0;
      await fc.assert(
        fc.asyncProperty(fc.commands(steps, { maxCommands: 40 }), async (commands) => {
          round += 1;
          const key = { ...register, agency: `M-${round}` };
          const runners = wires.map(runnerOn);
          const real: Real = { key, wires, runners, history: [], clock: 0 };
          const paper: Paper = { entries: [], keys: new Map() };
          await execute(real, { process: 0, lost: 'nothing' }, openBook({ register: key }));
          await fc.asyncModelRun(() => ({ model: paper, real }), commands);
          const numbers = await inTheLog(real, paper);
          expect(numbers).toHaveLength(paper.entries.length);
          expect(numberingFaults(real.history, numbers)).toEqual([]);
        }),
        { numRuns: RUNS },
      );
    },
    RUNS * 1000,
  );
});
