import { describe, expect, it } from '@jest/globals';
import { isOfAgency } from './ownership.ts';

describe('whose an event is', () => {
  it.each([
    ['register-BK-001-SCTDT.BS-2024', 'BK-SUCCESSOR', 'BK-001'],
    ['agency-BK-001', 'TINH', 'BK-001'],
    ['seal-BK-001', 'BK-001', 'BK-001'],
    ['mandates-BK-001', 'BK-001', 'BK-001'],
    ['dossier-BK-001/H03%2F1', 'BK-SUCCESSOR', 'BK-001'],
    ['signatures-BK-001/a', 'BK-001', 'BK-001'],
    ['signature-BK-001-a', 'BK-001', 'BK-001'],
  ])('%s, written by one of %s, is of %s', (stream, actorAgency, agency) => {
    expect(isOfAgency(stream, actorAgency, agency)).toBe(true);
  });

  it.each([
    ['register-BK-001-SCTDT.BS-2024', 'BK', 'BK'],
    ['signature-BK-001-a', 'BK-001', 'BK'],
    ['seal-BK-001', 'BK', 'BK'],
    ['mandates-BK-001', 'BK', 'BK'],
    ['dossier-BK-001/H03', 'BK', 'BK'],
  ])('%s, written by one of %s, is not of %s', (stream, actorAgency, agency) => {
    expect(isOfAgency(stream, actorAgency, agency)).toBe(false);
  });
});
