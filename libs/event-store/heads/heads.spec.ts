import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import Database from 'better-sqlite3';
import fc from 'fast-check';
import type { Position } from '../port.ts';
import { Heads } from './heads.ts';
import type { HeadStep } from './stored-head.ts';

let folder: string;
let path: string;
let open: Heads[];

function openHeads(onTrouble: (error: unknown) => void = () => undefined): Heads {
  const heads = new Heads(path, { onTrouble });
  open.push(heads);
  return heads;
}

/** The step of a fold from one revision to another; each revision's event is found under its parity. */
function step(name: string, from: number, to: number): HeadStep {
  const revisions = Array.from({ length: to - from }, (_, index) => from + 1 + index);
  return {
    name,
    from: from < 0 ? undefined : from,
    head: {
      revision: to,
      eventId: `event-${to}`,
      position: String(to).padStart(16, '0') as Position,
      snapshot: JSON.stringify({ to }),
    },
    found: revisions.map((revision) => [revision % 2 === 0 ? 'even' : 'odd', revision] as const),
  };
}

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'heads-'));
  path = join(folder, 'heads.db');
  open = [];
});

afterEach(async () => {
  for (const heads of open) heads.close();
  await rm(folder, { recursive: true, force: true });
});

describe('heads of folds', () => {
  it('lie in a folder that is made where there is none', () => {
    path = join(folder, 'new', 'data', 'heads.db');
    expect(openHeads().coveredTo('a')).toBe(-1);
  });

  it('are there at once, and after the process has ended', () => {
    const heads = openHeads();
    heads.advance(step('a', -1, 3));
    heads.advance(step('a', 3, 4));
    expect(heads.get('a')).toMatchObject({ revision: 4, snapshot: '{"to":4}' });
    expect(heads.look('a', ({ find }) => find('even'))).toEqual([0, 2, 4]);
    heads.close();
    const again = openHeads();
    expect([again.get('a')?.eventId, again.coveredTo('a')]).toEqual(['event-4', 4]);
    expect(again.look('a', ({ find }) => find('even'))).toEqual([0, 2, 4]);
    expect(again.look('a', ({ find }) => find('odd', true))).toEqual([3]);
    expect([again.look('b', ({ find }) => find('odd')), again.coveredTo('b')]).toEqual([[], -1]);
  });

  it('of one name have nothing to do with those of another', () => {
    const heads = openHeads();
    heads.advance(step('a', -1, 5));
    heads.advance(step('b', -1, 1));
    heads.forget('a');
    expect([heads.get('a'), heads.look('a', ({ find }) => find('odd'))]).toEqual([undefined, []]);
    expect(heads.look('b', ({ find }) => find('odd'))).toEqual([1]);
  });

  it('never claim more than they know, whatever several processes do with them', () => {
    const act = fc.record({
      process: fc.integer({ min: 0, max: 2 }),
      kind: fc.constantFrom('advance', 'advance', 'advance', 'forget', 'flush'),
      by: fc.integer({ min: 1, max: 4 }),
    });
    let round = 0;
    fc.assert(
      fc.property(fc.array(act, { maxLength: 25 }), (acts) => {
        round += 1;
        const name = `stream-${round}`;
        const processes = [openHeads(), openHeads(), openHeads()];
        for (const { process, kind, by } of acts) {
          const heads = processes[process] as Heads;
          const covered = heads.coveredTo(name);
          if (kind === 'advance') heads.advance(step(name, covered, covered + by));
          else if (kind === 'forget') heads.forget(name);
          else heads.close();
          if (kind === 'flush') processes[process] = openHeads();
        }
        for (const heads of processes) {
          const covered = heads.coveredTo(name);
          const known = [
            ...heads.look(name, ({ find }) => find('even')),
            ...heads.look(name, ({ find }) => find('odd')),
          ];
          expect(known.sort((a, b) => a - b)).toEqual(
            Array.from({ length: covered + 1 }, (_, revision) => revision),
          );
        }
        for (const heads of processes) heads.close();
      }),
      { numRuns: 60 },
    );
  }, 60_000);

  it('in a damaged file are made anew, which is told', async () => {
    await writeFile(path, 'this is no database, and never was'.repeat(100));
    const troubles: unknown[] = [];
    const heads = openHeads((error) => troubles.push(error));
    expect(troubles).toHaveLength(1);
    heads.advance(step('a', -1, 2));
    heads.close();
    expect(openHeads().coveredTo('a')).toBe(2);
  });

  it('go on in a file of the process’s own when theirs fails under them', () => {
    const troubles: unknown[] = [];
    const heads = openHeads((error) => troubles.push(error));
    heads.advance(step('a', -1, 2));
    const hand = new Database(path);
    hand.exec('DROP TABLE found; DROP TABLE heads');
    hand.close();
    expect(heads.coveredTo('b')).toBe(-1);
    expect(troubles).toHaveLength(1);
    heads.advance(step('b', -1, 1));
    expect(heads.look('b', ({ find }) => find('odd'))).toEqual([1]);
  });
});
