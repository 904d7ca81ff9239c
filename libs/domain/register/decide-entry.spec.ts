import { describe, expect, it } from '@jest/globals';
import {
  assign,
  closeBook,
  correct,
  day,
  discard,
  openBook,
  registerSpec,
  revoke,
  voidNumber,
} from '../../../test/support/register-samples.ts';
import { numberOfDocument } from './decide-entry.ts';
import { citation, formatEntryNumber } from './naming.ts';
import { registerType } from './types.ts';

const { given, played, stateAfter } = registerSpec;
const open = openBook({ closesOn: '2024-12-31' });

describe('assigning a number', () => {
  it('records 001/ĐT for the guide’s first document, with text and format', () => {
    const [event] = given(...played(openBook()))
      .when(assign())
      .events();
    expect(event).toEqual({
      type: 'EntryNumberAssigned',
      data: {
        bookId: 'book-1',
        bookName: '01/2024-SCTĐT/BS',
        number: 1,
        numberText: '001/ĐT',
        numberFormat: 1,
        dossier: 'H03-0001',
        document: 1,
        certifiedOn: '2024-05-10',
        requester: 'Lê Thị Cúc',
        documentTitle: 'Bằng tốt nghiệp đại học',
        certifierFullName: 'Nguyễn Văn An',
        certifierTitle: 'Phó Chủ tịch UBND',
        authority: null,
        copies: 2,
        fee: 20000,
        pages: null,
        proposedFee: null,
        note: '',
        signature: null,
        seal: null,
        verificationCode: '01AV-9QXT-2B4C-WZ10',
        mandate: null,
      },
    });
  });

  it('tells of a day that cannot be together with whatever else is wrong', () => {
    const [tomorrow, yesterday] = [day('2024-05-11'), day('2024-05-09')];
    const refused = (...codes: readonly string[]) => ({
      refused: codes.map((code) => expect.objectContaining({ code }) as never),
    });
    given(...played(open))
      .when(assign({ requester: ' ', certifiedOn: tomorrow }))
      .thenRefused('VALIDATION', refused('DATE_IN_FUTURE', 'REQUIRED'));
    given(...played(open))
      .when(assign({ copies: 0, certifiedOn: yesterday }))
      .thenRefused('VALIDATION', refused('OUTSIDE_PERIOD', 'NUMBER_INVALID'));
    given(...played(open, assign()))
      .when(correct({ requester: ' ', certifiedOn: tomorrow }))
      .thenRefused('VALIDATION', refused('DATE_IN_FUTURE', 'REQUIRED'));
  });

  it('gives three documents of one requester three numbers', () => {
    const events = played(open, assign(), assign({ document: 2 }), assign({ document: 3 }));
    const numbers = events.flatMap((e) =>
      e.type === 'EntryNumberAssigned' ? [e.data.numberText] : [],
    );
    expect(numbers).toEqual(['001/ĐT', '002/ĐT', '003/ĐT']);
  });

  it('gives the same document its number again, however often and from whichever screen', () => {
    const before = played(open, assign());
    given(...before)
      .when(assign())
      .thenNothing();
    given(...before)
      .when(assign({ dossier: ' H03-\u200b0001 ', requester: 'Lê Thị\u00ad Cúc'.normalize('NFD') }))
      .thenNothing();
    given(...played(open, assign(), closeBook()))
      .when(assign())
      .thenNothing();
    expect(numberOfDocument(stateAfter(before), 'H03-0001', 1)?.numberText).toBe('001/ĐT');
  });

  it('refuses the same document with other content, with the entry there and what differs', () => {
    given(...played(open, assign()))
      .when(assign({ requester: 'Người khác', copies: 3 }))
      .thenRefused('DOCUMENT_NUMBERED', {
        differences: [
          { field: 'requester', there: 'Lê Thị Cúc', asked: 'Người khác' },
          { field: 'copies', there: 2, asked: 3 },
        ],
      });
    const seal = { id: 'seal-1', version: 1, sha256: 'a'.repeat(64) };
    given(...played(open, assign()))
      .when(assign({ seal }))
      .thenRefused('DOCUMENT_NUMBERED', {
        differences: [{ field: 'seal', there: null, asked: 'seal-1' }],
      });
  });

  it('takes a late repetition for one, also after the entry was corrected', () => {
    const before = played(open, assign(), correct({ requester: 'Lê Thị Cúc Hương' }));
    given(...before)
      .when(assign())
      .thenNothing();
    given(...before)
      .when(assign({ requester: 'Lê Thị Cúc Hương' }))
      .thenNothing();
    given(...before)
      .when(assign({ requester: 'Lê Thị Cúc Lan' }))
      .thenRefused('DOCUMENT_NUMBERED', {
        differences: [{ field: 'requester', there: 'Lê Thị Cúc Hương', asked: 'Lê Thị Cúc Lan' }],
      });
  });

  it('gives a document whose number was voided the next number', () => {
    const [event] = given(...played(open, assign(), voidNumber()))
      .when(assign())
      .events();
    expect(event?.data).toMatchObject({ number: 2 });
  });

  it('starts with the book’s first number', () => {
    const before = played(openBook({ firstNumber: 57, reason: 'Sổ giấy' }));
    const [event] = given(...before)
      .when(assign())
      .events();
    expect(event?.data).toMatchObject({ number: 57, numberText: '057/ĐT' });
  });

  it('goes on through the next book of the year', () => {
    const second = openBook({
      bookId: 'book-2',
      name: '02/2024',
      firstNumber: 2,
      closesOn: '2024-12-31',
    });
    const before = played(open, assign(), closeBook(), second);
    const [event] = given(...before)
      .when(assign({ bookId: 'book-2', document: 2 }))
      .events();
    expect(event?.data).toMatchObject({ number: 2, bookName: '02/2024-SCTĐT/BS' });
  });

  it('is refused before the opening day, after the closing day, and in a closed or discarded book', () => {
    const later = assign({ today: day('2024-05-12') });
    const short = openBook({ closesOn: '2024-05-11' });
    given(...played(open))
      .when(assign({ today: day('2024-05-09') }))
      .thenRefused('BOOK_NOT_OPEN', { since: 'not-yet' });
    given(...played(short))
      .when(later)
      .thenRefused('BOOK_NOT_OPEN', { since: 'over' });
    given(...played(open, closeBook()))
      .when(assign())
      .thenRefused('BOOK_CLOSED');
    given(...played(open, discard()))
      .when(assign())
      .thenRefused('BOOK_DISCARDED');
    given().when(assign()).thenRefused('BOOK_NOT_FOUND');
  });

  it('is refused in the new year with an answer of its own: no day can be added to the book', () => {
    given(...played(open))
      .when(assign({ today: day('2025-01-01') }))
      .thenRefused('BOOK_NOT_OPEN', { since: 'year-over' });
  });

  it('takes the register’s own last day where another clock is past midnight already', () => {
    const ahead = played(open, assign({ today: day('2024-05-11') }));
    const behind = assign({ document: 2, today: day('2024-05-10') });
    const [event] = given(...ahead)
      .when({ ...behind, latestToday: day('2024-05-11') })
      .events();
    expect(event?.data).toMatchObject({ number: 2, certifiedOn: '2024-05-11' });
    given(...ahead)
      .when({ ...behind, latestToday: day('2024-05-10') })
      .thenRefused('ENTRY_DATE_ORDER', { notBefore: '2024-05-11' });
    given(...ahead)
      .when({ ...behind, latestToday: day('2024-05-11'), certifiedOn: '2024-05-10' })
      .thenRefused('ENTRY_DATE_ORDER');
  });

  it('takes an earlier certification day within the book, never a future one', () => {
    const today = day('2024-05-20');
    given(...played(open))
      .when(assign({ today, certifiedOn: '2024-05-15' }))
      .thenTypes('EntryNumberAssigned');
    given(...played(open))
      .when(assign({ today, certifiedOn: '2024-05-21' }))
      .thenRefused('DATE_IN_FUTURE', { field: 'certifiedOn' });
    given(...played(open))
      .when(assign({ today, certifiedOn: '2024-05-09' }))
      .thenRefused('OUTSIDE_PERIOD');
    given(...played(open))
      .when(assign({ today, certifiedOn: '20/05/2024' }))
      .thenRefused('DATE_FORMAT');
  });

  it('keeps the days in the order of the numbers', () => {
    const today = day('2024-05-20');
    given(...played(open, assign({ today })))
      .when(assign({ today, document: 2, certifiedOn: '2024-05-19' }))
      .thenRefused('ENTRY_DATE_ORDER', { notBefore: '2024-05-20' });
  });

  it.each([
    'dossier',
    'requester',
    'documentTitle',
    'certifierFullName',
    'certifierTitle',
  ] as const)('needs %s', (field) =>
    given(...played(open))
      .when(assign({ [field]: ' ' }))
      .thenRefused('REQUIRED', { field }),
  );

  it.each([
    ['document', 0, 1],
    ['document', 10_001, 1],
    ['document', 1.5, 1],
    ['copies', 0, 1],
    ['copies', 100_001, 1],
    ['fee', -1, 0],
    ['fee', 1_000_000_001, 0],
    ['fee', 0.5, 0],
  ] as const)('refuses %s = %d', (field, value, least) => {
    given(...played(open))
      .when(assign({ [field]: value }))
      .thenRefused('NUMBER_INVALID', { field, least });
  });

  it('ends at the largest number instead of miscounting beyond it', () => {
    const first = openBook({ firstNumber: 999_999_999, reason: 'x', closesOn: '2024-12-31' });
    given(...played(first))
      .when(assign())
      .thenTypes('EntryNumberAssigned');
    given(...played(first, assign()))
      .when(assign({ document: 2 }))
      .thenRefused('NUMBERS_EXHAUSTED', { most: 999_999_999 });
  });

  it('refuses text of which something was lost on its way', () => {
    for (const requester of ['L\ufffd V\ufffdn', 'A\ud800B', '\udc00']) {
      given(...played(open))
        .when(assign({ requester }))
        .thenRefused('TEXT_BROKEN', { field: 'requester' });
    }
  });

  it('takes a name of nothing visible for none', () => {
    for (const requester of ['\u200b\u2060', '\u3164', '\u00ad \u2800', '\ufeff\u202e']) {
      given(...played(open))
        .when(assign({ requester }))
        .thenRefused('REQUIRED', { field: 'requester' });
    }
  });

  it('knows a document again that was recorded with what nobody sees', () => {
    const [opened, ...assigned] = played(open, assign({ dossier: 'ZW' }));
    const older = assigned.map((event) =>
      event.type === 'EntryNumberAssigned'
        ? { ...event, data: { ...event.data, dossier: 'Z\u200dW' } }
        : event,
    );
    if (!opened) throw new Error('no book');
    given(opened, ...older)
      .when(assign({ dossier: 'ZW' }))
      .thenNothing();
  });

  it('drops what would change how other characters are read', () => {
    const requester = 'A\u202eB\u200dC\u2066';
    const [event] = given(...played(open))
      .when(assign({ requester }))
      .events();
    expect(event?.data).toMatchObject({ requester: 'ABC' });
  });

  it('refuses text beyond its column', () => {
    given(...played(open))
      .when(assign({ requester: 'x'.repeat(501) }))
      .thenRefused('TOO_LONG', { field: 'requester', limit: 500 });
  });

  it('keeps text in NFC without control characters', () => {
    const requester = `Nguyễn\u0000 V\u200băn\tĐức`.normalize('NFD');
    const [event] = given(...played(open))
      .when(assign({ requester }))
      .events();
    expect(event?.data).toMatchObject({ requester: 'Nguyễn Văn Đức' });
  });
});

describe('the form of a number', () => {
  const type = registerType('SCTDT.BS');
  it.each([
    [1, '001/ĐT'],
    [99, '099/ĐT'],
    [999, '999/ĐT'],
    [1000, '1000/ĐT'],
  ])('of %d is %s', (number, text) => expect(formatEntryNumber(number, type)).toBe(text));

  it('is cited with its book', () => {
    expect(citation('001/ĐT', '01/2024-SCTĐT/BS')).toBe(
      'Số chứng thực: 001/ĐT; quyển số: 01/2024-SCTĐT/BS',
    );
  });
});

describe('correcting an entry (đính chính)', () => {
  it('records the earlier value beside the new one', () => {
    given(...played(open, assign()))
      .when(correct({ requester: 'Lê Thị Cúc Hoa', authority: 'KT.' }))
      .then({
        type: 'EntryCorrected',
        data: {
          bookId: 'book-1',
          number: 1,
          changes: {
            requester: { from: 'Lê Thị Cúc', to: 'Lê Thị Cúc Hoa' },
            authority: { from: null, to: 'KT.' },
          },
          mandate: null,
          reason: 'Ghi sai',
          proposed: null,
        },
      });
  });

  it('needs a reason, a known number and valid columns', () => {
    const before = played(open, assign());
    given(...before)
      .when(correct({ note: 'x', reason: '' }))
      .thenRefused('REASON');
    given(...before)
      .when(correct({ number: 2, note: 'x' }))
      .thenRefused('ENTRY_NOT_FOUND', { number: 2 });
    given(...before)
      .when(correct({ requester: '' }))
      .thenRefused('REQUIRED', { field: 'requester' });
    given(...before)
      .when(correct({ copies: 0 }))
      .thenRefused('NUMBER_INVALID', { field: 'copies' });
  });

  it('does not find a number in another book', () => {
    const second = openBook({ bookId: 'book-2', name: '02/2024', firstNumber: 2 });
    given(...played(open, assign(), closeBook(), second))
      .when(correct({ bookId: 'book-2', note: 'x' }))
      .thenRefused('ENTRY_NOT_FOUND');
  });

  it('keeps a corrected day between its neighbours', () => {
    const on = (date: string, document: number) => assign({ document, today: day(date) });
    const before = played(open, on('2024-05-10', 1), on('2024-05-15', 2), on('2024-05-20', 3));
    const move = (certifiedOn: string) =>
      correct({ number: 2, certifiedOn, today: day('2024-05-20') });
    given(...before)
      .when(move('2024-05-12'))
      .thenTypes('EntryCorrected');
    given(...before)
      .when(move('2024-05-09'))
      .thenRefused('OUTSIDE_PERIOD');
    given(...before)
      .when(move('2024-05-21'))
      .thenRefused('DATE_IN_FUTURE');
    given(...before, ...[])
      .when(correct({ number: 3, certifiedOn: '2024-05-14', today: day('2024-05-20') }))
      .thenRefused('ENTRY_DATE_ORDER', { notBefore: '2024-05-15' });
    given(...before)
      .when(correct({ number: 1, certifiedOn: '2024-05-16', today: day('2024-05-20') }))
      .thenRefused('ENTRY_DATE_ORDER', { notAfter: '2024-05-15' });
  });

  it('takes only a note once the book is closed', () => {
    const before = played(open, assign(), closeBook());
    given(...before)
      .when(correct({ note: 'Sai họ tên' }))
      .thenTypes('EntryCorrected');
    given(...before)
      .when(correct({ requester: 'Khác' }))
      .thenRefused('BOOK_NOTES_ONLY');
  });

  it('is refused for a voided and a revoked number', () => {
    given(...played(open, assign(), voidNumber()))
      .when(correct({ note: 'x' }))
      .thenRefused('ENTRY_VOIDED');
    given(...played(open, assign(), revoke()))
      .when(correct({ note: 'x' }))
      .thenRefused('ENTRY_REVOKED');
  });

  it('happens once', () => {
    given(...played(open, assign(), correct({ note: 'x' })))
      .when(correct({ note: 'x' }))
      .thenNothing();
  });

  it('moves the totals with copies and fee', () => {
    const state = stateAfter(played(open, assign(), correct({ copies: 5, fee: 1000 })));
    expect(state.books[0]?.totals).toMatchObject({ copies: 5, fees: 1000 });
  });
});

describe('voiding a number (hủy số)', () => {
  it('keeps the row and takes its copies and fee out of the totals', () => {
    const events = played(open, assign(), voidNumber());
    expect(events.at(-1)).toEqual({
      type: 'EntryNumberVoided',
      data: { bookId: 'book-1', number: 1, copies: 2, fee: 20000, reason: 'Hồ sơ không đủ' },
    });
    const totals = { entries: 1, voided: 1, copies: 0, fees: 0, lastNumber: 1 };
    expect(stateAfter(events).books[0]?.totals).toMatchObject(totals);
  });

  it('never gives the number to anyone else', () => {
    const [event] = given(...played(open, assign(), voidNumber()))
      .when(assign({ document: 2 }))
      .events();
    expect(event?.data).toMatchObject({ number: 2 });
  });

  it('needs a reason and a standing number in an open book', () => {
    given(...played(open, assign()))
      .when(voidNumber({ reason: '' }))
      .thenRefused('REASON');
    given(...played(open, assign(), revoke()))
      .when(voidNumber())
      .thenRefused('ENTRY_REVOKED');
    given(...played(open, assign(), closeBook()))
      .when(voidNumber())
      .thenRefused('BOOK_LOCKED');
    given(...played(open))
      .when(voidNumber())
      .thenRefused('ENTRY_NOT_FOUND');
  });

  it('happens once', () => {
    given(...played(open, assign(), voidNumber()))
      .when(voidNumber())
      .thenNothing();
  });
});

describe('revoking a certification (hủy giá trị pháp lý)', () => {
  it('records the decision, also long after the book was closed', () => {
    given(...played(open, assign(), closeBook()))
      .when(revoke({ decisionDate: '2026-01-05', today: day('2026-01-06') }))
      .then({
        type: 'CertificationRevoked',
        data: {
          bookId: 'book-1',
          number: 1,
          decisionNumber: '12/QĐ-UBND',
          decisionDate: '2026-01-05',
          decisionIssuer: null,
          reason: 'Bản chính giả mạo',
        },
      });
  });

  it('needs decision, date and reason', () => {
    const before = played(open, assign());
    given(...before)
      .when(revoke({ decisionNumber: '' }))
      .thenRefused('REQUIRED', { field: 'decisionNumber' });
    given(...before)
      .when(revoke({ decisionDate: 'x' }))
      .thenRefused('DATE_FORMAT', { field: 'decisionDate' });
    given(...before)
      .when(revoke({ reason: '' }))
      .thenRefused('REASON');
  });

  it('refuses a decision of the future or from before the certification', () => {
    const before = played(open, assign());
    given(...before)
      .when(revoke({ decisionDate: '2024-05-11' }))
      .thenRefused('DATE_IN_FUTURE');
    given(...before)
      .when(revoke({ decisionDate: '2024-05-09' }))
      .thenRefused('DECISION_BEFORE_ENTRY');
  });

  const publication = { publishedAt: 'Cổng thông tin tỉnh', publishedOn: '2024-05-10' };
  const published = {
    type: 'RevocationPublished',
    data: { bookId: 'book-1', number: 1, ...publication },
  } as const;

  it('records whose decision it is, and where it was made public: with it, or later, once', () => {
    const before = played(open, assign());
    const decided = revoke({ decisionIssuer: ' Chủ tịch  UBND xã ' });
    const [revoked] = given(...before)
      .when(decided)
      .events();
    expect(revoked?.data).toMatchObject({ decisionIssuer: 'Chủ tịch UBND xã' });
    const both = given(...before)
      .when({ ...decided, ...publication })
      .events();
    expect(both).toEqual([revoked, published]);
    const later = played(open, assign(), revoke());
    given(...later)
      .when(revoke(publication))
      .then(published);
    given(...later, published)
      .when(revoke(publication))
      .thenNothing();
    given(...later, published)
      .when(revoke({ ...publication, publishedAt: 'Nơi khác' }))
      .thenRefused('ENTRY_REVOKED');
    given(...later)
      .when(revoke({ ...publication, decisionNumber: '13/QĐ' }))
      .thenRefused('ENTRY_REVOKED');
  });

  it('takes where and when it was made public together, not before the decision or in the future', () => {
    const before = played(open, assign());
    const wrong = (change: object) => given(...before).when(revoke({ ...publication, ...change }));
    wrong({ publishedAt: undefined }).thenRefused('REQUIRED', { field: 'publishedAt' });
    wrong({ publishedOn: undefined }).thenRefused('REQUIRED', { field: 'publishedOn' });
    wrong({ publishedOn: '2024-05-11' }).thenRefused('DATE_IN_FUTURE', { field: 'publishedOn' });
    wrong({ publishedOn: '2024-05-09' }).thenRefused('PUBLISHED_BEFORE_DECISION');
  });

  it('is refused for a voided number and for a second decision', () => {
    given(...played(open, assign(), voidNumber()))
      .when(revoke())
      .thenRefused('ENTRY_VOIDED');
    given(...played(open, assign(), revoke()))
      .when(revoke({ decisionNumber: '13/QĐ' }))
      .thenRefused('ENTRY_REVOKED');
  });

  it('happens once', () => {
    given(...played(open, assign(), revoke()))
      .when(revoke())
      .thenNothing();
  });
});
