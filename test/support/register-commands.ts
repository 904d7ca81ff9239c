import fc from 'fast-check';
import type { RegisterCommand } from '#domain';
import {
  ANH,
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
  resume,
  revoke,
  sign,
  stamp,
  voidNumber,
} from './register-samples.ts';

const bookId = fc.constantFrom('book-1', 'book-2', 'book-3');
const date = fc
  .constantFrom('2024-05-09', '2024-05-10', '2024-05-11', '2024-12-31', '2025-01-01')
  .map(day);
const number = fc.integer({ min: 1, max: 12 });
const proposalId = fc.constantFrom('p-1', 'p-2');
const by = fc.constantFrom(BINH, ANH);
const reason = fc.constantFrom('', 'Lý do');

const file = fc
  .constantFrom('c', 'e')
  .map((letter) => ({ ...stamp().file, sha256: letter.repeat(64) }));

/** Any command of the register, sensible or not. */
export const registerCommand: fc.Arbitrary<RegisterCommand> = fc.oneof(
  {
    weight: 2,
    arbitrary: fc
      .record({
        bookId,
        name: fc.constantFrom('01/2024', '02/2024', '03/2024'),
        firstNumber: number,
        openedOn: date,
        closesOn: date,
        reason,
      })
      .map(openBook),
  },
  {
    weight: 2,
    arbitrary: fc
      .record({ bookId, closesOn: date, firstNumber: fc.option(number, { nil: undefined }) })
      .map(editBook),
  },
  fc.record({ bookId, reason }).map(discard),
  fc.record({ bookId, today: date }).map(closeBook),
  {
    weight: 8,
    arbitrary: fc
      .record({
        bookId,
        dossier: fc.constantFrom('A', 'B'),
        document: fc.integer({ min: 0, max: 4 }),
        today: date,
        copies: fc.integer({ min: 0, max: 3 }),
      })
      .map(assign),
  },
  {
    weight: 2,
    arbitrary: fc
      .record({
        bookId,
        number,
        today: date,
        copies: fc.integer({ min: 0, max: 9 }),
        certifiedOn: date,
      })
      .map(correct),
  },
  fc.record({ number, reason }).map(voidNumber),
  fc.record({ bookId, proposalId, by }).map(proposeClosing),
  fc
    .record({ bookId, number, proposalId, by, copies: fc.integer({ min: 1, max: 9 }) })
    .map(proposeCorrection),
  fc.record({ bookId, number: fc.option(number), proposalId, by }).map(confirm),
  fc
    .record({
      type: fc.constantFrom('WithdrawProposal' as const, 'RefuseProposal' as const),
      bookId,
      number: fc.option(number),
      proposalId,
      by,
      reason,
    })
    .map(endProposal),
  fc.record({ knownLast: fc.option(number) }).map(pause),
  fc.record({ lastGiven: number, reason }).map(resume),
  fc.record({ bookId, number, today: date }).map(revoke),
  fc.record({ bookId, number, file }).map(stamp),
  fc.record({ bookId, number }).map(sign),
);

export const registerCommands = fc.array(registerCommand, { maxLength: 60 });
