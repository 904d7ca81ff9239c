import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { runAgency, Runners } from '#commands';
import { registerStream, registerTypes, vietnameseDate, yearOf } from '#domain';
import { openBook, register } from '../../../test/support/register-samples.ts';
import {
  appendUnreadable,
  embeddedStores,
  play,
  type TestStores,
} from '../../../test/support/stores.ts';
import { contextOf, pauseAfterLoss } from './pause.ts';

const operator = { account: 'van.hanh', name: 'Quản trị' };
const reason = 'Phục hồi từ bản sao lưu';

let stores: TestStores;

beforeEach(async () => {
  stores = await embeddedStores();
});

afterEach(() => stores.dispose());

/** A clock so many years ahead of the machine's, by which the log records. */
const yearsOn = (years: number) => (): Date => {
  const date = new Date();
  date.setUTCFullYear(date.getUTCFullYear() + years);
  return date;
};

async function pausedYears(agency: string, runners: Runners): Promise<number[]> {
  const thisYear = yearOf(vietnameseDate(runners.now()));
  const paused: number[] = [];
  for (let year = thisYear - 4; year <= thisYear; year += 1) {
    const stream = registerStream({ agency, type: 'SCTDT.BS', year });
    if ((await runners.registers.load(stream)).state.paused) paused.push(year - thisYear);
  }
  return paused;
}

describe('a log that is put back in a later year, with nothing else that remembers', () => {
  it.each([
    [0, [0]],
    [1, [-1, 0]],
    [2, [-2, -1, 0]],
  ])(
    'pauses what any agency may have begun since its last event (%s years on)',
    async (years, expected) => {
      const { eventStore } = stores;
      const runners = new Runners(eventStore, { now: yearsOn(years) });
      const command = {
        type: 'RegisterAgency',
        code: 'BK-001',
        name: 'UBND xã Thử',
        level: 'commune',
      } as const;
      await runAgency(runners, command, { context: contextOf(operator, 'BK-001') });
      const after = await pauseAfterLoss({ runners, eventStore }, [], { reason, operator });
      expect(after).toEqual({ paused: expected.length * registerTypes.length, unpaused: [] });
      expect(await pausedYears('BK-001', runners)).toEqual(expected);
    },
  );

  it('pauses the others where one register cannot be read, and names that one with what was known', async () => {
    const { eventStore } = stores;
    const runners = new Runners(eventStore, { now: yearsOn(0) });
    const newer = { ...register, agency: 'BK-009' };
    await play(eventStore, [openBook()]);
    await appendUnreadable(eventStore, newer);
    const known = [{ register: newer, lastNumber: 7 }];
    const after = await pauseAfterLoss({ runners, eventStore }, known, { reason, operator });
    expect(after).toEqual({
      paused: 1,
      unpaused: [
        expect.stringMatching(/^register-BK-009-.*no event this version.*--known-last 7$/),
      ],
    });
  });

  it('pauses nothing where the log holds nothing', async () => {
    const { eventStore } = stores;
    const runners = new Runners(eventStore, { now: yearsOn(0) });
    const after = await pauseAfterLoss({ runners, eventStore }, [], { reason, operator });
    expect(after.paused).toBe(0);
  });
});
