import type { AssignEntryNumber, EndMandate, Mandate, RecordMandate } from '#domain';
import { day } from './register-samples.ts';

/** The first working day on which who stands in for the chairman needs a mandate, and its register. */
export const MANDATE_DAY = '2025-11-03';
export const in2025 = { agency: 'BK-001', type: 'SCTDT.BS', year: 2025 };

const fields = {
  mandateKind: 'assignment',
  holderFullName: 'Nguyễn Văn An',
  holderTitle: 'Phó Chủ tịch UBND',
  holderAccount: 'an.nguyen',
  mandateIssuer: 'Chủ tịch UBND xã Thượng Minh',
  mandateNumber: '15/QĐ-UBND',
  issuedOn: '2025-10-30',
  scope: null,
  validFrom: '2025-11-01',
  validTo: null,
} as const satisfies RecordMandate['fields'];

export const recordMandate = (
  given: Partial<RecordMandate['fields']> = {},
  id = 'mandate-1',
): RecordMandate => ({
  type: 'RecordMandate',
  id,
  fields: { ...fields, ...given },
  today: day(MANDATE_DAY),
});

export const endMandate = (given: Partial<EndMandate> = {}): EndMandate => ({
  type: 'EndMandate',
  id: 'mandate-1',
  reason: 'Phân công lại',
  today: day(MANDATE_DAY),
  ...given,
});

export const mandate = (given: Partial<RecordMandate['fields']> = {}): Mandate => ({
  id: 'mandate-1',
  ...fields,
  ...given,
  state: 'recorded',
});

/** What a command on that day says where the deputy signs by his mandate. */
export const standingIn = (given: Partial<StandingIn> = {}) => ({
  register: in2025,
  authority: 'KT.' as const,
  mandates: { revision: 0, mandates: [mandate()] },
  today: day(MANDATE_DAY),
  ...given,
});

type StandingIn = Pick<
  AssignEntryNumber,
  'authority' | 'mandates' | 'signature' | 'certifiedOn' | 'certifierTitle'
>;
