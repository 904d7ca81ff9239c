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
  register,
  registerSpec,
  resume,
  revoke,
  voidNumber,
} from '../../../test/support/register-samples.ts';
import type { RefusalCode } from '../refusal.ts';
import type { RegisterCommand } from './commands.ts';

const { given, played } = registerSpec;
const year = openBook({ closesOn: '2024-12-31' });
const second = (given = {}) =>
  openBook({ bookId: 'book-2', name: '02/2024', firstNumber: 2, closesOn: '2024-12-31', ...given });
const nextYear = { ...register, year: 2025 };
const in2025 = { register: nextYear, openedOn: '2025-01-02', closesOn: '2025-12-31' };

/** A refusal, what its message says to do, and what then has to go through. */
interface Walk {
  readonly code: RefusalCode;
  readonly says: string;
  readonly before: readonly RegisterCommand[];
  readonly refused: RegisterCommand;
  /** Done before it is asked again. */
  readonly doing?: readonly RegisterCommand[];
  /** In a register of its own, where the message leads there. */
  readonly elsewhere?: true;
  readonly then: RegisterCommand;
}

const walks: readonly Walk[] = [
  {
    code: 'NAME_DUPLICATE',
    says: 'another name',
    before: [year, assign(), closeBook()],
    refused: second({ name: '01/2024' }),
    then: second(),
  },
  {
    code: 'NAME_YEAR',
    says: 'the year of the opening day',
    before: [],
    refused: openBook({ name: '01/2023' }),
    then: openBook({ name: '01/2024' }),
  },
  {
    code: 'YEAR_LOCKED',
    says: 'discard this one and open another',
    before: [year],
    refused: editBook({ name: '01/2025', openedOn: '2025-01-02', closesOn: '2025-12-31' }),
    doing: [discard()],
    elsewhere: true,
    then: openBook({ ...in2025, name: '01/2025' }),
  },
  {
    code: 'FIELD_LOCKED',
    says: 'only the closing day can still be edited',
    before: [year, assign()],
    refused: editBook({ openedOn: '2025-01-02', closesOn: '2025-12-31', name: '01/2025' }),
    then: editBook({ closesOn: '2024-11-30' }),
  },
  {
    code: 'CLOSES_BEFORE_ENTRY',
    says: 'from that day on',
    before: [year, assign({ today: day('2024-05-12') })],
    refused: editBook({ closesOn: '2024-05-11' }),
    then: editBook({ closesOn: '2024-05-12' }),
  },
  {
    code: 'DELETE_USED',
    says: 'void the numbers given by mistake',
    before: [year, assign()],
    refused: discard(),
    then: voidNumber(),
  },
  {
    code: 'DELETE_USED',
    says: 'or close the book',
    before: [year, assign()],
    refused: discard(),
    then: closeBook(),
  },
  {
    code: 'START_CONTINUITY',
    says: 'the number that comes next',
    before: [year, assign(), closeBook()],
    refused: second({ firstNumber: 1 }),
    then: second({ firstNumber: 2 }),
  },
  {
    code: 'START_REASON',
    says: 'say why',
    before: [],
    refused: openBook({ firstNumber: 57 }),
    then: openBook({ firstNumber: 57, reason: 'Tiếp nối sổ giấy' }),
  },
  {
    code: 'BOOK_OPEN_EXISTS',
    says: 'close the other first',
    before: [year, assign()],
    refused: second(),
    doing: [closeBook()],
    then: second(),
  },
  {
    code: 'BOOK_NOT_OPEN',
    says: 'wait for the opening day',
    before: [openBook({ openedOn: '2024-06-01', closesOn: '2024-12-31' })],
    refused: assign(),
    then: assign({ today: day('2024-06-01') }),
  },
  {
    code: 'BOOK_NOT_OPEN',
    says: 'or edit it',
    before: [openBook({ openedOn: '2024-06-01', closesOn: '2024-12-31' })],
    refused: assign(),
    doing: [editBook({ openedOn: '2024-05-10' })],
    then: assign(),
  },
  {
    code: 'BOOK_NOT_OPEN',
    says: 'extend the book',
    before: [openBook()],
    refused: assign({ today: day('2024-05-12') }),
    doing: [editBook({ closesOn: '2024-12-31' })],
    then: assign({ today: day('2024-05-12') }),
  },
  {
    code: 'BOOK_NOT_OPEN',
    says: 'or close it and open another',
    before: [openBook(), assign()],
    refused: assign({ document: 2, today: day('2024-05-12') }),
    doing: [closeBook({ today: day('2024-05-12') }), second()],
    then: assign({ bookId: 'book-2', document: 2, today: day('2024-05-12') }),
  },
  {
    code: 'BOOK_NOT_OPEN',
    says: 'after the year: close it, and open one of the new year, from 1',
    before: [year, assign()],
    refused: assign({ document: 2, today: day('2025-01-02') }),
    doing: [closeBook({ today: day('2025-01-02') })],
    elsewhere: true,
    then: openBook({ ...in2025, name: '01/2025', firstNumber: 1 }),
  },
  {
    code: 'BOOK_CLOSED',
    says: 'open another',
    before: [year, assign(), closeBook()],
    refused: assign({ document: 2 }),
    doing: [second()],
    then: assign({ bookId: 'book-2', document: 2 }),
  },
  {
    code: 'BOOK_LOCKED',
    says: 'only a correcting note',
    before: [year, assign(), closeBook()],
    refused: voidNumber(),
    then: correct({ note: 'Hồ sơ không đủ' }),
  },
  {
    code: 'BOOK_NOTES_ONLY',
    says: 'only the note',
    before: [year, assign(), closeBook()],
    refused: correct({ copies: 3 }),
    then: correct({ note: '3 bản' }),
  },
  {
    code: 'BOOK_DISCARDED',
    says: 'another book',
    before: [year, discard(), second({ firstNumber: 1 })],
    refused: assign(),
    then: assign({ bookId: 'book-2' }),
  },
  {
    code: 'REGISTER_PAUSED',
    says: 'the operator confirms the last number given',
    before: [year, assign(), pause()],
    refused: assign({ document: 2 }),
    doing: [resume()],
    then: assign({ document: 2 }),
  },
  {
    code: 'OUTSIDE_PERIOD',
    says: 'a day within the period',
    before: [year],
    refused: assign({ certifiedOn: '2024-05-09' }),
    then: assign({ certifiedOn: '2024-05-10' }),
  },
  {
    code: 'ENTRY_DATE_ORDER',
    says: 'not before the number before it',
    before: [year, assign({ today: day('2024-05-12') })],
    refused: assign({ document: 2, today: day('2024-05-12'), certifiedOn: '2024-05-11' }),
    then: assign({ document: 2, today: day('2024-05-12'), certifiedOn: '2024-05-12' }),
  },
  {
    code: 'DATE_IN_FUTURE',
    says: 'not after today',
    before: [year],
    refused: assign({ certifiedOn: '2024-05-11' }),
    then: assign({ certifiedOn: '2024-05-10' }),
  },
  {
    code: 'DOCUMENT_NUMBERED',
    says: 'correct that number',
    before: [year, assign()],
    refused: assign({ copies: 5 }),
    then: correct({ copies: 5 }),
  },
  {
    code: 'DOCUMENT_NUMBERED',
    says: 'or name another document',
    before: [year, assign()],
    refused: assign({ copies: 5 }),
    then: assign({ copies: 5, document: 2 }),
  },
  {
    code: 'ENTRY_VOIDED',
    says: 'a new number for the document',
    before: [year, assign(), voidNumber()],
    refused: correct({ copies: 5 }),
    then: assign({ copies: 5 }),
  },
  {
    code: 'CORRECTIONS_EXHAUSTED',
    says: 'void the number and take another',
    before: [
      year,
      assign(),
      ...Array.from({ length: 200 }, (_, at) => correct({ note: `lần ${at}` })),
    ],
    refused: correct({ note: 'lần nữa' }),
    doing: [voidNumber()],
    then: assign(),
  },
  {
    code: 'DECISION_BEFORE_ENTRY',
    says: 'not before the certification',
    before: [year, assign()],
    refused: revoke({ decisionDate: '2024-05-09' }),
    then: revoke({ decisionDate: '2024-05-10' }),
  },
];

describe('doing what a refusal says lets the command through', () => {
  it.each(walks.map((walk) => [`${walk.code}: ${walk.says}`, walk] as const))(
    '%s',
    (_name, walk) => {
      const before = played(...walk.before);
      given(...before)
        .when(walk.refused)
        .thenRefused(walk.code);
      const done = played(...walk.before, ...(walk.doing ?? []));
      const events = given(...(walk.elsewhere ? [] : done))
        .when(walk.then)
        .events();
      expect(events.length).toBeGreaterThan(0);
    },
  );
});
