import { describe, expect, it } from '@jest/globals';
import type { CalendarDate } from '../calendar.ts';
import type { Agency } from './agency.ts';
import { barrier, isSuccessorsDuty, type AgencyPolicy } from './barrier.ts';

const today = (text: string) => text as CalendarDate;
const commune: Agency = {
  code: 'BK-001',
  name: 'UBND xã Thượng Minh',
  level: 'commune',
  fourEyes: false,
  identifier: null,
  statisticalCode: null,
  accepted: [],
  state: 'active',
};
const district: Agency = { ...commune, level: 'district' };
const retired: Agency = {
  ...commune,
  state: 'retired',
  successor: 'BK-002',
  retiredOn: '2025-07-01',
  retireReason: 'Sáp nhập',
};
const at = (agency: Agency | null, date: string, policy: AgencyPolicy = 'registered') =>
  barrier(agency, 'BK-001', { policy, today: today(date) })?.code;

describe('what stands in the way of an agency’s commands', () => {
  it('is nothing while it is active', () => {
    expect(at(commune, '2099-12-31')).toBeUndefined();
    expect(at({ ...commune, level: 'province' }, '2099-12-31')).toBeUndefined();
  });

  it('is that nobody registered it, where registration is asked for', () => {
    expect(at(null, '2024-05-10')).toBe('AGENCY_NOT_FOUND');
    expect(at(null, '2024-05-10', 'open')).toBeUndefined();
  });

  it.each(['open', 'registered'] as const)('is that it has ended, %s or not', (policy) => {
    expect(at(retired, '2024-05-10', policy)).toBe('AGENCY_RETIRED');
    expect(at(district, '2025-07-01', policy)).toBe('AGENCY_DISTRICT_ENDED');
  });

  it('is for a district the end of 30/06/2025', () => {
    expect(at(district, '2025-06-30')).toBeUndefined();
    expect(at(district, '2025-07-01')).toBe('AGENCY_DISTRICT_ENDED');
    expect(at({ ...retired, level: 'district' }, '2025-07-01')).toBe('AGENCY_RETIRED');
  });

  it('leaves a successor to finish, never to begin', () => {
    const may = ['CloseBook', 'CorrectEntry', 'VoidEntryNumber', 'RevokeCertification'] as const;
    const mayNot = [
      ...(['OpenBook', 'EditBook', 'DiscardBook', 'AssignEntryNumber'] as const),
      ...(['RegisterSignature', 'EditSignature', 'RevokeSignature'] as const),
      ...(['RegisterSeal', 'EditSeal', 'RevokeSeal'] as const),
    ];
    expect(may.map(isSuccessorsDuty)).toEqual(may.map(() => true));
    expect(mayNot.map(isSuccessorsDuty)).toEqual(mayNot.map(() => false));
  });
});
