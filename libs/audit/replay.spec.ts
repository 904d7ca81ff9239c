import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { applyChanges, registerStream } from '#domain';
import { openSqliteEventStore, type EventStore } from '#event-store';
import {
  assign,
  closeBook,
  correct,
  editBook,
  openBook,
  pause,
  register,
  resume,
  revoke,
  voidNumber,
} from '../../test/support/register-samples.ts';
import { play } from '../../test/support/stores.ts';
import { answerAll, type AsOf } from './as-of.ts';
import { toldFields } from './difference.ts';
import type { Subject } from './folding.ts';
import { lastRevision, replay, replayPage, type ReplaySpan, type ReplayStep } from './replay.ts';

const stream = registerStream(register);
const book = { kind: 'book', bookId: 'book-1' } as const;
const entry = (number: number) => ({ kind: 'entry', bookId: 'book-1', number }) as const;
const isGone = () => false;

let folder: string;
let store: EventStore;

async function stepsOf(span: Partial<ReplaySpan> = {}): Promise<readonly ReplayStep[]> {
  const last = await lastRevision(store, stream);
  const steps: ReplayStep[] = [];
  for await (const step of replay(store, stream, { from: 0, last, ...span })) steps.push(step);
  return steps;
}

async function asOf(subject: Subject, revision: number): Promise<object | null> {
  let found: AsOf | undefined;
  const question = { stream, subject, moment: { revision } };
  const answer = (one: AsOf) => {
    found = one;
  };
  await answerAll(store.readStream(stream), [{ question, answer, isGone }]);
  return found?.state ?? null;
}

const changedIn = (step: ReplayStep | undefined, kind: string) =>
  step?.things
    .filter((thing) => thing.kind === kind)
    .flatMap(({ fields }) => fields.filter(({ changed }) => changed))
    .map(({ label, fromText, toText }) => [label, fromText, toText]);

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'replay-'));
  store = openSqliteEventStore(join(folder, 'events.db'));
  await play(store, [
    openBook({ closesOn: '2024-12-30', openedOn: '2024-05-11' }),
    editBook({ openedOn: '2024-05-10', closesOn: '2024-12-31' }),
    ...[1, 2, 3, 4].map((document) => assign({ document })),
    correct({ number: 2, copies: 5 }),
    correct({ number: 2, requester: 'Phạm Văn Dũng' }),
    voidNumber({ number: 3 }),
    revoke({ number: 1 }),
    pause({ knownLast: 6 }),
    resume({ lastGiven: 6 }),
    closeBook(),
  ]);
}, 30_000);

afterAll(async () => {
  await store.close();
  await rm(folder, { recursive: true, force: true });
});

describe('a stream replayed', () => {
  it('tells each event in order: who, when, what, and what it changed', async () => {
    const steps = await stepsOf();
    expect(steps.map(({ revision }) => revision)).toEqual(steps.map((_, index) => index));
    expect(steps[7]).toMatchObject({
      type: 'EntryCorrected',
      label: 'Đính chính',
      entry: 2,
      actor: 'Trần Thị Bình',
      occurredAt: '2024-05-10T01:00:07.000Z',
      reason: 'Ghi sai',
    });
    expect(changedIn(steps[7], 'entry')).toEqual([
      ['Họ tên người yêu cầu chứng thực', 'Lê Thị Cúc', 'Phạm Văn Dũng'],
      ['Số lần đính chính', '1', '2'],
    ]);
    expect(changedIn(steps[6], 'book')).toEqual([['Số bản sao', '8', '11']]);
    expect(changedIn(steps[8], 'entry')).toContainEqual(['Trạng thái', 'Đã cấp số', 'Đã hủy số']);
    expect(changedIn(steps[10], 'register')).toContainEqual([
      'Trạng thái',
      'Đang cấp số',
      'Tạm dừng cấp số',
    ]);
    expect(changedIn(steps[11], 'register')).toContainEqual(['Mất dữ liệu', '–', '5 – 6']);
    expect(changedIn(steps.at(-1), 'book')).toContainEqual(['Trạng thái', 'Đang mở', 'Đã khóa']);
  });

  it('tells the state after each event as as-of has it, and its own changes lead there', async () => {
    const told = new Map<string, object>();
    for (const { revision, things } of await stepsOf()) {
      for (const { kind, number, fields } of things) {
        if (kind !== 'book' && kind !== 'entry') continue;
        const key = `${kind} ${number}`;
        const nothing = toldFields(kind, null);
        const changes = fields.filter(({ changed }) => changed);
        const after = applyChanges(
          told.get(key) ?? nothing,
          Object.fromEntries(changes.map((one) => [one.field, one])),
        );
        told.set(key, after);
        const state = await asOf(kind === 'book' ? book : entry(number ?? 0), revision);
        expect([revision, after]).toEqual([revision, toldFields(kind, state)]);
      }
    }
    expect(told.size).toBe(5);
  });

  it('is the same in pages as in one', async () => {
    const pages: ReplayStep[] = [];
    for (let from = 0; from < 14; from += 3) {
      const page = await replayPage(store, stream, { from, limit: 3, isGone });
      expect(page.last).toBe(13);
      pages.push(...page.steps);
    }
    expect(pages).toEqual(await stepsOf());
  });

  it('ends at a revision, at an instant, and behind the last event', async () => {
    const revisions = async (span: Partial<ReplaySpan>) =>
      (await stepsOf(span)).map(({ revision }) => revision);
    expect(await revisions({ from: 2, until: { revision: 4 } })).toEqual([2, 3, 4]);
    expect(await revisions({ until: { at: '2024-05-10T01:00:02.000Z' } })).toEqual([0, 1, 2]);
    expect(await revisions({ from: 5, until: { at: '2024-05-10T01:00:02.000Z' } })).toEqual([]);
    expect(await revisions({ from: 12, until: { revision: 99 } })).toEqual([12, 13]);
    expect(await revisions({ from: 14 })).toEqual([]);
  });

  it('that never was is empty', async () => {
    const page = await replayPage(store, 'seal-BK-X', { from: 3, limit: 5, isGone });
    expect(page).toEqual({ steps: [], last: -1 });
  });
});
