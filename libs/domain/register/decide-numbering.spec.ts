import { describe, expect, it } from '@jest/globals';
import {
  assign,
  closeBook,
  correct,
  day,
  discard,
  editBook,
  openBook,
  pause,
  registerSpec,
  resume,
} from '../../../test/support/register-samples.ts';

const { given, played, stateAfter } = registerSpec;
const open = openBook({ closesOn: '2024-12-31' });
const threeGiven = played(open, assign(), assign({ document: 2 }), assign({ document: 3 }));
const paused = [...threeGiven, ...played(open, pause({ knownLast: 7 })).slice(1)];
/** Numbers up to the fourth were given, and are lost. */
const lostToFour = [pause({ knownLast: 4 }), resume({ lastGiven: 4 })];

describe('a register whose log may have lost numbers', () => {
  it('is paused with what the log and what others know', () => {
    given(...threeGiven)
      .when(pause({ knownLast: 7 }))
      .then({
        type: 'NumberingPaused',
        data: { reason: 'Phục hồi từ bản sao lưu', lastNumber: 3, knownLast: 7 },
      });
  });

  it('is paused once, until somebody knows of a later number', () => {
    given(...paused)
      .when(pause({ knownLast: 5 }))
      .thenNothing();
    given(...paused)
      .when(pause({ knownLast: 9 }))
      .thenTypes('NumberingPaused');
    expect(stateAfter([...paused, ...played(pause({ knownLast: 9 }))]).paused?.knownLast).toBe(9);
  });

  it('gives no number, and changes nothing that numbers rest on', () => {
    const others = [
      assign({ document: 4 }),
      closeBook(),
      openBook({ bookId: 'book-2', name: '02/2024' }),
    ];
    given(...paused)
      .when(others[0] ?? assign())
      .thenRefused('REGISTER_PAUSED');
    given(...paused)
      .when(closeBook())
      .thenRefused('REGISTER_PAUSED');
    const unnumbered = [...played(open), ...played(pause())];
    given(...unnumbered)
      .when(discard())
      .thenRefused('REGISTER_PAUSED');
    given(...unnumbered)
      .when(editBook({ firstNumber: 5, reason: 'x' }))
      .thenRefused('REGISTER_PAUSED');
    given(...played(pause()))
      .when(open)
      .thenRefused('REGISTER_PAUSED');
  });

  it('still answers a document that has its number, and takes corrections', () => {
    given(...paused)
      .when(assign({ document: 2 }))
      .thenNothing();
    given(...paused)
      .when(correct({ requester: 'Lê Thị Cúc Hoa' }))
      .thenTypes('EntryCorrected');
  });

  it('goes on behind the last number an operator confirms; those between are lost', () => {
    given(...paused)
      .when(resume({ lastGiven: 7 }))
      .then(
        {
          type: 'NumbersLost',
          data: {
            bookId: 'book-1',
            bookName: '01/2024-SCTĐT/BS',
            from: 4,
            to: 7,
            reason: 'Đối chiếu sổ in',
          },
        },
        { type: 'NumberingResumed', data: { lastGiven: 7, reason: 'Đối chiếu sổ in' } },
      );
    const resumed = stateAfter([
      ...paused,
      ...registerSpec
        .given(...paused)
        .when(resume({ lastGiven: 7 }))
        .events(),
    ]);
    expect([resumed.paused, resumed.lastNumber, resumed.books[0]?.totals.lost]).toEqual([
      null,
      7,
      4,
    ]);
  });

  it('goes on where it was when none was lost', () => {
    given(...paused)
      .when(resume({ lastGiven: 3 }))
      .thenTypes('NumberingResumed');
  });

  it('is resumed by nothing less than a number not before its last, with a reason, while paused', () => {
    given(...paused)
      .when(resume({ lastGiven: 2 }))
      .thenRefused('LAST_GIVEN_BEFORE', { lastNumber: 3 });
    given(...paused)
      .when(resume({ lastGiven: 7, reason: ' ' }))
      .thenRefused('REASON');
    given(...paused)
      .when(resume({ lastGiven: -1 }))
      .thenRefused('NUMBER_INVALID');
    given(...paused)
      .when(resume({ lastGiven: 900_000 }))
      .thenRefused('LOST_TOO_MANY', { from: 4 });
    given(...threeGiven)
      .when(resume({ lastGiven: 7 }))
      .thenRefused('NUMBERING_NOT_PAUSED');
  });

  it('gives the number behind the lost ones, and says of a lost one that it is lost', () => {
    const after = [
      ...paused,
      ...given(...paused)
        .when(resume({ lastGiven: 7 }))
        .events(),
    ];
    const [event] = given(...after)
      .when(assign({ document: 4 }))
      .events();
    expect(event?.data).toMatchObject({ number: 8, numberText: '008/ĐT' });
    given(...after)
      .when(correct({ number: 5, requester: 'X' }))
      .thenRefused('ENTRY_LOST', { number: 5 });
    given(...after)
      .when(discard())
      .thenRefused('DELETE_USED');
    given(...after)
      .when(editBook({ firstNumber: 2 }))
      .thenRefused('FIELD_LOCKED');
  });

  it('keeps the days in the order of the numbers across the lost ones, too', () => {
    const on = (text: string) => ({ certifiedOn: day(text), today: day(text) });
    const after = played(
      ...[open, assign(on('2024-05-11')), ...lostToFour],
      assign({ document: 2, ...on('2024-05-13') }),
    );
    given(...after)
      .when(correct({ number: 5, certifiedOn: day('2024-05-10'), today: day('2024-05-20') }))
      .thenRefused('ENTRY_DATE_ORDER', { notBefore: '2024-05-11' });
    given(...after)
      .when(correct({ number: 1, certifiedOn: day('2024-05-14'), today: day('2024-05-20') }))
      .thenRefused('ENTRY_DATE_ORDER', { notAfter: '2024-05-13' });
  });

  it('goes by the day of the last number that is known where that is corrected', () => {
    const on = (text: string) => ({ certifiedOn: day(text), today: day('2024-05-20') });
    const moved = played(
      ...[open, assign(on('2024-05-10')), ...lostToFour],
      correct({ number: 1, ...on('2024-05-18') }),
    );
    given(...moved)
      .when(assign({ document: 2, ...on('2024-05-12') }))
      .thenRefused('ENTRY_DATE_ORDER', { notBefore: '2024-05-18' });
    given(...moved)
      .when(editBook({ closesOn: day('2024-05-15'), reason: 'x' }))
      .thenRefused('CLOSES_BEFORE_ENTRY');
  });

  it('begins the next book behind them where the book itself was lost', () => {
    const lost = [...played(pause({ knownLast: 20 }))];
    const after = [
      ...lost,
      ...given(...lost)
        .when(resume({ lastGiven: 20 }))
        .events(),
    ];
    given(...after)
      .when(open)
      .thenRefused('START_CONTINUITY', { expected: 21 });
    given(...after)
      .when({ ...open, firstNumber: 21 })
      .thenTypes('BookOpened');
  });

  it('counts them at closing', () => {
    const after = [
      ...paused,
      ...given(...paused)
        .when(resume({ lastGiven: 7 }))
        .events(),
    ];
    const [event] = given(...after)
      .when(closeBook())
      .events();
    expect(event?.data).toMatchObject({ totals: { entries: 3, lost: 4, lastNumber: 7 } });
  });
});
