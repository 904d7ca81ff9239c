import { describe, expect, it } from '@jest/globals';
import {
  AGENCY_DOSSIER,
  extendDossier,
  receiveDossier,
  returnDossier,
} from '../../../test/support/dossier-samples.ts';
import { specFor } from '../../../test/support/given.ts';
import type { DossierCommand } from './commands.ts';
import { decideDossier } from './decide.ts';
import { evolveDossier, noDossier, type DossierState } from './dossier.ts';
import { dossierStatus } from './status.ts';

const { given, played } = specFor({
  initial: noDossier,
  evolve: evolveDossier,
  decide: (state: DossierState, command: DossierCommand) => decideDossier(state, command),
});

const received = played(receiveDossier());

describe('receiving a dossier', () => {
  it('says when it is due by the calendar of the moment', () => {
    given()
      .when(receiveDossier({ dossier: ' H03.26-0001\u200b', requester: ' Lê  Thị Cúc ' }))
      .then({
        type: 'DossierReceived',
        data: {
          ...AGENCY_DOSSIER,
          documents: 2,
          requester: 'Lê Thị Cúc',
          receivedAt: '2026-05-07T02:30:00.000Z',
          dueAt: '2026-05-07T10:00:00.000Z',
          calendarKnown: true,
        },
      });
  });

  it('goes by the hour it was received at, to the second, not by when that is told', () => {
    const now = new Date('2026-05-07T15:00:00.900+07:00');
    const [onTime] = given().when(receiveDossier({ now })).events();
    expect(onTime?.data).toMatchObject({
      receivedAt: '2026-05-07T08:00:00.000Z',
      dueAt: '2026-05-07T10:00:00.000Z',
    });
    const [late] = given()
      .when(receiveDossier({ receivedAt: '2026-05-06T15:00:01' }))
      .events();
    expect(late?.data).toMatchObject({ dueAt: '2026-05-07T10:00:00.000Z' });
  });

  it('is done once, and refused with other content, which shows what stands', () => {
    given(...received)
      .when(receiveDossier())
      .thenNothing();
    given(...received)
      .when(receiveDossier({ now: new Date('2026-06-01T08:00:00+07:00') }))
      .thenNothing();
    for (const other of [
      { documents: 3 },
      { requester: null },
      { receivedAt: '2026-05-07T09:00:00' },
    ])
      given(...received)
        .when(receiveDossier(other))
        .thenRefused('DOSSIER_EXISTS', {
          stands: expect.objectContaining({ documents: 2, state: 'received' }) as never,
        });
  });

  it('takes neither what is still to come, nor what came in over a year ago', () => {
    given()
      .when(receiveDossier({ receivedAt: '2026-05-07T09:33:00' }))
      .thenRefused('DOSSIER_RECEIVED_AT', { because: 'future' });
    given()
      .when(receiveDossier({ receivedAt: '2026-05-07T09:31:00' }))
      .thenTypes('DossierReceived');
    given()
      .when(receiveDossier({ receivedAt: '2025-05-05T09:30:00' }))
      .thenRefused('DOSSIER_RECEIVED_AT', { because: 'long-ago' });
  });

  it('takes no code that no address can name', () => {
    for (const dossier of ['.', '..', ' .. '])
      given().when(receiveDossier({ dossier })).thenRefused('DOSSIER_CODE');
    given()
      .when(receiveDossier({ dossier: '...' }))
      .thenTypes('DossierReceived');
  });

  it('tells of all that is wrong at once', () => {
    given()
      .when(receiveDossier({ dossier: ' ', documents: 0, receivedAt: '2026-05-07' }))
      .thenRefused('VALIDATION', {
        refused: [
          expect.objectContaining({ code: 'REQUIRED' }),
          expect.objectContaining({ code: 'NUMBER_INVALID' }),
          expect.objectContaining({ code: 'TIME_FORMAT' }),
        ] as never,
      });
  });
});

describe('an appointment', () => {
  it('promises it for later, beside what it was due at before', () => {
    given(...received)
      .when(extendDossier())
      .then({
        type: 'DossierExtended',
        data: {
          ...AGENCY_DOSSIER,
          dueBefore: '2026-05-07T10:00:00.000Z',
          dueAt: '2026-05-11T03:00:00.000Z',
          reason: 'Giấy tờ có nhiều trang',
          agreedInWriting: false,
        },
      });
  });

  it('of more than two working days needs an agreement in writing (Điều 21), however it is split', () => {
    const tuesday = extendDossier({ dueAt: '2026-05-12T10:00:00+07:00' });
    given(...received)
      .when(tuesday)
      .thenRefused('APPOINTMENT_AGREEMENT', { latest: '2026-05-11' });
    given(...played(receiveDossier(), extendDossier()))
      .when(tuesday)
      .thenRefused('APPOINTMENT_AGREEMENT', { latest: '2026-05-11' });
    given(...received)
      .when({ ...tuesday, agreedInWriting: true })
      .thenTypes('DossierExtended');
  });

  it.each([
    ['not-later', { dueAt: '2026-05-07T17:00:00+07:00' }],
    ['past', { now: new Date('2026-05-12T08:00:00+07:00') }],
    ['day-off', { dueAt: '2026-05-09T10:00:00+07:00' }],
    ['too-far', { dueAt: '2062-05-11T10:00:00+07:00', agreedInWriting: true }],
  ] as const)('is refused for a time that is %s', (because, other) => {
    given(...received)
      .when(extendDossier(other))
      .thenRefused('APPOINTMENT_TIME', { because });
  });

  it('is made once, may be made anew, and needs an hour, a reason and a dossier', () => {
    given(...played(receiveDossier(), extendDossier()))
      .when(extendDossier())
      .thenNothing();
    given(...played(receiveDossier(), extendDossier()))
      .when(extendDossier({ dueAt: '2026-05-08T10:00:00+07:00' }))
      .thenTypes('DossierExtended');
    given(...received)
      .when(extendDossier({ dueAt: '2026-05-11' }))
      .thenRefused('TIME_FORMAT');
    given(...received)
      .when(extendDossier({ reason: ' ' }))
      .thenRefused('REASON');
    given().when(extendDossier()).thenRefused('DOSSIER_NOT_FOUND');
  });
});

describe('giving a dossier back', () => {
  it('ends it: neither promised for later nor given back for another reason', () => {
    const returned = played(receiveDossier(), returnDossier());
    given(...returned)
      .when(returnDossier())
      .thenNothing();
    given(...returned)
      .when(returnDossier({ reason: 'Khác' }))
      .thenRefused('DOSSIER_RETURNED');
    given(...returned)
      .when(extendDossier())
      .thenRefused('DOSSIER_RETURNED');
    given().when(returnDossier()).thenRefused('DOSSIER_NOT_FOUND');
  });
});

describe('how a waiting dossier stands', () => {
  it.each([
    ['2026-05-06T23:59:59', 'waiting'],
    ['2026-05-07T00:00:00', 'due-today'],
    ['2026-05-07T17:00:00', 'due-today'],
    ['2026-05-07T17:00:01', 'overdue'],
  ])('at %s: %s', (now, status) => {
    const dossier = { state: 'waiting', dueAt: '2026-05-07T10:00:00.000Z' } as const;
    expect(dossierStatus(dossier, new Date(`${now}+07:00`))).toBe(status);
  });
});
