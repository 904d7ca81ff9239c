import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import pino from 'pino';
import { EventStoreRefuses, EventStoreUnavailable } from '#event-store';
import { ReadStoreUnavailable } from '#read-store';
import { until } from '../../test/support/until.ts';
import { Outages } from './outages.ts';

type Service = 'eventStore' | 'readStore';

interface Line {
  readonly level: number;
  readonly msg: string;
  readonly reason?: string;
  readonly remedy?: string;
  readonly refused?: number;
}

const lines: Line[] = [];
const log = pino({ level: 'info' }, { write: (text) => void lines.push(JSON.parse(text) as Line) });
const away = new Map<Service, Error>();
const watched = (service: Service) => ({
  probe: () => {
    const trouble = away.get(service);
    return trouble ? Promise.reject(trouble) : Promise.resolve();
  },
  away: `${service} is away`,
  back: `${service} is back`,
});
const one = { refused: 1 };

let outages: Outages<Service>;
beforeEach(() => {
  lines.length = 0;
  away.clear();
  outages = new Outages(log, {
    eventStore: watched('eventStore'),
    readStore: watched('readStore'),
  });
});
afterEach(() => outages.close());

describe('a store that is away', () => {
  it.each([
    ['eventStore', new EventStoreUnavailable('gone')],
    ['readStore', new ReadStoreUnavailable('gone')],
  ] as const)(
    'is told of once and its return once, with the refused: %s',
    async (service, gone) => {
      away.set(service, gone);
      for (let n = 0; n < 1000; n += 1) outages.met(service, gone, one);
      expect(lines).toMatchObject([{ level: 50, reason: 'gone' }]);
      expect(lines[0]).not.toHaveProperty('err');
      away.clear();
      await until(() => lines.length > 1);
      expect(lines).toMatchObject([{}, { level: 40, refused: 1000 }]);
    },
  );

  it('is told of at start, before anybody was refused', async () => {
    away.set('readStore', new ReadStoreUnavailable('gone'));
    await outages.look(['eventStore', 'readStore']);
    away.clear();
    await until(() => lines.length > 1);
    expect(lines).toMatchObject([{ reason: 'gone' }, { refused: 0 }]);
  });

  it('is told of where nobody asks for it', async () => {
    const looking = outages.keepLooking(['eventStore', 'readStore'], 5);
    away.set('readStore', new ReadStoreUnavailable('gone'));
    await until(() => lines.length > 0);
    away.clear();
    await until(() => lines.length > 1);
    outages.close();
    await looking;
    expect(lines).toMatchObject([{ msg: 'readStore is away' }, { msg: 'readStore is back' }]);
  });

  it('is told of apart from another', () => {
    outages.met('eventStore', new EventStoreUnavailable('gone'), one);
    outages.met('readStore', new ReadStoreUnavailable('gone'), one);
    expect(lines).toHaveLength(2);
  });

  it('is told of again where a person has to act, each remedy once', () => {
    const gone = new EventStoreUnavailable('gone');
    const denied = new EventStoreRefuses('denied', 'let it in');
    for (const error of [gone, denied, gone, denied]) outages.met('eventStore', error, one);
    expect(lines).toMatchObject([{ reason: 'gone' }, { reason: 'denied', remedy: 'let it in' }]);
  });

  it('is looked for less often where it goes again as soon as it is back', async () => {
    const gone = new EventStoreUnavailable('the disk is full');
    outages.met('eventStore', gone, one);
    await until(() => lines.length === 2);
    const began = performance.now();
    outages.met('eventStore', gone, one);
    await until(() => lines.length === 4);
    expect(performance.now() - began).toBeGreaterThan(1900);
  });
});
