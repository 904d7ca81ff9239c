import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { registerCommands } from '../../test/support/register-commands.ts';
import {
  daysOfPeriod,
  decideRegister,
  evolveRegister,
  groupings,
  newRegister,
  Refusal,
  registerStream,
  reportColumns,
  reportPeriods,
  registerTypes,
  type Grouping,
  type RegisterCommand,
  type RegisterEvent,
  type RegisterKey,
  type RegisterState,
} from '#domain';
import type { Position } from '#event-store';
import { bookList, figures, type Projection } from '#projections';
import type { Doc, Query } from '#read-store';
import { reportOf, reportOfAgencies, type FindPage } from './report.ts';

interface Log {
  readonly key: RegisterKey;
  readonly events: readonly RegisterEvent[];
  readonly state: RegisterState;
}

/** A register as these commands leave it, refused ones leaving nothing. */
function logOf(key: RegisterKey, commands: readonly RegisterCommand[]): Log {
  let state = newRegister();
  const events: RegisterEvent[] = [];
  for (const command of commands)
    try {
      for (const event of decideRegister(state, command)) {
        state = evolveRegister(state, event);
        events.push(event);
      }
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
    }
  return { key, events, state };
}

const actor = { account: 'a', name: 'A', role: 'receiving-officer', agency: 'X' };
const metadata = {
  ...{ actor, occurredAt: '2024-05-10T01:00:00.000Z' },
  ...{ correlationId: 'c', causationId: 'd', schemaVersion: 1 },
};

function documents({ project }: Projection, logs: readonly Log[]): readonly Doc[] {
  const docs = new Map<string, Doc>();
  for (const { key, events } of logs)
    events.forEach((event, revision) => {
      const stream = registerStream(key);
      const position = `${stream} ${revision}` as Position;
      for (const one of project({ event, metadata, id: position, stream, revision, position })) {
        if ('changeIfThere' in one) continue;
        const before = docs.get(one.id) ?? ('initial' in one ? one.initial : undefined);
        docs.set(one.id, 'create' in one ? one.create : one.change(before as Doc));
      }
    });
  return [...docs.values()];
}

const fits = (doc: Doc, filter: Query['filter'] = {}): boolean =>
  Object.entries(filter).every(([field, wanted]) => {
    const value = doc[field];
    if (wanted === null || typeof wanted !== 'object') return value === wanted;
    const { gte = null, lt = null } = wanted;
    return value !== undefined && value !== null && value >= (gte ?? '') && value < (lt ?? '');
  });

/** Read models over these logs, page after page of one document. */
function reading(logs: readonly Log[]): FindPage {
  const all = new Map([figures, bookList].map((model) => [model, documents(model, logs)]));
  return (model, { filter, after = '0' }) => {
    const found = (all.get(model) ?? []).filter((doc) => fits(doc, filter));
    const at = Number(after);
    const items = found.slice(at, at + 1).map((doc) => ({ id: String(at), position: '0', doc }));
    const next = at + 1 < found.length ? { next: String(at + 1) } : {};
    return Promise.resolve({ items, total: found.length, ...next });
  };
}

/** More than the commands can have come to. */
const numbers = Array.from({ length: 100 }, (_, index) => index + 1);

/** The same from the folded registers, added up plainly. */
function plainly(logs: readonly Log[], { from, to }: { from: string; to: string }) {
  const entries = logs.flatMap(({ key, state }) =>
    numbers.flatMap((number) => {
      const entry = state.entries.get(number);
      return entry ? [{ ...entry, type: key.type }] : [];
    }),
  );
  const dated = entries.filter(({ certifiedOn }) => certifiedOn >= from && certifiedOn <= to);
  const done = dated.filter(({ state }) => state !== 'voided');
  const sum = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0);
  return {
    matters: done.length,
    voided: dated.length - done.length,
    revoked: done.filter(({ state }) => state === 'revoked').length,
    copies: sum(done.map(({ copies }) => copies)),
    fee: sum(done.map(({ fee }) => fee)),
    results: reportColumns.map(({ types, unit }) => {
      const own = done.filter(({ type }) => types.includes(type));
      return unit === 'bản' ? sum(own.map(({ copies }) => copies)) : own.length;
    }),
  };
}

const AGENCY = 'H55.1';
const key = (type: string, agency = AGENCY): RegisterKey => ({ agency, type, year: 2024 });
const histories = fc.record({
  electronic: registerCommands,
  translators: registerCommands,
  neighbour: registerCommands,
});
const period = fc.constantFrom(...reportPeriods.map(({ code }) => code));
const grouping = fc.constantFrom(...(Object.keys(groupings) as Grouping[]));

describe('a report', () => {
  it('says what the log, folded, says, however it is told apart', async () => {
    await fc.assert(
      fc.asyncProperty(histories, period, grouping, async (commands, code, by) => {
        const own = [
          logOf(key('SCTDT.BS'), commands.electronic),
          logOf(key('SCT.CKND'), commands.translators),
        ];
        const neighbour = logOf(key('SCT.BS', 'H55.10'), commands.neighbour);
        const foreign = logOf(key('SCT.BS', 'H5'), commands.neighbour);
        const find = reading([...own, neighbour, foreign]);
        const days = daysOfPeriod('2024', code);
        if (!days) throw new Error(code);
        const { lines, total } = await reportOf(find, { agency: AGENCY, days, by });
        expect(total).toMatchObject(plainly(own, days));
        const parts = lines.map(({ sum }) => sum.matters + sum.voided);
        expect(parts.every((part) => part > 0)).toBe(true);
        expect(new Set(lines.map((line) => line.key)).size).toBe(lines.length);
        for (const agencies of ['every', [AGENCY, 'H55.10', AGENCY]] as const) {
          const sum = await reportOfAgencies(find, { agencies, under: 'H55' }, days);
          expect(sum.total).toMatchObject(plainly([...own, neighbour], days));
        }
        const granted = { agencies: [AGENCY] };
        expect((await reportOfAgencies(find, granted, days)).total).toEqual(total);
      }),
      { numRuns: 150 },
    );
  });

  it('counts every type of register in one column', () => {
    const counted = reportColumns.flatMap(({ types }) => types);
    expect([...counted].sort()).toEqual(registerTypes.map(({ code }) => code).sort());
  });

  it.each([
    ['half-year', '2024-01-01', '2024-05-31'],
    ['year', '2024-01-01', '2024-10-31'],
    ['full-year', '2024-01-01', '2024-12-31'],
    ['02', '2024-02-01', '2024-02-29'],
  ])('of %s is from %s to %s', (code, from, to) => {
    expect(daysOfPeriod('2024', code)).toMatchObject({ from, to });
    expect(daysOfPeriod('24', code)).toBeUndefined();
  });
});
