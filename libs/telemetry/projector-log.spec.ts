import { describe, expect, it } from '@jest/globals';
import pino from 'pino';
import { projectorLog } from './projector-log.ts';

describe('what the projections tell', () => {
  const lines: object[] = [];
  const met: string[] = [];
  const log = pino(
    { level: 'info' },
    { write: (text) => void lines.push(JSON.parse(text) as object) },
  );
  const told = projectorLog(log, {
    met: (service, { name, message }) => void met.push(`${service} ${name} ${message}`),
  });

  it('is an outage where a store is why, however often it is said', () => {
    for (const error of ['EventStoreUnavailable: gone', 'EventStoreRefuses: denied']) {
      told('error', 'projector: interrupted, trying again', { error });
    }
    const error = 'ReadStoreUnavailable: read models: gone';
    told('error', 'projector: a projection failed', { name: 'book_list', error, attempts: 9 });
    expect(lines).toEqual([]);
    expect(met).toEqual([
      'eventStore EventStoreUnavailable gone',
      'eventStore EventStoreUnavailable denied',
      'readStore ReadStoreUnavailable read models: gone',
    ]);
  });

  it('is a line of the log where anything else is', () => {
    told('info', 'projector: dropped what is no longer needed', { names: [] });
    told('error', 'projector: a projection has stopped', { error: 'TypeError: x' });
    expect(lines).toMatchObject([
      { level: 30, names: [] },
      { level: 50, error: 'TypeError: x' },
    ]);
  });
});
