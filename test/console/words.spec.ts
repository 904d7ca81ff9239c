import { describe, expect, it } from '@jest/globals';
import { bookStatusLabels, entryStateLabels, eventLabels, proposalStateLabels } from '#domain';
import { en } from '../../apps/console/words/en.ts';
import { vi } from '../../apps/console/words/vi.ts';

describe('the words of the console', () => {
  it('are the service’s own for what it has names for, with none left out', () => {
    expect(vi.auditor.events).toEqual(eventLabels);
    expect(vi.books.statuses).toEqual(bookStatusLabels);
    expect(vi.entries.states).toEqual(entryStateLabels);
    expect(vi.proposals.states).toEqual(proposalStateLabels);
  });

  it('are all there in English, each under its name', () => {
    const namesIn = (words: object, path = ''): readonly string[] =>
      Object.entries(words).flatMap(([name, value]: [string, unknown]) =>
        typeof value === 'object' && value !== null
          ? namesIn(value, `${path}${name}.`)
          : [`${path}${name}`],
      );
    expect([...namesIn(en)].sort()).toEqual([...namesIn(vi)].sort());
  });
});
