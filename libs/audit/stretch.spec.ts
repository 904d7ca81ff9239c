import { describe, expect, it } from '@jest/globals';
import type { RegisterEvent } from '#domain';
import { evolveStretch, newStretch, stretchThen, type AskedStretch } from './stretch.ts';

const lost = (bookId: string | null, from: number, to: number): RegisterEvent => ({
  type: 'NumbersLost',
  data: { bookId, bookName: null, from, to, reason: 'Mất điện' },
});

function readThrough(events: readonly RegisterEvent[], asked: AskedStretch): number[][] {
  const { lost: numbers, next } = stretchThen(
    events.reduce((stretch, event) => evolveStretch(stretch, event, asked), newStretch()),
    asked,
  );
  const page = [...numbers];
  return next === undefined ? [page] : [page, ...readThrough(events, { ...asked, first: next })];
}

describe('a stretch of a book whose events are lost', () => {
  const events = [lost(null, 1, 3), lost('book-1', 4, 8), lost('book-2', 9, 9)];

  it('begins with the first number that was given of the book, and ends with its last', () => {
    expect(readThrough(events, { bookId: 'book-1', limit: 2 })).toEqual([[4, 5], [6, 7], [8]]);
    expect(readThrough(events, { bookId: 'book-2', limit: 2 })).toEqual([[9]]);
    expect(readThrough(events, { bookId: 'book-3', limit: 2 })).toEqual([[]]);
  });

  it('goes on with the first number of the book where it was asked for before that', () => {
    const asked = { bookId: 'book-1', first: 1 };
    expect(readThrough(events, { ...asked, limit: 2 })).toEqual([[], [4, 5], [6, 7], [8]]);
    expect(readThrough(events, { ...asked, limit: 5 })).toEqual([
      [4, 5],
      [6, 7, 8],
    ]);
  });

  it('is empty beyond the last number of the book', () => {
    expect(readThrough(events, { bookId: 'book-1', first: 9, limit: 2 })).toEqual([[]]);
  });
});
