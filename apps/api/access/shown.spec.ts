import { describe, expect, it } from '@jest/globals';
import { shownIn } from './shown.ts';

const entry = { number: 7, requester: 'Lê Thị Cúc' };
const event = { causationId: 'c', entry: 7, changes: [] };

describe('what an answer shows of the registers', () => {
  it.each([
    ['an entry', entry, { kind: 'entry', count: 1, numbers: [7] }],
    [
      'one inside a command’s answer',
      { entry, revision: 3 },
      { kind: 'entry', count: 1, numbers: [7] },
    ],
    [
      'one in a refusal',
      { code: 'CONFLICT', current: entry },
      { kind: 'entry', count: 1, numbers: [7] },
    ],
    [
      'a list',
      { items: [entry, { ...entry, number: 8 }] },
      { kind: 'entries', count: 2, numbers: [7, 8] },
    ],
    ['history', { items: [event, event] }, { kind: 'history', count: 2, numbers: [7] }],
    [
      'a book’s history',
      { items: [{ ...event, entry: null }] },
      { kind: 'history', count: 1, numbers: [] },
    ],
    [
      'an earlier state',
      { state: entry, revision: 1, occurredAt: 't' },
      { kind: 'as-of', count: 1, numbers: [7] },
    ],
    [
      'what changed between two moments',
      { entry: 7, from: {}, to: {}, changes: [{ field: 'requester' }] },
      { kind: 'as-of', count: 1, numbers: [7] },
    ],
    [
      'an entry of one column',
      { items: [{ documentTitle: 'Bằng' }] },
      { kind: 'entries', count: 1, numbers: [] },
    ],
    [
      'what it is asked to become',
      { items: [{ number: 7, proposed: 'Họ tên: A → B', proposedBy: 'Bình' }] },
      { kind: 'entries', count: 1, numbers: [7] },
    ],
    [
      'entries of an earlier day',
      { occurredAt: 't', revision: 3, entries: [entry, { ...entry, number: 8 }], lost: [] },
      { kind: 'as-of', count: 2, numbers: [7, 8] },
    ],
    [
      'entries between two moments',
      { from: {}, to: {}, entries: [{ number: 8, changes: [{ field: 'requester' }] }] },
      { kind: 'as-of', count: 1, numbers: [8] },
    ],
    [
      'an entry deep inside',
      { a: [{ b: { c: entry } }] },
      { kind: 'entry', count: 1, numbers: [7] },
    ],
  ])('is seen in %s', (_name, body, shown) => {
    expect(shownIn(body)).toEqual(shown);
  });

  it.each([
    ['nothing at all', undefined],
    ['a book', { book: { name: '01/2024', openedBy: 'Bình' } }],
    ['a refusal', { code: 'NOT_FOUND', field: 'requester' }],
    ['a state that was not yet', { state: null, revision: -1, occurredAt: null }],
    ['two moments between which nothing changed', { entry: 7, from: {}, to: {}, changes: [] }],
    ['an empty list', { items: [], total: 0 }],
  ])('is nothing in %s', (_name, body) => {
    expect(shownIn(body)).toBeUndefined();
  });
});
