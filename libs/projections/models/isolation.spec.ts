import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  registerStream,
  type DomainEvent,
  type RegisterCommand,
  type RegisterEvent,
  type RegisterKey,
} from '#domain';
import type { Position } from '#event-store';
import type { Doc } from '#read-store';
import { registerCommands } from '../../../test/support/register-commands.ts';
import { registerSpec } from '../../../test/support/register-samples.ts';
import { allProjections } from '../all.ts';
import { partitionOf, type ProjectedEvent, type Projection } from '../projection.ts';

const registers: readonly RegisterKey[] = [
  { agency: 'BK-001', type: 'SCTDT.BS', year: 2024 },
  { agency: 'BK-002', type: 'SCTDT.BS', year: 2024 },
  { agency: 'BK-001', type: 'SCTDT.BS', year: 2025 },
];

/** Registers no two of which meet in a document: of some read models those of an agency do. */
const apart = (projection: Projection): readonly RegisterKey[] => {
  const partitions = registers.map((register) => partitionOf(projection, registerStream(register)));
  return registers.filter((_one, at) => partitions.indexOf(partitions[at] ?? '') === at);
};

/** The events commands lead to, refused ones leaving none; ids and numbers are the same in every register. */
function eventsOf(commands: readonly RegisterCommand[]): DomainEvent[] {
  return commands.reduce<RegisterEvent[]>((events, command) => {
    try {
      return [
        ...events,
        ...registerSpec
          .given(...events)
          .when(command)
          .events(),
      ];
    } catch {
      return events;
    }
  }, []);
}

const projected = (register: RegisterKey, events: readonly DomainEvent[]): ProjectedEvent[] =>
  events.map((event, revision) => ({
    event,
    metadata: {
      actor: { account: 'a', name: 'A', role: 'receiving-officer', agency: register.agency },
      occurredAt: '2024-05-10T01:00:00.000Z',
      correlationId: 'c',
      causationId: 'd',
      schemaVersion: 1,
    },
    id: `${registerStream(register)} ${revision}`,
    stream: registerStream(register),
    revision,
    position: `${registerStream(register)} ${revision}` as Position,
  }));

/** The documents a read model makes of events in this order. */
function documents({ project }: Projection, events: readonly ProjectedEvent[]): Map<string, Doc> {
  const docs = new Map<string, Doc>();
  for (const change of events.flatMap(project)) {
    const before = docs.get(change.id);
    if ('create' in change) docs.set(change.id, change.create);
    else if ('changeIfThere' in change) {
      if (before) docs.set(change.id, change.changeIfThere(before));
    } else docs.set(change.id, change.change((before ?? change.initial) as Doc));
  }
  return docs;
}

describe('events of one register', () => {
  it.each(allProjections.map((one) => [one.name, one] as const))(
    'never touch another’s documents, though their ids are the same: %s',
    (_name, projection) => {
      const all = fc.tuple(
        registerCommands,
        registerCommands,
        registerCommands,
        fc.array(fc.nat()),
      );
      fc.assert(
        fc.property(all, ([one, two, three, order]) => {
          const commands = [one, two, three];
          const logs = apart(projection).map((register, index) =>
            projected(register, eventsOf(commands[index] ?? [])),
          );
          const alone = new Map(logs.flatMap((log) => [...documents(projection, log)]));
          const total = logs.reduce((sum, log) => sum + documents(projection, log).size, 0);
          const left = logs.map((log) => [...log]);
          const mixed: ProjectedEvent[] = [];
          for (let turn = 0; ; turn += 1) {
            const waiting = left.filter((log) => log.length > 0);
            if (waiting.length === 0) break;
            const next = waiting[(order[turn] ?? turn) % waiting.length]?.shift();
            if (next) mixed.push(next);
          }
          const together = documents(projection, mixed);
          expect(together.size).toBe(total);
          expect(together).toEqual(alone);
        }),
        { numRuns: 30 },
      );
    },
  );
});
