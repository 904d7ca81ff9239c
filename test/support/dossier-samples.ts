import {
  knownCalendar,
  type ExtendDossier,
  type ReceiveDossier,
  type ReturnDossier,
} from '#domain';

/** A Thursday, in the morning: what comes in is due at the end of the day. */
const MORNING = new Date('2026-05-07T09:30:00+07:00');
export const AGENCY_DOSSIER = { agency: 'BK-001', dossier: 'H03.26-0001' };

export const receiveDossier = (given: Partial<ReceiveDossier> = {}): ReceiveDossier => ({
  type: 'ReceiveDossier',
  ...AGENCY_DOSSIER,
  documents: 2,
  requester: 'Lê Thị Cúc',
  calendar: knownCalendar,
  now: MORNING,
  ...given,
});

/** To the next Monday, the second working day behind the day it was due on. */
export const extendDossier = (given: Partial<ExtendDossier> = {}): ExtendDossier => ({
  type: 'ExtendDossier',
  ...AGENCY_DOSSIER,
  dueAt: '2026-05-11T10:00:00+07:00',
  reason: 'Giấy tờ có nhiều trang',
  agreedInWriting: false,
  calendar: knownCalendar,
  now: MORNING,
  ...given,
});

export const returnDossier = (given: Partial<ReturnDossier> = {}): ReturnDossier => ({
  type: 'ReturnDossier',
  ...AGENCY_DOSSIER,
  reason: 'Bản chính đã bị tẩy xóa',
  now: MORNING,
  ...given,
});
