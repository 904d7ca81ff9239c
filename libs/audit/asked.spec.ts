import { describe, expect, it } from '@jest/globals';
import { askedFor } from './asked.ts';

const path = '/v1/agencies/BK-001/books/b/entries';

describe('what a request asked for', () => {
  it('is its path, its paging, and the names of what was searched by', () => {
    expect(askedFor(`${path}?limit=20&search=C%C3%BAc&dossier=H03&sort=-number`)).toEqual({
      path,
      query: { limit: '20', sort: '-number' },
      searched: ['search', 'dossier'],
    });
  });

  it('tells that something was searched behind any length of other parameters', () => {
    const filler = `limit=1&${'x'.repeat(3000)}=1`;
    expect(askedFor(`${path}?${filler}&search=x`).searched).toEqual(['other', 'search']);
  });

  it.each([
    ['a cursor, which holds the last row’s name', 'after=TmfDtA'],
    ['a parameter there is not yet', 'requester=C%C3%BAc'],
    ['a name where a word belongs', 'sort=L%C3%AA Th%E1%BB%8B C%C3%BAc'],
    ['a second value', 'limit=1&limit=Cuc'],
    ['a name as a parameter', 'L%C3%AA%20Th%E1%BB%8B%20C%C3%BAc=1'],
  ])('keeps no value of %s', (_name, query) => {
    expect(JSON.stringify(askedFor(`${path}?${query}`))).not.toMatch(/C(ú|u|%C3)|TmfDtA/);
  });

  it('is bounded whatever is sent', () => {
    const many = Array.from({ length: 500 }, (_, index) => `p${index}=${'y'.repeat(90)}`);
    const asked = askedFor(`${path}?${many.join('&')}`);
    expect(asked.searched).toHaveLength(20);
  });

  it('is a path alone where nothing else was sent', () => {
    expect(askedFor(path)).toEqual({ path, query: {}, searched: [] });
  });
});
