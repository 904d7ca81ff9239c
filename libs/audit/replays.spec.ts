import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { registerStream, sealStream, UnreadableEvent } from '#domain';
import { openSqliteEventStore } from '#event-store';
import { TooManyWaiting } from '#threads';
import { assign, correct, openBook, register } from '../../test/support/register-samples.ts';
import { play } from '../../test/support/stores.ts';
import { Replays, ReplaysBusy, type ReplaysOptions } from './replays.ts';

const stream = registerStream(register);
const { signal } = new AbortController();
const asker = { account: 'binh.tran', signal };
const entry = (number: number) => ({ kind: 'entry', bookId: 'book-1', number }) as const;
const book = { kind: 'book', bookId: 'book-1' } as const;

let folder: string;
let open: Replays[];

function replays(options: Partial<ReplaysOptions> = {}): Replays {
  const log = { DATA_DIR: folder, EVENTSTORE_URL: undefined };
  const opened = new Replays({ log, atOnce: 1, deadlineMs: 20_000, ...options });
  open.push(opened);
  return opened;
}

beforeAll(async () => {
  open = [];
  folder = await mkdtemp(join(tmpdir(), 'replays-'));
  const store = openSqliteEventStore(join(folder, 'events.db'));
  const numbers = Array.from({ length: 200 }, (_, index) => assign({ document: index + 1 }));
  const corrected = correct({ number: 7, requester: 'Phạm Văn Dũng' });
  await play(store, [openBook({ closesOn: '2024-12-31' }), ...numbers, corrected]);
  await store.close();
}, 30_000);

afterAll(async () => {
  await Promise.all(open.map((one) => one.close()));
  await rm(folder, { recursive: true, force: true });
});

describe('what things were', () => {
  it('is answered for many moments of one stream at once, each as it was', async () => {
    const asked = replays();
    const revisions = [0, 1, 7, 100, 200, 201, 9999];
    const answers = await Promise.all(
      revisions.map((revision) =>
        asked.ask({ stream, subject: book, moment: { revision } }, asker),
      ),
    );
    expect(answers.map(({ revision }) => revision)).toEqual([0, 1, 7, 100, 200, 201, 201]);
    const entries = answers.map(({ state }) => (state as { entries: number }).entries);
    expect(entries).toEqual([0, 1, 7, 100, 200, 200, 200]);
  }, 30_000);

  it('is not hidden by an event that a clock far ahead has dated', async () => {
    const ahead = await mkdtemp(join(tmpdir(), 'ahead-'));
    const store = openSqliteEventStore(join(ahead, 'events.db'));
    const number = (document: number) => assign({ document, certifiedOn: '2024-05-10' });
    await play(store, [openBook({ closesOn: '2024-12-31' }), number(1)]);
    await play(store, [number(2)], '2024-07-10T01:00:00.000Z');
    await play(store, [number(3)], '2024-05-10T02:00:00.000Z');
    await store.close();
    const log = { DATA_DIR: ahead, EVENTSTORE_URL: undefined };
    const asked = replays({ log });
    const at = async (instant: string) => {
      const question = { stream, subject: book, moment: { at: instant } };
      const { revision, state } = await asked.ask(question, asker);
      return [revision, (state as { entries: number }).entries];
    };
    expect(await at('2024-05-10T01:30:00.000Z')).toEqual([1, 1]);
    expect(await at('2024-05-15T00:00:00.000Z')).toEqual([3, 3]);
    expect(await at('2024-08-01T00:00:00.000Z')).toEqual([3, 3]);
    await rm(ahead, { recursive: true, force: true });
  }, 30_000);

  it('is answered of an entry before and after it was corrected, and before it was there', async () => {
    const asked = replays();
    const at = async (revision: number) => {
      const { state } = await asked.ask({ stream, subject: entry(7), moment: { revision } }, asker);
      return (state as { requester: string } | null)?.requester;
    };
    expect([await at(6), await at(7), await at(201)]).toEqual([
      undefined,
      'Lê Thị Cúc',
      'Phạm Văn Dũng',
    ]);
    const instant = { at: '2024-05-10T01:00:03.000Z' };
    const { revision } = await asked.ask({ stream, subject: book, moment: instant }, asker);
    expect(revision).toBe(3);
  }, 30_000);

  it('is no longer asked for a caller who has left; others are answered', async () => {
    const asked = replays();
    const leaving = new AbortController();
    const question = { stream, subject: book, moment: { revision: 200 } };
    const left = asked.ask(question, { ...asker, signal: leaving.signal });
    const stays = asked.ask(question, asker);
    leaving.abort(new Error('gone'));
    await expect(left).rejects.toThrow('gone');
    expect((await stays).revision).toBe(200);
  }, 30_000);

  it('is refused to an account that has too many waiting, and to no other', async () => {
    const asked = replays({ mostWaiting: 3 });
    const question = { stream, subject: book, moment: { revision: 1 } };
    const several = [1, 2, 3, 4, 5].map(() => asked.ask(question, asker));
    const other = asked.ask(question, { account: 'hoa.le', signal });
    const outcomes = (await Promise.allSettled(several)).map(({ status }) => status);
    expect(outcomes).toEqual([...Array<string>(4).fill('fulfilled'), 'rejected']);
    await expect(several[4]).rejects.toThrow(TooManyWaiting);
    expect((await other).revision).toBe(1);
  }, 30_000);

  it('is given up when its time is over', async () => {
    const question = { stream, subject: book, moment: { revision: 1 } };
    await expect(replays({ deadlineMs: 1 }).ask(question, asker)).rejects.toThrow(ReplaysBusy);
  }, 30_000);

  it('ends with an error where the log is not of its stream, and goes on with others', async () => {
    const asked = replays();
    const store = openSqliteEventStore(join(folder, 'events.db'));
    const event = { id: '5b0cbf8b-3a0e-4c7b-9d57-5d0a8f0f7b11', type: 'Unheard', data: {} };
    await store.append(sealStream('BK-X'), 'no-stream', [{ ...event, metadata: {} }]);
    await store.close();
    const seal = { kind: 'seal', id: 'x' } as const;
    const broken = { stream: sealStream('BK-X'), subject: seal, moment: { revision: 5 } };
    await expect(asked.ask(broken, asker)).rejects.toThrow(UnreadableEvent);
    const fine = await asked.ask({ stream, subject: book, moment: { revision: 2 } }, asker);
    expect(fine.revision).toBe(2);
  }, 30_000);
});
