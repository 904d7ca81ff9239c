import { describe, expect, it } from '@jest/globals';
import { day } from '../../../test/support/register-samples.ts';
import { specFor } from '../../../test/support/given.ts';
import { endMandate, recordMandate } from '../../../test/support/mandate-samples.ts';
import type { MandateCommand } from './commands.ts';
import { decideMandates } from './decide.ts';
import { evolveMandates, mandateStatus, noMandates, type Mandates } from './mandate.ts';

const { given, played, stateAfter } = specFor({
  initial: noMandates,
  evolve: evolveMandates,
  decide: (state: Mandates, command: MandateCommand) => decideMandates(state, command),
});

describe('recording a mandate', () => {
  it('keeps what the document says, tidied', () => {
    const [event] = given()
      .when(recordMandate({ holderFullName: ' Nguyễn  Văn An ', scope: ['SCT.BS', 'SCTDT.BS'] }))
      .events();
    expect(event).toEqual({
      type: 'MandateRecorded',
      data: {
        id: 'mandate-1',
        mandateKind: 'assignment',
        holderFullName: 'Nguyễn Văn An',
        holderTitle: 'Phó Chủ tịch UBND',
        holderAccount: 'an.nguyen',
        mandateIssuer: 'Chủ tịch UBND xã Thượng Minh',
        mandateNumber: '15/QĐ-UBND',
        issuedOn: '2025-10-30',
        scope: ['SCTDT.BS', 'SCT.BS'],
        validFrom: '2025-11-01',
        validTo: null,
      },
    });
  });

  it('is done once, however often it is asked for', () => {
    given(...played(recordMandate()))
      .when(recordMandate())
      .thenNothing();
    given(...played(recordMandate()))
      .when(recordMandate({}, 'mandate-2'))
      .thenRefused('MANDATE_EXISTS', { mandateNumber: '15/QĐ-UBND' });
    given(...played(recordMandate()))
      .when(recordMandate({ validTo: '2026-12-31' }))
      .thenRefused('MANDATE_EXISTS');
  });

  it('takes one document for several people, and what was ended anew', () => {
    const other = recordMandate({ holderFullName: 'Lê Văn Bình' }, 'mandate-2');
    given(...played(recordMandate()))
      .when(other)
      .thenTypes('MandateRecorded');
    given(...played(recordMandate(), endMandate()))
      .when(recordMandate({ validTo: '2026-12-31' }, 'mandate-2'))
      .thenTypes('MandateRecorded');
  });

  it('tells of all that is wrong at once', () => {
    given()
      .when(recordMandate({ holderTitle: ' ', mandateNumber: '', issuedOn: '2025-11-04' }))
      .thenRefused('VALIDATION', {
        refused: ['REQUIRED', 'REQUIRED', 'DATE_IN_FUTURE'].map(
          (code) => expect.objectContaining({ code }) as never,
        ),
      });
  });

  it('wants an ủy quyền to have an end, and none to begin before its document or end before it begins', () => {
    const kind = { mandateKind: 'delegation' } as const;
    given().when(recordMandate(kind)).thenRefused('REQUIRED', { field: 'validTo' });
    given()
      .when(recordMandate({ ...kind, validTo: '2026-12-31' }))
      .thenTypes('MandateRecorded');
    given()
      .when(recordMandate({ validFrom: '2025-10-29' }))
      .thenRefused('MANDATE_BEFORE_ISSUE', { issuedOn: '2025-10-30' });
    given()
      .when(recordMandate({ validTo: '2025-10-31' }))
      .thenRefused('MANDATE_DATES', { validFrom: '2025-11-01' });
    given()
      .when(recordMandate({ scope: [] }))
      .thenRefused('REQUIRED', { field: 'scope' });
  });

  it('has an end: an agency that has recorded two thousand records no more', () => {
    const many = Array.from({ length: 2000 }, (_, at) =>
      recordMandate({ mandateNumber: `${at}/QĐ-CT` }, `mandate-${at}`),
    );
    given(...many.flatMap((one) => decideMandates([], one)))
      .when(recordMandate({}, 'mandate-2000'))
      .thenRefused('MANDATES_EXHAUSTED', { most: 2000 });
  });
});

describe('ending a mandate', () => {
  it('takes a day of its time, by default today, and a reason', () => {
    const before = played(recordMandate({ validTo: '2026-12-31' }));
    given(...before)
      .when(endMandate())
      .then({
        type: 'MandateEnded',
        data: { id: 'mandate-1', endedOn: '2025-11-03', reason: 'Phân công lại' },
      });
    given(...before)
      .when(endMandate({ reason: ' ' }))
      .thenRefused('REASON');
    for (const endedOn of ['2025-10-31', '2027-01-01'])
      given(...before)
        .when(endMandate({ endedOn }))
        .thenRefused('MANDATE_END_OUTSIDE', { validFrom: '2025-11-01', validTo: '2026-12-31' });
  });

  it('is done once; another end of the same is refused', () => {
    const before = played(recordMandate(), endMandate());
    given(...before)
      .when(endMandate())
      .thenNothing();
    given(...before)
      .when(endMandate({ endedOn: '2025-12-01' }))
      .thenRefused('MANDATE_ENDED', { endedOn: '2025-11-03' });
    given().when(endMandate()).thenRefused('MANDATE_NOT_FOUND');
  });
});

describe('how a mandate stands on a day', () => {
  const on = (date: string, ...commands: readonly MandateCommand[]) => {
    const [one] = stateAfter(played(...commands));
    return one && mandateStatus(one, day(date));
  };
  const limited = recordMandate({ validTo: '2025-12-31' });

  it.each([
    ['2025-10-31', 'not-yet'],
    ['2025-11-01', 'in-force'],
    ['2025-12-31', 'in-force'],
    ['2026-01-01', 'over'],
  ])('on %s it is %s by its own dates, both included', (date, status) => {
    expect(on(date, limited)).toBe(status);
  });

  it.each([
    ['2025-11-30', 'in-force'],
    ['2025-12-01', 'ended'],
    ['2026-01-01', 'ended'],
  ])('on %s it is %s where it was ended from 01/12/2025 on', (date, status) => {
    expect(on(date, limited, endMandate({ endedOn: '2025-12-01' }))).toBe(status);
  });

  it('is in force where its last day is the last there is', () => {
    expect(on('2025-11-03', recordMandate({ validTo: '9999-12-31' }))).toBe('in-force');
    expect(on('9998-12-31', recordMandate({ validTo: '9999-12-30' }))).toBe('in-force');
  });

  it('was never in force where it was ended from its first day on', () => {
    expect(on('2025-11-01', limited, endMandate({ endedOn: '2025-11-01' }))).toBe('ended');
  });
});
