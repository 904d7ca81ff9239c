import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { agencyStream, type AgencyLevel } from '#domain';
import { openSqliteEventStore, type EventStore } from '#event-store';
import { runAgency, type AgencyRequest } from './agencies.ts';
import { AgencyGate } from './agency-gate.ts';
import { StaleRevision } from './batch.ts';
import { Runners } from './runners.ts';

const NOW = '2025-07-01T01:00:00.000Z';
const now = (): Date => new Date(NOW);
const actor = { account: 'op', name: 'Quản trị', role: 'operator', agency: 'A' };
const context = {
  actor,
  correlationId: 'c',
  causationId: 'd',
};

let folder: string;
let store: EventStore;
let round = 0;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'agencies-'));
  store = openSqliteEventStore(join(folder, 'events.db'));
});

afterAll(async () => {
  await store.close();
  await rm(folder, { recursive: true, force: true });
});

const register = (code: string, level: AgencyLevel = 'commune'): AgencyRequest => {
  return { type: 'RegisterAgency', code, name: `UBND ${code}`, level };
};
const retire = (code: string, successor: string | null): AgencyRequest => {
  return { type: 'RetireAgency', code, successor, reason: 'Sáp nhập' };
};

/** A province of its own, so that one log serves every test. */
async function province(...names: readonly string[]) {
  round += 1;
  const code = (name: string): string => `P${round}-${name}`;
  const runners = new Runners(store, { now });
  for (const name of names) await runAgency(runners, register(code(name)), { context });
  const run = (command: AgencyRequest, by = runners) => runAgency(by, command, { context });
  const gate = new AgencyGate(runners, 'registered');
  return { code, runners, run, gate };
}

async function eventsOf(code: string): Promise<string[]> {
  const types: string[] = [];
  for await (const { type } of store.readStream(agencyStream(code))) types.push(type);
  return types;
}

describe('retiring into a successor', () => {
  it('is accepted in the successor’s stream, then done in the agency’s own', async () => {
    const { code, run } = await province('A', 'B');
    await run(retire(code('A'), code('B')));
    expect(await eventsOf(code('A'))).toEqual(['AgencyRegistered', 'AgencyRetired']);
    expect(await eventsOf(code('B'))).toEqual(['AgencyRegistered', 'SuccessionAccepted']);
    const again = await run(retire(code('A'), code('B')));
    expect(again.events).toEqual([]);
    expect(await eventsOf(code('B'))).toHaveLength(2);
  });

  it('leaves nothing in the successor’s stream when refused or stale', async () => {
    const { code, run, runners } = await province('A', 'B');
    const groundless = { ...retire(code('A'), code('B')), reason: ' ' };
    await expect(run(groundless)).rejects.toMatchObject({ code: 'REASON' });
    const stale = runAgency(runners, retire(code('A'), code('B')), { context, ifRevision: 7 });
    await expect(stale).rejects.toThrow(StaleRevision);
    await expect(run(retire(code('X'), code('B')))).rejects.toMatchObject({
      code: 'AGENCY_NOT_FOUND',
    });
    expect(await eventsOf(code('B'))).toEqual(['AgencyRegistered']);
  });

  it('is completed by the same command after a crash in between', async () => {
    const { code, run, runners } = await province('A', 'B');
    const accept = { type: 'AcceptSuccession', code: code('B'), predecessor: code('A') } as const;
    const command = { ...accept, reason: 'Sáp nhập' };
    await runners.agencies.execute(agencyStream(code('B')), { command, context });
    const gate = new AgencyGate(runners, 'registered');
    expect(await gate.heirs(code('A'))).toEqual([]);
    await run(retire(code('A'), code('B')));
    expect(await gate.heirs(code('A'))).toEqual([code('B')]);
    expect(await eventsOf(code('B'))).toHaveLength(2);
  });

  it('makes chains, never to one that has ended', async () => {
    const { code, run, gate } = await province('A', 'B', 'C');
    await run(retire(code('A'), code('B')));
    await run(retire(code('B'), code('C')));
    expect(await gate.heirs(code('A'))).toEqual([code('B'), code('C')]);
    await expect(run(retire(code('C'), code('A')))).rejects.toMatchObject({
      code: 'SUCCESSOR_RETIRED',
    });
  });

  it('never makes a circle, whoever retires into whom at once, from however many processes', async () => {
    const names = ['A', 'B', 'C', 'D'];
    const step = fc.record({
      from: fc.constantFrom(...names),
      to: fc.constantFrom(...names),
      process: fc.integer({ min: 0, max: 2 }),
    });
    let retired = 0;
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 2, maxLength: 8 }), async (steps) => {
        const { code, run, gate } = await province(...names);
        const processes = [new Runners(store), new Runners(store), new Runners(store)];
        const done = await Promise.allSettled(
          steps.map(({ from, to, process }) =>
            run(retire(code(from), code(to)), processes[process] as Runners),
          ),
        );
        retired += done.filter(({ status }) => status === 'fulfilled').length;
        // Throws when there is a circle.
        for (const name of names) await gate.heirs(code(name));
      }),
      { numRuns: 60 },
    );
    expect(retired).toBeGreaterThan(20);
  }, 60_000);
});

describe('the gate', () => {
  it('reads an agency once for all who ask at the same time, and anew for those who come later', async () => {
    const { code, run, runners } = await province('A', 'B');
    let loads = 0;
    const counting = {
      now,
      agencies: {
        execute: runners.agencies.execute.bind(runners.agencies),
        answered: runners.agencies.answered.bind(runners.agencies),
        look: runners.agencies.look.bind(runners.agencies),
        load: (stream: string) => {
          loads += 1;
          return runners.agencies.load(stream);
        },
      },
    };
    const gate = new AgencyGate(counting, 'registered');
    const own = { actor: { ...actor, agency: code('A') } };
    const ask = () => gate.barrier(code('A'), 'AssignEntryNumber', own);
    expect(await Promise.all(Array.from({ length: 50 }, ask))).toEqual(
      Array.from({ length: 50 }, () => undefined),
    );
    expect(loads).toBe(1);
    await run(retire(code('A'), code('B')));
    expect(await ask()).toMatchObject({ code: 'AGENCY_RETIRED' });
    expect(loads).toBe(2);
  });

  it('lets only the last successor finish what is left, as long as it acts itself', async () => {
    const { code, run, gate } = await province('A', 'B', 'C');
    await run(retire(code('A'), code('B')));
    const by = (agency: string) => ({ actor: { ...actor, agency } });
    expect(await gate.barrier(code('A'), 'CloseBook', by(code('B')))).toBeUndefined();
    const assigning = await gate.barrier(code('A'), 'AssignEntryNumber', by(code('B')));
    expect(assigning).toMatchObject({ code: 'AGENCY_RETIRED', details: { code: code('A') } });
    await run(retire(code('B'), code('C')));
    const overtaken = await gate.barrier(code('A'), 'CloseBook', by(code('B')));
    expect(overtaken).toMatchObject({ code: 'AGENCY_RETIRED', details: { code: code('B') } });
    expect(await gate.barrier(code('A'), 'CloseBook', by(code('C')))).toBeUndefined();
    await expect(gate.barrier(code('C'), 'CloseBook', by(code('A')))).rejects.toThrow(
      'does not succeed',
    );
  });

  it('tells the day in Việt Nam, not in Greenwich', async () => {
    const { code, runners } = await province();
    await runAgency(runners, register(code('H'), 'district'), { context });
    const at = (instant: string) => {
      const gate = new AgencyGate(
        { agencies: runners.agencies, now: () => new Date(instant) },
        'open',
      );
      return gate.barrier(code('H'), 'OpenBook', { actor: { ...actor, agency: code('H') } });
    };
    expect(await at('2025-06-30T16:59:59.999Z')).toBeUndefined();
    expect(await at('2025-06-30T17:00:00.000Z')).toMatchObject({ code: 'AGENCY_DISTRICT_ENDED' });
  });
});
