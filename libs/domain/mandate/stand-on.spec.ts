import { describe, expect, it } from '@jest/globals';
import {
  assign,
  confirm,
  correct,
  day,
  openBook,
  proposeCorrection,
  registerSpec,
} from '../../../test/support/register-samples.ts';
import { in2025, mandate, standingIn } from '../../../test/support/mandate-samples.ts';
import type { EntryNumberAssigned } from '../register/events.ts';
import type { Mandate } from './mandate.ts';

const { given, played, stateAfter } = registerSpec;
const year = openBook({
  register: in2025,
  name: '01/2025',
  openedOn: '2025-10-01',
  closesOn: '2025-12-31',
});
const known = (...mandates: readonly Mandate[]) => ({ revision: mandates.length - 1, mandates });
const signed = { account: 'an.nguyen', id: 's-1', version: 1, sha256: 'a'.repeat(64) };
const assigned = (command: Parameters<typeof assign>[0]) => {
  const [event] = given(...played(year))
    .when(assign(command))
    .events();
  return (event as EntryNumberAssigned).data;
};

describe('from 01/11/2025 who signs in the chairman’s place', () => {
  it.each(['KT.', 'TL.', 'TUQ.'] as const)('as %s is refused without a mandate', (authority) => {
    given(...played(year))
      .when(assign(standingIn({ authority, mandates: undefined })))
      .thenRefused('MANDATE_MISSING', { authority, lack: 'person', since: '2025-11-01' });
  });

  it.each([null, 'TM.'] as const)('and not the chairman himself (%s)', (authority) => {
    expect(assigned(standingIn({ authority, mandates: undefined })).mandate).toBeNull();
  });

  it('stands on the mandate, by the revision that was read', () => {
    const other = { ...mandate({ holderFullName: 'Lê Văn Bình' }), id: 'mandate-2' };
    const mandates = known(mandate(), other);
    expect(assigned(standingIn({ mandates })).mandate).toEqual({
      id: 'mandate-1',
      mandateNumber: '15/QĐ-UBND',
      revision: 1,
    });
  });

  it('goes by the day of certification, not by the day it is recorded', () => {
    const late = standingIn({ certifiedOn: '2025-10-31', mandates: undefined });
    expect(assigned(late).mandate).toBeNull();
    const begun = known(mandate({ issuedOn: '2025-11-03', validFrom: '2025-11-03' }));
    given(...played(year))
      .when(assign(standingIn({ certifiedOn: '2025-11-02', mandates: begun })))
      .thenRefused('MANDATE_MISSING', { lack: 'dates', certifiedOn: '2025-11-02' });
  });

  it.each([
    ['person', mandate({ holderFullName: 'Nguyễn Văn Ân' })],
    ['title', mandate({ holderTitle: 'Trưởng phòng' })],
    ['account', mandate({ holderAccount: 'khac' })],
    ['scope', mandate({ scope: ['SCT.BS'] })],
    ['dates', mandate({ validFrom: '2025-11-04' })],
    ['dates', mandate({ validTo: '2025-11-02' })],
    [
      'dates',
      { ...mandate(), state: 'ended', endedOn: '2025-11-03', endReason: 'Phân công lại' } as const,
    ],
  ])('is told that the %s does not fit', (lack, one) => {
    given(...played(year))
      .when(assign(standingIn({ signature: signed, mandates: known(one) })))
      .thenRefused('MANDATE_MISSING', { lack: lack as never });
  });

  it('is told of the nearest of several', () => {
    const mandates = known(
      mandate({ validFrom: '2025-11-04' }),
      mandate({ holderTitle: 'Trưởng phòng' }),
    );
    given(...played(year))
      .when(assign(standingIn({ mandates })))
      .thenRefused('MANDATE_MISSING', { lack: 'dates' });
  });

  it('is known by name and title whatever their case and blanks', () => {
    const mandates = known(mandate({ holderFullName: 'NGUYỄN VĂN AN' }));
    const command = standingIn({ mandates, certifierTitle: 'Phó  chủ tịch UBND' });
    expect(assigned(command).mandate?.id).toBe('mandate-1');
  });

  it('has a number already, and gets the same whatever became of the mandate', () => {
    given(...played(year, assign(standingIn())))
      .when(assign(standingIn({ mandates: undefined })))
      .thenNothing();
  });
});

describe('a correction of who certified', () => {
  const own = assign(standingIn({ authority: null }));
  const to = { ...standingIn({ mandates: undefined }), number: 1 };

  it.each([{ authority: 'KT.' }, { authority: 'TUQ.', certifierFullName: 'Lê Văn Bình' }] as const)(
    'obeys the same rule: %j',
    (change) => {
      given(...played(year, own))
        .when(correct({ register: in2025, today: day('2025-11-03'), ...change }))
        .thenRefused('MANDATE_MISSING');
    },
  );

  it('records what the certification stands on now, and nothing where it needs nothing', () => {
    const before = played(year, own);
    const mandated = played(year, own, correct({ ...to, ...standingIn() }));
    expect(mandated.at(-1)?.data).toMatchObject({ mandate: { id: 'mandate-1', revision: 0 } });
    expect(stateAfter(before).entries.get(1)?.mandate).toBeNull();
    expect(stateAfter(mandated).entries.get(1)?.mandate).toMatchObject({ id: 'mandate-1' });
    const back = correct({ register: in2025, today: day('2025-11-03'), authority: null });
    const [event] = given(...mandated)
      .when(back)
      .events();
    expect(event?.data).toMatchObject({ mandate: null });
  });

  it('of anything else leaves it as it was, whatever became of the mandate', () => {
    const before = played(year, assign(standingIn()));
    const copies = correct({ register: in2025, today: day('2025-11-03'), copies: 3 });
    const [event] = given(...before)
      .when(copies)
      .events();
    expect(event?.data).toMatchObject({ mandate: { id: 'mandate-1', revision: 0 } });
  });

  it('is held to it again when another account confirms it', () => {
    const asked = proposeCorrection({ ...to, ...standingIn() });
    const about = { register: in2025, today: day('2025-11-04') };
    const before = played(year, own, asked);
    given(...before)
      .when(confirm(about))
      .thenRefused('MANDATE_MISSING');
    const [event] = given(...before)
      .when(confirm({ ...about, mandates: known(mandate()) }))
      .events();
    expect(event?.data).toMatchObject({ mandate: { id: 'mandate-1', revision: 0 } });
  });
});
