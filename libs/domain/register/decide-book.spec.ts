import { describe, expect, it } from '@jest/globals';
import {
  assign,
  closeBook,
  correct,
  day,
  discard,
  editBook,
  openBook,
  register,
  registerSpec,
  voidNumber,
} from '../../../test/support/register-samples.ts';
import { nextBookName, nextFirstNumber } from './decide-book.ts';
import { bookStatus } from './status.ts';

const { given, played, stateAfter } = registerSpec;
const year = { closesOn: '2024-12-31' };

describe('opening a book', () => {
  it('records the guide’s book with the suffix added', () => {
    given()
      .when(openBook())
      .then({
        type: 'BookOpened',
        data: {
          bookId: 'book-1',
          name: '01/2024-SCTĐT/BS',
          firstNumber: 1,
          openedOn: '2024-05-10',
          closesOn: '2024-05-10',
          form: '23/2015/NĐ-CP',
          reason: '',
        },
      });
  });

  it.each([
    ['2025-10-31', '23/2015/NĐ-CP'],
    ['2025-11-01', '280/2025/NĐ-CP'],
  ])('keeps a book opened on %s on the form of decree %s', (openedOn, form) => {
    const register = { agency: 'BK-001', type: 'SCTDT.BS', year: 2025 };
    const opened = openBook({ register, name: '01/2025', openedOn, closesOn: '2025-12-31' });
    expect(stateAfter(played(opened)).books[0]?.form).toBe(form);
  });

  it('moves a book to the new form when its first day moves behind the new decree', () => {
    const register = { agency: 'BK-001', type: 'SCTDT.BS', year: 2025 };
    const name = '01/2025';
    const closesOn = '2025-12-31';
    given(...played(openBook({ register, name, openedOn: '2025-10-31', closesOn })))
      .when(editBook({ register, openedOn: '2025-11-03' }))
      .then({
        type: 'BookEdited',
        data: {
          bookId: 'book-1',
          changes: {
            openedOn: { from: '2025-10-31', to: '2025-11-03' },
            form: { from: '23/2015/NĐ-CP', to: '280/2025/NĐ-CP' },
          },
          reason: '',
        },
      });
  });

  it.each([
    ['01/2024-SCTĐT/BS'],
    [' 01/2024 '],
    ['01/2024-SCTÐT/BS'],
    ['01/2024-sctđt/bs'],
    ['01/2024-SCTĐT/BS'.normalize('NFD')],
  ])('takes a pasted name as it is meant: %s', (name) => {
    const [event] = given().when(openBook({ name })).events();
    expect(event?.data).toMatchObject({ name: '01/2024-SCTĐT/BS' });
  });

  it.each(['1/2024', '00/2024', '1000/2024', '01-2024', '01/1999', '01/24', '01/2024-SCT/BS', 'x'])(
    'refuses the name %s',
    (name) => given().when(openBook({ name })).thenRefused('NAME_FORMAT'),
  );

  it('refuses a suffix pasted twice', () => {
    const name = '01/2024-SCTĐT/BS-SCTĐT/BS';
    given().when(openBook({ name })).thenRefused('NAME_FORMAT');
  });

  it('refuses a missing name, and names the field', () => {
    given()
      .when(openBook({ name: '  ' }))
      .thenRefused('REQUIRED', { field: 'name' });
  });

  it('refuses a name whose year is not that of Ngày mở sổ', () => {
    given()
      .when(openBook({ name: '01/2023' }))
      .thenRefused('NAME_YEAR', { year: 2024 });
  });

  it.each([
    '2024-02-30',
    '10/05/2024',
    '2024-5-10',
    '2024-13-01',
    '2024-05-10T00:00:00Z',
    'hôm nay',
  ])('refuses %s as a date', (openedOn) =>
    given().when(openBook({ openedOn })).thenRefused('DATE_FORMAT', { field: 'openedOn' }),
  );

  it('takes 29 February of a leap year only', () => {
    given()
      .when(openBook({ openedOn: '2024-02-29' }))
      .thenTypes('BookOpened');
    given()
      .when(
        openBook({
          register: { ...register, year: 2023 },
          name: '01/2023',
          openedOn: '2023-02-29',
        }),
      )
      .thenRefused('DATE_FORMAT');
  });

  it('refuses a missing date', () => {
    given()
      .when(openBook({ closesOn: '' }))
      .thenRefused('REQUIRED', { field: 'closesOn' });
  });

  it('takes a closing day equal to the opening day, and refuses one before it', () => {
    given()
      .when(openBook({ closesOn: '2024-05-10' }))
      .thenTypes('BookOpened');
    given()
      .when(openBook({ closesOn: '2024-05-09' }))
      .thenRefused('DATE_ORDER');
  });

  it('takes 31/12 of the year as the last possible closing day', () => {
    given()
      .when(openBook({ closesOn: '2024-12-31' }))
      .thenTypes('BookOpened');
    given()
      .when(openBook({ closesOn: '2025-01-01' }))
      .thenRefused('DATE_YEAR', { year: 2024 });
  });

  it.each([0, -1, 1.5, Number.NaN, Number.MAX_SAFE_INTEGER + 1])(
    'refuses %d as first number',
    (firstNumber) => given().when(openBook({ firstNumber })).thenRefused('START_INVALID'),
  );

  it('refuses a first number no register comes near', () => {
    given()
      .when(openBook({ firstNumber: 1_000_000_000, reason: 'x' }))
      .thenRefused('START_TOO_LARGE', { most: 999_999_999 });
  });

  it('begins a year with 1, or with another number for a reason', () => {
    given()
      .when(openBook({ firstNumber: 57 }))
      .thenRefused('START_REASON');
    given()
      .when(openBook({ firstNumber: 57, reason: 'Tiếp nối sổ giấy' }))
      .thenTypes('BookOpened');
  });

  it('refuses a second open book, before it says anything of its number', () => {
    given(...played(openBook()))
      .when(openBook({ bookId: 'book-2', name: '02/2024', firstNumber: 9 }))
      .thenRefused('BOOK_OPEN_EXISTS', { name: '01/2024-SCTĐT/BS' });
  });

  it('refuses a name another book has, even a closed one', () => {
    given(...played(openBook(), closeBook()))
      .when(openBook({ bookId: 'book-2' }))
      .thenRefused('NAME_DUPLICATE');
  });

  it('frees the name of a discarded book', () => {
    given(...played(openBook(), discard()))
      .when(openBook({ bookId: 'book-2' }))
      .thenTypes('BookOpened');
  });

  it('goes on where the last book ended', () => {
    const before = played(openBook(), assign(), assign({ document: 2 }), closeBook());
    const second = { bookId: 'book-2', name: '02/2024' };
    given(...before)
      .when(openBook({ ...second, firstNumber: 1 }))
      .thenRefused('START_CONTINUITY', { expected: 3 });
    given(...before)
      .when(openBook({ ...second, firstNumber: 3 }))
      .thenTypes('BookOpened');
  });

  it('counts a voided number as used', () => {
    const before = played(openBook(), assign(), voidNumber(), closeBook());
    given(...before)
      .when(openBook({ bookId: 'book-2', name: '02/2024', firstNumber: 1 }))
      .thenRefused('START_CONTINUITY', { expected: 2 });
  });

  it('goes on where an unused book began', () => {
    const before = played(openBook({ firstNumber: 57, reason: 'Sổ giấy' }), closeBook());
    given(...before)
      .when(openBook({ bookId: 'book-2', name: '02/2024', firstNumber: 57 }))
      .thenTypes('BookOpened');
  });

  it('happens once however often it is asked', () => {
    given(...played(openBook()))
      .when(openBook())
      .thenNothing();
  });
});

describe('the form of the next book', () => {
  it('suggests number and name behind the last book', () => {
    const before = stateAfter(played(openBook(), assign(), closeBook()));
    expect([nextBookName(before, 2024), nextFirstNumber(before)]).toEqual(['02/2024', 2]);
  });

  it('suggests 01 and 1 for a new year', () => {
    expect([nextBookName(stateAfter([]), 2024), nextFirstNumber(stateAfter([]))]).toEqual([
      '01/2024',
      1,
    ]);
  });
});

describe('editing a book', () => {
  it('records before and after of what changed, and nothing else', () => {
    given(...played(openBook()))
      .when(editBook({ closesOn: '2024-12-31', name: '01/2024', reason: 'Gia hạn' }))
      .then({
        type: 'BookEdited',
        data: {
          bookId: 'book-1',
          changes: { closesOn: { from: '2024-05-10', to: '2024-12-31' } },
          reason: 'Gia hạn',
        },
      });
  });

  it('may change everything until the first number', () => {
    given(...played(openBook()))
      .when(
        editBook({
          name: '05/2024',
          openedOn: '2024-05-11',
          firstNumber: 9,
          reason: 'Sổ giấy',
          ...year,
        }),
      )
      .thenTypes('BookEdited');
  });

  it.each([
    ['name', { name: '02/2024' }],
    ['firstNumber', { firstNumber: 5, reason: 'x' }],
    ['openedOn', { openedOn: '2024-05-09' }],
  ] as const)('keeps %s once a number is assigned', (field, change) => {
    given(...played(openBook(), assign()))
      .when(editBook(change))
      .thenRefused('FIELD_LOCKED', { field });
  });

  it('still moves the closing day, but not before the last entry', () => {
    const before = played(
      openBook(year),
      assign(),
      assign({ document: 2, today: day('2024-05-20') }),
    );
    given(...before)
      .when(editBook({ closesOn: '2024-05-20' }))
      .thenTypes('BookEdited');
    given(...before)
      .when(editBook({ closesOn: '2024-05-19' }))
      .thenRefused('CLOSES_BEFORE_ENTRY', { lastEntryOn: '2024-05-20' });
  });

  it('measures the last entry by its corrected date', () => {
    const before = played(
      openBook(year),
      assign({ today: day('2024-05-20') }),
      correct({ certifiedOn: '2024-05-12', today: day('2024-05-20') }),
    );
    given(...before)
      .when(editBook({ closesOn: '2024-05-12' }))
      .thenTypes('BookEdited');
  });

  it('cannot move a book into another year', () => {
    given(...played(openBook()))
      .when(editBook({ name: '01/2025', openedOn: '2025-01-02', closesOn: '2025-12-31' }))
      .thenRefused('YEAR_LOCKED', { year: 2024 });
  });

  it('follows the rules of opening', () => {
    const before = played(openBook());
    given(...before)
      .when(editBook({ name: 'x' }))
      .thenRefused('NAME_FORMAT');
    given(...before)
      .when(editBook({ name: '01/2025' }))
      .thenRefused('NAME_YEAR');
    given(...before)
      .when(editBook({ closesOn: '2024-01-01' }))
      .thenRefused('DATE_ORDER');
    given(...before)
      .when(editBook({ firstNumber: 0 }))
      .thenRefused('START_INVALID');
    given(...before)
      .when(editBook({ firstNumber: 2 }))
      .thenRefused('START_REASON');
  });

  it('refuses the name of another book', () => {
    const before = played(openBook(), closeBook(), openBook({ bookId: 'book-2', name: '02/2024' }));
    given(...before)
      .when(editBook({ bookId: 'book-2', name: '01/2024' }))
      .thenRefused('NAME_DUPLICATE');
  });

  it('refuses a closed, a discarded and an unknown book', () => {
    given(...played(openBook(), closeBook()))
      .when(editBook(year))
      .thenRefused('BOOK_LOCKED');
    given(...played(openBook(), discard()))
      .when(editBook(year))
      .thenRefused('BOOK_DISCARDED');
    given().when(editBook(year)).thenRefused('BOOK_NOT_FOUND');
  });

  it('changes nothing when nothing differs', () => {
    given(...played(openBook()))
      .when(editBook({ name: '01/2024', firstNumber: 1 }))
      .thenNothing();
  });
});

describe('discarding a book', () => {
  it('needs a reason', () => {
    given(...played(openBook()))
      .when(discard({ reason: ' ' }))
      .thenRefused('REASON');
  });

  it('is refused once a number was assigned, even a voided one', () => {
    given(...played(openBook(), assign()))
      .when(discard())
      .thenRefused('DELETE_USED');
    given(...played(openBook(), assign(), voidNumber()))
      .when(discard())
      .thenRefused('DELETE_USED');
  });

  it('is refused for a closed book', () => {
    given(...played(openBook(), closeBook()))
      .when(discard())
      .thenRefused('BOOK_LOCKED');
  });

  it('happens once', () => {
    given(...played(openBook()))
      .when(discard())
      .thenTypes('BookDiscarded');
    given(...played(openBook(), discard()))
      .when(discard())
      .thenNothing();
  });
});

describe('closing a book (khóa sổ)', () => {
  it('records the totals and who confirmed them', () => {
    const before = played(
      openBook(),
      assign(),
      assign({ document: 2, copies: 3, fee: 6000 }),
      assign({ document: 3, copies: 9, fee: 90000 }),
      voidNumber({ number: 3 }),
    );
    given(...before)
      .when(closeBook())
      .then({
        type: 'BookClosed',
        data: {
          bookId: 'book-1',
          closedOn: '2024-05-10',
          confirmedByFullName: 'Nguyễn Văn An',
          confirmedByTitle: 'Phó Chủ tịch UBND',
          confirmedByAuthority: null,
          totals: {
            firstNumber: 1,
            lastNumber: 3,
            entries: 3,
            voided: 1,
            revoked: 0,
            lost: 0,
            copies: 5,
            fees: 26000,
          },
          seal: null,
          proposed: null,
        },
      });
  });

  it('needs the certifier’s name and title', () => {
    const before = played(openBook());
    given(...before)
      .when(closeBook({ confirmedByFullName: '' }))
      .thenRefused('REQUIRED', { field: 'confirmedByFullName' });
    given(...before)
      .when(closeBook({ confirmedByTitle: ' ' }))
      .thenRefused('REQUIRED', { field: 'confirmedByTitle' });
  });

  it('waits for the opening day', () => {
    given(...played(openBook({ openedOn: '2024-06-01', ...year })))
      .when(closeBook())
      .thenRefused('BOOK_NOT_OPEN', { since: 'not-yet' });
  });

  it('is final', () => {
    const before = played(openBook(), closeBook());
    given(...before)
      .when(closeBook())
      .thenNothing();
    given(...before)
      .when(closeBook({ confirmedByFullName: 'Người khác' }))
      .thenRefused('BOOK_LOCKED');
  });

  it('is refused for a discarded book', () => {
    given(...played(openBook(), discard()))
      .when(closeBook())
      .thenRefused('BOOK_DISCARDED');
  });
});

describe('the status people read', () => {
  const book = { state: 'open', openedOn: '2024-05-10', closesOn: '2024-05-20' } as const;
  it.each([
    ['2024-05-09', 'not-yet-open'],
    ['2024-05-10', 'open'],
    ['2024-05-20', 'open'],
    ['2024-05-21', 'awaiting-close'],
    ['2025-01-01', 'awaiting-close'],
  ] as const)('of an open book on %s is %s', (today, status) => {
    expect(bookStatus(book, day(today))).toBe(status);
  });

  it('of a closed or discarded book is the same on every day', () => {
    expect(bookStatus({ ...book, state: 'closed' }, day('2024-05-15'))).toBe('closed');
    expect(bookStatus({ ...book, state: 'discarded' }, day('2024-05-15'))).toBe('discarded');
  });
});
