import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { agencySearch } from '../operator/agency-search.ts';
import { booksSearch } from '../books/books-search.ts';
import { dossierSearch } from '../dossiers/dossier-search.ts';
import { historySearch } from '../auditor/history-search.ts';
import { timelineSearch } from '../auditor/timeline-search.ts';

describe('what stands in an address', () => {
  it('is read where it is what it should be, and else left out', () => {
    const raw = {
      them: true,
      sua: 'q1',
      xoa: '',
      trang: 0,
      nam: 2024,
      xep: null,
      trangthai: ['x'],
    };
    expect(booksSearch(raw)).toEqual({ them: true, sua: 'q1', nam: 2024 });
    expect(timelineSearch({ luong: 'x'.repeat(301), tai: 0, moc: '2024-05-10' })).toEqual({
      tai: 0,
      moc: '2024-05-10',
    });
  });

  it('may be a code of digits alone, which comes as a number', () => {
    expect(agencySearch({ sua: 26734 })).toEqual({ sua: '26734' });
    expect(dossierSearch({ hen: 7 })).toEqual({ hen: '7' });
    expect(historySearch({ hoso: 12, so: 12 })).toEqual({ hoso: '12', so: 12 });
  });

  it('is a page only where there may be one, whoever wrote it', () => {
    fc.assert(
      fc.property(fc.anything(), (trang) => {
        const { trang: page } = agencySearch({ trang });
        expect(page === undefined || (Number.isSafeInteger(page) && page >= 1)).toBe(true);
      }),
    );
  });
});
