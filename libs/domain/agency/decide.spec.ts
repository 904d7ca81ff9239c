import { describe, expect, it } from '@jest/globals';
import { isAgencyCode } from '../../access/caller.ts';
import { specFor } from '../../../test/support/given.ts';
import type { CalendarDate } from '../calendar.ts';
import { agencyCodeOf, agencyStream, canBeAgencyCode, evolveAgency, noAgency } from './agency.ts';
import type { AgencyCommand, RetireAgency } from './commands.ts';
import { decideAgency } from './decide.ts';
import type { AgencyLevel } from './events.ts';

const { given, played, stateAfter } = specFor({
  initial: noAgency,
  evolve: evolveAgency,
  decide: (state, command: AgencyCommand) => decideAgency(state, command),
});

const day = (text: string) => text as CalendarDate;
const code = 'BK-001';
const register = (name = 'UBND xã Thượng Minh', level: AgencyLevel = 'commune') =>
  ({ type: 'RegisterAgency', code, name, level }) as const;
const edit = (fields: { name?: string; level?: AgencyLevel }, reason = 'Nghị quyết 1683') =>
  ({ type: 'EditAgency', code, ...fields, reason }) as const;
const retire = (change: Partial<RetireAgency> = {}): RetireAgency => ({
  type: 'RetireAgency',
  code,
  successor: 'BK-002',
  reason: 'Sáp nhập xã',
  forebears: [],
  today: day('2025-07-01'),
  ...change,
});
const accept = (predecessor = 'BK-009', today = '2025-06-30') =>
  ({ type: 'AcceptSuccession', code, predecessor, reason: 'Sáp nhập', today: day(today) }) as const;

describe('registering an agency', () => {
  it('records code, name and level', () => {
    given()
      .when(register('  UBND xã  Thượng Minh '))
      .then({
        type: 'AgencyRegistered',
        data: {
          ...{ code, name: 'UBND xã Thượng Minh', level: 'commune' },
          ...{ identifier: null, statisticalCode: null },
        },
      });
  });

  const identifier = 'H55.1.2';
  const statisticalCode = '01921';

  it('records what others call it, and changes only what is asked', () => {
    const registered = { ...register(), statisticalCode };
    given(...played(registered))
      .when(register())
      .thenNothing();
    given(...played(register()))
      .when(registered)
      .thenRefused('AGENCY_EXISTS', { code, name: 'UBND xã Thượng Minh' });
    given(...played(registered))
      .when({ type: 'EditAgency', code, identifier, statisticalCode, reason: 'Bổ sung' })
      .then({
        type: 'AgencyCodesChanged',
        data: { code, changes: { identifier: { from: null, to: identifier } }, reason: 'Bổ sung' },
      });
  });

  it.each(['', '55.H1', 'H5', 'h55', 'H55.', 'H55..1', 'Đ55', `H55.${'1'.repeat(32)}`])(
    'refuses the identifier %j',
    (wrong) => {
      given()
        .when({ ...register(), identifier: wrong })
        .thenRefused('AGENCY_IDENTIFIER');
    },
  );

  it.each(['', '1', '1921', '019210', '1921 ', '٠١٩٢١'])(
    'refuses the code %j of statistics',
    (wrong) => {
      given()
        .when({ ...register(), statisticalCode: wrong })
        .thenRefused('AGENCY_STATISTICAL_CODE');
    },
  );

  it('does nothing when repeated, and refuses the code to another', () => {
    given(...played(register()))
      .when(register())
      .thenNothing();
    given(...played(register()))
      .when(register('UBND xã Ba Bể'))
      .thenRefused('AGENCY_EXISTS', { code, name: 'UBND xã Thượng Minh' });
  });

  it.each(['', 'bk-001', '-BK', 'BK 001', 'BK/1', 'BK_1', 'X'.repeat(33), 'ĐK-1'])(
    'refuses the code %j',
    (wrong) => {
      given()
        .when({ ...register(), code: wrong })
        .thenRefused('AGENCY_CODE');
      expect(isAgencyCode(wrong)).toBe(false);
    },
  );

  it('takes every code a token can name', () => {
    for (const one of ['BK-001', 'H03.24', '0', 'X'.repeat(32)]) {
      expect([canBeAgencyCode(one), isAgencyCode(one)]).toEqual([true, true]);
      expect(agencyCodeOf(agencyStream(one))).toBe(one);
    }
    expect(agencyCodeOf('seal-BK-001')).toBeUndefined();
  });

  it('asks for a name', () => {
    given().when(register(' ')).thenRefused('REQUIRED', { field: 'agencyName' });
    given()
      .when(register('x'.repeat(201)))
      .thenRefused('TOO_LONG', { field: 'agencyName' });
  });
});

describe('changing an agency', () => {
  it('renames it and changes its level, each for a reason', () => {
    given(...played(register()))
      .when(edit({ name: 'UBND phường Bắc Kạn', level: 'province' }))
      .then(
        {
          type: 'AgencyRenamed',
          data: {
            code,
            from: 'UBND xã Thượng Minh',
            to: 'UBND phường Bắc Kạn',
            reason: 'Nghị quyết 1683',
          },
        },
        {
          type: 'AgencyLevelChanged',
          data: { code, from: 'commune', to: 'province', reason: 'Nghị quyết 1683' },
        },
      );
    expect(stateAfter(played(register(), edit({ name: 'A', level: 'district' })))).toMatchObject({
      name: 'A',
      level: 'district',
      state: 'active',
    });
  });

  it('does nothing where nothing differs, and asks why where something does', () => {
    given(...played(register()))
      .when(edit({ name: 'UBND xã Thượng Minh', level: 'commune' }, ''))
      .thenNothing();
    given(...played(register()))
      .when(edit({ level: 'province' }, ' '))
      .thenRefused('REASON');
    given(...played(register()))
      .when(edit({ name: ' ' }))
      .thenRefused('REQUIRED', { field: 'agencyName' });
  });

  it('is refused before it is registered and after it has ended', () => {
    given()
      .when(edit({ name: 'A' }))
      .thenRefused('AGENCY_NOT_FOUND', { code });
    given(...played(register(), retire()))
      .when(edit({ name: 'A' }))
      .thenRefused('AGENCY_RETIRED', { code, retiredOn: '2025-07-01', successor: 'BK-002' });
  });
});

describe('retiring an agency', () => {
  it('ends it today, or on an earlier day, with a successor or without', () => {
    given(...played(register()))
      .when(retire())
      .then({
        type: 'AgencyRetired',
        data: { code, successor: 'BK-002', retiredOn: '2025-07-01', reason: 'Sáp nhập xã' },
      });
    given(...played(register()))
      .when(retire({ successor: null, retiredOn: '2025-03-01' }))
      .then({
        type: 'AgencyRetired',
        data: { code, successor: null, retiredOn: '2025-03-01', reason: 'Sáp nhập xã' },
      });
  });

  it('does nothing when repeated, and is final', () => {
    given(...played(register(), retire()))
      .when(retire({ reason: 'x', today: day('2026-01-01') }))
      .thenNothing();
    given(...played(register(), retire()))
      .when(retire({ successor: 'BK-003' }))
      .thenRefused('AGENCY_RETIRED');
    given(...played(register(), retire()))
      .when(register())
      .thenNothing();
  });

  it('is refused unknown, without reason, on no day or a day to come, and to itself', () => {
    given().when(retire()).thenRefused('AGENCY_NOT_FOUND');
    const registered = given(...played(register()));
    registered.when(retire({ reason: '' })).thenRefused('REASON');
    registered.when(retire({ retiredOn: '2025-02-30' })).thenRefused('DATE_FORMAT');
    registered
      .when(retire({ retiredOn: '2025-07-02' }))
      .thenRefused('DATE_IN_FUTURE', { field: 'retiredOn' });
    registered.when(retire({ successor: code })).thenRefused('SUCCESSOR_SELF');
    registered.when(retire({ successor: 'không có' })).thenRefused('SUCCESSOR_NOT_FOUND');
  });

  it('never closes a circle, near or far', () => {
    given(...played(register(), accept('BK-002')))
      .when(retire())
      .thenRefused('SUCCESSOR_CYCLE', { code, successor: 'BK-002' });
    given(...played(register()))
      .when(retire({ forebears: ['BK-003', 'BK-002'] }))
      .thenRefused('SUCCESSOR_CYCLE');
  });
});

describe('accepting another’s registers', () => {
  it('is recorded once for each', () => {
    given(...played(register()))
      .when(accept())
      .then({
        type: 'SuccessionAccepted',
        data: { code, predecessor: 'BK-009', reason: 'Sáp nhập' },
      });
    given(...played(register(), accept()))
      .when(accept())
      .thenNothing();
    expect(stateAfter(played(register(), accept(), accept('BK-008')))?.accepted).toEqual([
      'BK-009',
      'BK-008',
    ]);
  });

  it('is refused to an agency that is unknown, has ended, or is a district after 30/06/2025', () => {
    given().when(accept()).thenRefused('SUCCESSOR_NOT_FOUND', { code });
    given(...played(register(), retire()))
      .when(accept())
      .thenRefused('SUCCESSOR_RETIRED', { successor: 'BK-002' });
    const district = given(...played(register('UBND huyện Ba Bể', 'district')));
    district.when(accept('BK-009', '2025-06-30')).thenTypes('SuccessionAccepted');
    district.when(accept('BK-009', '2025-07-01')).thenRefused('SUCCESSOR_DISTRICT', { code });
  });
});

it('a log that changes an agency it never registered is damaged', () => {
  const renamed = {
    type: 'AgencyRenamed',
    data: { code, from: 'A', to: 'B', reason: '' },
  } as const;
  expect(() => stateAfter([renamed])).toThrow('never registered');
});

describe('an agency that ended without a successor', () => {
  const ended = played(register(), retire({ successor: null }));

  it('can be given one, and has ended on the day it ended', () => {
    given(...ended)
      .when(retire({ today: day('2025-09-01'), retiredOn: '2025-08-31', reason: 'Bổ sung' }))
      .then({
        type: 'AgencyRetired',
        data: { code, successor: 'BK-002', retiredOn: '2025-07-01', reason: 'Bổ sung' },
      });
  });

  it('keeps it from then on, by the rules for any other', () => {
    given(...ended, ...played(register(), retire()).slice(-1))
      .when(retire({ successor: 'BK-003' }))
      .thenRefused('AGENCY_RETIRED');
    given(...ended)
      .when(retire({ successor: code }))
      .thenRefused('SUCCESSOR_SELF');
    given(...ended)
      .when(retire({ forebears: ['BK-002'] }))
      .thenRefused('SUCCESSOR_CYCLE');
  });
});
