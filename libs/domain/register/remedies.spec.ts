import { describe, expect, it } from '@jest/globals';
import {
  assign,
  BINH,
  closeBook,
  confirm,
  correct,
  day,
  discard,
  editBook,
  endProposal,
  openBook,
  pause,
  proposeClosing,
  proposeCorrection,
  register,
  registerSpec,
  resume,
  revoke,
  sign,
  stamp,
  voidNumber,
} from '../../../test/support/register-samples.ts';
import { standingIn } from '../../../test/support/mandate-samples.ts';
import type { WalkedInRegister } from '../../../test/support/walks.ts';
import type { RegisterCommand } from './commands.ts';

const { given, played } = registerSpec;
const year = openBook({ closesOn: '2024-12-31' });
const second = (given = {}) =>
  openBook({ bookId: 'book-2', name: '02/2024', firstNumber: 2, closesOn: '2024-12-31', ...given });
const nextYear = { ...register, year: 2025 };
const inNovember = openBook({
  register: nextYear,
  name: '01/2025',
  openedOn: '2025-11-03',
  closesOn: '2025-12-31',
});
const in2025 = { register: nextYear, openedOn: '2025-01-02', closesOn: '2025-12-31' };

/** A refusal, what its message says to do, and what then has to go through. */
interface Walk {
  readonly says: string;
  readonly before: readonly RegisterCommand[];
  readonly refused: RegisterCommand;
  /** Done before it is asked again. */
  readonly doing?: readonly RegisterCommand[];
  /** In a register of its own, where the message leads there. */
  readonly elsewhere?: true;
  readonly then: RegisterCommand;
}

const again = proposeCorrection({ proposalId: '1-2', requester: 'Lê Thị Cúc Hương' });
const proposed = [year, assign(), proposeCorrection()];
const BOTH = { number: null, proposalId: 'closing-1' };

const numberedFile = (times: number) => ({
  ...stamp().file,
  sha256: String(times).padStart(64, '0'),
});
const fiftyStamps = Array.from({ length: 50 }, (_, times) => stamp({ file: numberedFile(times) }));
const stampedAgain = stamp({
  facts: { ...stamp().facts, certifierTitle: 'Chủ tịch UBND' },
  file: { ...stamp().file, sha256: 'e'.repeat(64) },
});
const signedAgain = {
  ...{ sha256: 'f'.repeat(64), bytes: 220_160 },
  signers: ['Nguyễn Văn An', 'UBND xã Ba Bể'],
};

const walks: { readonly [C in WalkedInRegister]: readonly Walk[] } = {
  NAME_DUPLICATE: [
    {
      says: 'another name',
      before: [year, assign(), closeBook()],
      refused: second({ name: '01/2024' }),
      then: second(),
    },
  ],
  MANDATE_MISSING: [
    {
      says: 'a mandate recorded',
      before: [inNovember],
      refused: assign({ ...standingIn(), mandates: undefined }),
      then: assign(standingIn()),
    },
    {
      says: 'or another authority',
      before: [inNovember],
      refused: assign({ ...standingIn(), mandates: undefined }),
      then: assign(standingIn({ authority: null })),
    },
  ],
  NAME_YEAR: [
    {
      says: 'the year of the opening day',
      before: [],
      refused: openBook({ name: '01/2023' }),
      then: openBook({ name: '01/2024' }),
    },
  ],
  YEAR_LOCKED: [
    {
      says: 'discard this one and open another',
      before: [year],
      refused: editBook({ name: '01/2025', openedOn: '2025-01-02', closesOn: '2025-12-31' }),
      doing: [discard()],
      elsewhere: true,
      then: openBook({ ...in2025, name: '01/2025' }),
    },
  ],
  FIELD_LOCKED: [
    {
      says: 'only the closing day can still be edited',
      before: [year, assign()],
      refused: editBook({ openedOn: '2025-01-02', closesOn: '2025-12-31', name: '01/2025' }),
      then: editBook({ closesOn: '2024-11-30' }),
    },
  ],
  CLOSES_BEFORE_ENTRY: [
    {
      says: 'from that day on',
      before: [year, assign({ today: day('2024-05-12') })],
      refused: editBook({ closesOn: '2024-05-11' }),
      then: editBook({ closesOn: '2024-05-12' }),
    },
  ],
  DELETE_USED: [
    {
      says: 'void the numbers given by mistake',
      before: [year, assign()],
      refused: discard(),
      then: voidNumber(),
    },
    {
      says: 'or close the book',
      before: [year, assign()],
      refused: discard(),
      then: closeBook(),
    },
  ],
  START_CONTINUITY: [
    {
      says: 'the number that comes next',
      before: [year, assign(), closeBook()],
      refused: second({ firstNumber: 1 }),
      then: second({ firstNumber: 2 }),
    },
  ],
  START_REASON: [
    {
      says: 'say why',
      before: [],
      refused: openBook({ firstNumber: 57 }),
      then: openBook({ firstNumber: 57, reason: 'Tiếp nối sổ giấy' }),
    },
  ],
  BOOK_OPEN_EXISTS: [
    {
      says: 'close the other first',
      before: [year, assign()],
      refused: second(),
      doing: [closeBook()],
      then: second(),
    },
  ],
  BOOK_NOT_OPEN: [
    {
      says: 'wait for the opening day',
      before: [openBook({ openedOn: '2024-06-01', closesOn: '2024-12-31' })],
      refused: assign(),
      then: assign({ today: day('2024-06-01') }),
    },
    {
      says: 'or edit it',
      before: [openBook({ openedOn: '2024-06-01', closesOn: '2024-12-31' })],
      refused: assign(),
      doing: [editBook({ openedOn: '2024-05-10' })],
      then: assign(),
    },
    {
      says: 'extend the book',
      before: [openBook()],
      refused: assign({ today: day('2024-05-12') }),
      doing: [editBook({ closesOn: '2024-12-31' })],
      then: assign({ today: day('2024-05-12') }),
    },
    {
      says: 'or close it and open another',
      before: [openBook(), assign()],
      refused: assign({ document: 2, today: day('2024-05-12') }),
      doing: [closeBook({ today: day('2024-05-12') }), second()],
      then: assign({ bookId: 'book-2', document: 2, today: day('2024-05-12') }),
    },
    {
      says: 'after the year: close it, and open one of the new year, from 1',
      before: [year, assign()],
      refused: assign({ document: 2, today: day('2025-01-02') }),
      doing: [closeBook({ today: day('2025-01-02') })],
      elsewhere: true,
      then: openBook({ ...in2025, name: '01/2025', firstNumber: 1 }),
    },
  ],
  BOOK_CLOSED: [
    {
      says: 'open another',
      before: [year, assign(), closeBook()],
      refused: assign({ document: 2 }),
      doing: [second()],
      then: assign({ bookId: 'book-2', document: 2 }),
    },
  ],
  BOOK_LOCKED: [
    {
      says: 'only a correcting note',
      before: [year, assign(), closeBook()],
      refused: voidNumber(),
      then: correct({ note: 'Hồ sơ không đủ' }),
    },
  ],
  BOOK_NOTES_ONLY: [
    {
      says: 'only the note',
      before: [year, assign(), closeBook()],
      refused: correct({ copies: 3 }),
      then: correct({ note: '3 bản' }),
    },
  ],
  BOOK_DISCARDED: [
    {
      says: 'another book',
      before: [year, discard(), second({ firstNumber: 1 })],
      refused: assign(),
      then: assign({ bookId: 'book-2' }),
    },
  ],
  REGISTER_PAUSED: [
    {
      says: 'the operator confirms the last number given',
      before: [year, assign(), pause()],
      refused: assign({ document: 2 }),
      doing: [resume()],
      then: assign({ document: 2 }),
    },
  ],
  OUTSIDE_PERIOD: [
    {
      says: 'a day within the period',
      before: [year],
      refused: assign({ certifiedOn: '2024-05-09' }),
      then: assign({ certifiedOn: '2024-05-10' }),
    },
  ],
  ENTRY_DATE_ORDER: [
    {
      says: 'not before the number before it',
      before: [year, assign({ today: day('2024-05-12') })],
      refused: assign({ document: 2, today: day('2024-05-12'), certifiedOn: '2024-05-11' }),
      then: assign({ document: 2, today: day('2024-05-12'), certifiedOn: '2024-05-12' }),
    },
  ],
  DATE_IN_FUTURE: [
    {
      says: 'not after today',
      before: [year],
      refused: assign({ certifiedOn: '2024-05-11' }),
      then: assign({ certifiedOn: '2024-05-10' }),
    },
  ],
  DOCUMENT_NUMBERED: [
    {
      says: 'correct that number',
      before: [year, assign()],
      refused: assign({ copies: 5 }),
      then: correct({ copies: 5 }),
    },
    {
      says: 'or name another document',
      before: [year, assign()],
      refused: assign({ copies: 5 }),
      then: assign({ copies: 5, document: 2 }),
    },
  ],
  ENTRY_VOIDED: [
    {
      says: 'a new number for the document',
      before: [year, assign(), voidNumber()],
      refused: correct({ copies: 5 }),
      then: assign({ copies: 5 }),
    },
  ],
  CORRECTIONS_EXHAUSTED: [
    {
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
  ],
  PROPOSAL_EMPTY: [
    {
      says: 'another value',
      before: [year, assign()],
      refused: proposeCorrection({ requester: 'Lê Thị Cúc' }),
      then: proposeCorrection(),
    },
  ],
  PROPOSAL_NOT_FOUND: [
    {
      says: 'one from the list',
      before: proposed,
      refused: confirm({ proposalId: '1-9' }),
      then: confirm(),
    },
  ],
  PROPOSAL_WAITING: [
    { says: 'confirm it first', before: proposed, refused: again, doing: [confirm()], then: again },
    {
      says: 'or refuse it',
      before: proposed,
      refused: again,
      doing: [endProposal()],
      then: again,
    },
    {
      says: 'or withdraw it',
      before: [year, assign(), proposeClosing()],
      refused: proposeClosing({ proposalId: 'closing-2' }),
      doing: [endProposal({ ...BOTH, type: 'WithdrawProposal', by: BINH })],
      then: proposeClosing({ proposalId: 'closing-2' }),
    },
  ],
  PROPOSAL_ENDED: [
    {
      says: 'a new proposal',
      before: [...proposed, endProposal()],
      refused: confirm(),
      doing: [again],
      then: confirm({ proposalId: '1-2' }),
    },
  ],
  PROPOSAL_OUTDATED: [
    {
      says: 'refuse it, propose anew',
      before: [...proposed, correct({ requester: 'Lê Thị Cam' })],
      refused: confirm(),
      doing: [endProposal(), again],
      then: confirm({ proposalId: '1-2' }),
    },
  ],
  PROPOSAL_OWN: [
    { says: 'another account', before: proposed, refused: confirm({ by: BINH }), then: confirm() },
    {
      says: 'or withdraw it',
      before: proposed,
      refused: endProposal({ by: BINH }),
      then: endProposal({ by: BINH, type: 'WithdrawProposal' }),
    },
  ],
  PROPOSAL_FOREIGN: [
    {
      says: 'refuse it',
      before: proposed,
      refused: endProposal({ type: 'WithdrawProposal' }),
      then: endProposal(),
    },
  ],
  COPY_NOT_ELECTRONIC: [
    {
      says: 'a number of the register of electronic copies',
      before: [year, assign()],
      refused: stamp({ register: { ...register, type: 'SCT.BS' } }),
      then: stamp(),
    },
  ],
  COPY_NOT_STAMPED: [
    {
      says: 'stamp first',
      before: [year, assign()],
      refused: sign(),
      doing: [stamp()],
      then: sign(),
    },
  ],
  COPY_OUTDATED: [
    {
      says: 'stamp again',
      before: [year, assign(), stamp(), correct({ certifierTitle: 'Chủ tịch UBND' })],
      refused: sign(),
      doing: [stampedAgain],
      then: sign({ beginsWith: [stampedAgain.file.sha256] }),
    },
  ],
  COPY_SIGNED: [
    {
      says: 'revoke it, which ends what was signed',
      before: [year, assign(), stamp(), sign()],
      refused: stamp({ file: stampedAgain.file }),
      then: revoke(),
    },
    {
      says: 'the same of voiding',
      before: [year, assign(), stamp(), sign()],
      refused: voidNumber(),
      then: revoke(),
    },
  ],
  COPY_OTHER_FILE: [
    {
      says: 'the file that was stamped last',
      before: [year, assign(), stamp(), stamp({ file: stampedAgain.file })],
      refused: sign(),
      then: sign({ beginsWith: [stampedAgain.file.sha256] }),
    },
    {
      says: 'the file that was signed, with another signature behind it',
      before: [year, assign(), stamp(), sign()],
      refused: sign({ file: signedAgain }),
      then: sign({ file: signedAgain, beginsWith: [stamp().file.sha256, sign().file.sha256] }),
    },
  ],
  STAMPS_EXHAUSTED: [
    {
      says: 'sign the one that was stamped last',
      before: [year, assign(), ...fiftyStamps],
      refused: stamp(),
      then: sign({ beginsWith: [numberedFile(49).sha256] }),
    },
  ],
  PUBLISHED_BEFORE_DECISION: [
    {
      says: 'look at both days again',
      before: [year, assign()],
      refused: revoke({ publishedAt: 'Cổng thông tin', publishedOn: '2024-05-09' }),
      then: revoke({ publishedAt: 'Cổng thông tin', publishedOn: '2024-05-10' }),
    },
  ],
  DECISION_BEFORE_ENTRY: [
    {
      says: 'not before the certification',
      before: [year, assign()],
      refused: revoke({ decisionDate: '2024-05-09' }),
      then: revoke({ decisionDate: '2024-05-10' }),
    },
  ],
  REQUIRED: [
    {
      says: 'enter it',
      before: [year],
      refused: assign({ requester: ' ' }),
      then: assign(),
    },
  ],
  REASON: [
    {
      says: 'enter a reason',
      before: [year, assign()],
      refused: voidNumber({ reason: '' }),
      then: voidNumber(),
    },
  ],
  TEXT_BROKEN: [
    {
      says: 'send it as UTF-8',
      before: [year],
      refused: assign({ requester: 'L\ufffd' }),
      then: assign({ requester: 'Lê' }),
    },
  ],
  TOO_LONG: [
    {
      says: 'shorten it',
      before: [year],
      refused: assign({ requester: 'x'.repeat(501) }),
      then: assign({ requester: 'x'.repeat(500) }),
    },
  ],
  NUMBER_INVALID: [
    {
      says: 'a whole number within the range',
      before: [year],
      refused: assign({ copies: 0 }),
      then: assign({ copies: 1 }),
    },
  ],
  NAME_FORMAT: [
    {
      says: 'NN/YYYY',
      before: [],
      refused: openBook({ name: '1/24' }),
      then: openBook({ name: '01/2024' }),
    },
  ],
  DATE_FORMAT: [
    {
      says: 'a real day, YYYY-MM-DD',
      before: [],
      refused: openBook({ closesOn: '2024-02-30' }),
      then: openBook({ closesOn: '2024-05-30' }),
    },
  ],
  DATE_ORDER: [
    {
      says: 'not before the opening day',
      before: [],
      refused: openBook({ closesOn: '2024-05-09' }),
      then: openBook({ closesOn: '2024-05-10' }),
    },
  ],
  DATE_YEAR: [
    {
      says: 'not after 31/12',
      before: [],
      refused: openBook({ closesOn: '2025-01-01' }),
      then: openBook({ closesOn: '2024-12-31' }),
    },
  ],
  START_INVALID: [
    {
      says: 'a whole number from 1',
      before: [],
      refused: openBook({ firstNumber: 0 }),
      then: openBook({ firstNumber: 1 }),
    },
  ],
  START_TOO_LARGE: [
    {
      says: 'not above the greatest',
      before: [],
      refused: openBook({ firstNumber: 1_000_000_000 }),
      then: openBook({ firstNumber: 999_999_999, reason: 'Tiếp nối' }),
    },
  ],
  BOOK_NOT_FOUND: [
    {
      says: 'one from the list',
      before: [year],
      refused: assign({ bookId: 'book-9' }),
      then: assign(),
    },
  ],
  BOOKS_EXHAUSTED: [
    {
      says: 'a book of the next year',
      before: Array.from({ length: 1000 }, (_, at) => at).flatMap((at) => [
        openBook({ bookId: `b-${at}` }),
        discard({ bookId: `b-${at}` }),
      ]),
      refused: openBook(),
      elsewhere: true,
      then: openBook({ ...in2025, name: '01/2025' }),
    },
  ],
  NUMBERING_NOT_PAUSED: [
    {
      says: 'give numbers as usual',
      before: [year],
      refused: resume(),
      then: assign(),
    },
  ],
  LAST_GIVEN_BEFORE: [
    {
      says: 'not below the last in the log',
      before: [year, assign(), pause()],
      refused: resume({ lastGiven: 0 }),
      then: resume({ lastGiven: 1 }),
    },
  ],
  LOST_TOO_MANY: [
    {
      says: 'look at the last number again',
      before: [year, assign(), pause()],
      refused: resume({ lastGiven: 200_000 }),
      then: resume({ lastGiven: 20 }),
    },
  ],
  ENTRY_LOST: [
    {
      says: 'a new number',
      before: [year, assign(), pause(), resume({ lastGiven: 3 })],
      refused: correct({ number: 2, copies: 5 }),
      then: assign({ document: 2 }),
    },
  ],
  NUMBERS_EXHAUSTED: [
    {
      says: 'close the book; next year begins at 1',
      before: [
        openBook({ firstNumber: 999_999_999, closesOn: '2024-12-31', reason: 'Tiếp nối' }),
        assign(),
      ],
      refused: assign({ document: 2 }),
      then: closeBook(),
    },
  ],
  ENTRY_NOT_FOUND: [
    {
      says: 'one from the list',
      before: [year, assign()],
      refused: voidNumber({ number: 9 }),
      then: voidNumber(),
    },
  ],
  ENTRY_REVOKED: [
    {
      says: 'a number for another document',
      before: [year, assign(), revoke()],
      refused: correct({ copies: 5 }),
      then: assign({ document: 2 }),
    },
  ],
};

const all = Object.entries(walks).flatMap(([code, some]) =>
  some.map((walk) => [code as WalkedInRegister, walk.says, walk] as const),
);

describe('doing what a refusal says lets the command through', () => {
  it.each(all)('%s: %s', (code, _says, walk) => {
    const before = played(...walk.before);
    given(...before)
      .when(walk.refused)
      .thenRefused(code);
    const done = played(...walk.before, ...(walk.doing ?? []));
    const events = given(...(walk.elsewhere ? [] : done))
      .when(walk.then)
      .events();
    expect(events.length).toBeGreaterThan(0);
  });
});
