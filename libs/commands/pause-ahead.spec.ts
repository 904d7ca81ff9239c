import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { registerStream } from '#domain';
import { openBook, register } from '../../test/support/register-samples.ts';
import {
  appendUnreadable,
  embeddedStores,
  play,
  type TestStores,
} from '../../test/support/stores.ts';
import { pausingAhead, type Paused } from './pause-ahead.ts';
import { Runners } from './runners.ts';

let stores: TestStores;

beforeEach(async () => {
  stores = await embeddedStores();
});

afterEach(() => stores.dispose());

describe('a log that knows fewer numbers than the read models', () => {
  it('has its registers paused; one that cannot be read keeps no other from it, and is told with its number', async () => {
    const { eventStore } = stores;
    const newer = { ...register, agency: 'BK-009' };
    await appendUnreadable(eventStore, newer);
    await play(eventStore, [openBook()]);
    const told: Paused[] = [];
    const runners = new Runners(eventStore);
    const pause = pausingAhead({ runners, eventStore }, (_, detail) => void told.push(detail));
    await pause([newer, register].map((one) => ({ register: one, lastNumber: 7 })));
    const { state } = await runners.registers.load(registerStream(register));
    expect(state.paused).toMatchObject({ knownLast: 7 });
    expect(told.map(({ streams }) => streams)).toEqual([
      [registerStream(register)],
      [expect.stringMatching(/^register-BK-009-\S+ \(7\): .*no event this version/)],
    ]);
  });
});
