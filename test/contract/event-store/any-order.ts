import { describe, expect } from '@jest/globals';
import fc from 'fast-check';
import type { EventStore, ExpectedRevision, NewEvent } from '#event-store';
import { collect, ids, newEvents, ownPrefix, readAll, sentence, type Context } from './context.ts';

export function describeAnyOrder(ctx: Context): void {
  describe('any order of appends', () => {
    sentence('reads as a simple model of the log says', async () => {
      const step = fc.record({
        stream: fc.integer({ min: 0, max: 2 }),
        count: fc.integer({ min: 1, max: 3 }),
        expect: fc.constantFrom('right', 'right', 'right', 'behind', 'ahead', 'repeat'),
      });
      const property = fc.asyncProperty(fc.array(step, { maxLength: 20 }), async (steps) => {
        const prefix = ownPrefix();
        const model = new LogModel();
        for (const { stream, count, expect: kind } of steps) {
          await model.play(ctx.store, `${prefix}${String(stream)}`, newEvents(count), kind);
        }
        expect(ids(await readAll(ctx.store, prefix))).toEqual(model.log);
        for (const [stream, own] of model.streams) {
          expect(ids(await collect(ctx.store.readStream(stream)))).toEqual(own);
          const backward = collect(ctx.store.readStream(stream, { direction: 'backward' }));
          expect(ids(await backward)).toEqual([...own].reverse());
        }
      });
      await fc.assert(property, { numRuns: 15 });
    });
  });
}

/** What the log must hold after each step. */
class LogModel {
  readonly log: string[] = [];
  readonly streams = new Map<string, string[]>();
  #last: { stream: string; expected: ExpectedRevision; events: NewEvent[] } | undefined;

  async play(
    store: EventStore,
    stream: string,
    events: NewEvent[],
    kind: 'right' | 'behind' | 'ahead' | 'repeat',
  ): Promise<void> {
    const own = this.streams.get(stream) ?? [];
    const revision = own.length - 1;
    const right: ExpectedRevision = revision < 0 ? 'no-stream' : revision;
    if (kind === 'repeat') {
      if (this.#last === undefined) return;
      const { stream: before, expected, events: same } = this.#last;
      const first = expected === 'no-stream' ? 0 : expected + 1;
      const answer = await store.append(before, expected, same);
      expect(answer.revision).toBe(first + same.length - 1);
    } else if (kind === 'right') {
      const answer = await store.append(stream, right, events);
      expect(answer.revision).toBe(revision + events.length);
      this.#last = { stream, expected: right, events };
      this.streams.set(stream, [...own, ...ids(events)]);
      this.log.push(...ids(events));
    } else {
      const wrong = kind === 'ahead' ? revision + 1 : revision > 0 ? revision - 1 : 7;
      const refused = store.append(stream, wrong, events);
      await expect(refused).rejects.toMatchObject({ name: 'RevisionConflict', actual: right });
    }
  }
}
