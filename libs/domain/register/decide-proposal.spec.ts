import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { registerCommands } from '../../../test/support/register-commands.ts';
import {
  assign,
  BINH,
  closeBook,
  confirm,
  correct,
  day,
  discard,
  endProposal,
  openBook,
  proposeClosing,
  proposeCorrection,
  registerSpec,
  revoke,
  voidNumber,
} from '../../../test/support/register-samples.ts';
import { Refusal } from '../refusal.ts';
import { decideRegister } from './decide.ts';
import type { Proposer, RegisterEvent } from './events.ts';
import { evolveRegister } from './evolve.ts';
import { waitingIn } from './proposal.ts';
import { newRegister } from './register.ts';

const { given, played, stateAfter } = registerSpec;
const year = openBook({ closesOn: '2024-12-31' });
const closing = { proposalId: 'closing-1', number: null };
const changes = { requester: { from: 'Lê Thị Cúc', to: 'Lê Thị Cúc Hoa' } };

describe('a correction that two accounts make', () => {
  it('changes nothing while it waits', () => {
    const before = played(year, assign(), proposeCorrection());
    expect(before.at(-1)).toEqual({
      type: 'CorrectionProposed',
      data: {
        proposalId: '1-1',
        bookId: 'book-1',
        number: 1,
        proposer: BINH,
        changes,
        reason: 'Ghi sai',
      },
    });
    const entry = stateAfter(before).entries.get(1);
    expect([entry?.requester, entry?.corrections]).toEqual(['Lê Thị Cúc', 0]);
  });

  it('is carried out as it was asked for, and names who asked', () => {
    given(...played(year, assign(), proposeCorrection()))
      .when(confirm())
      .then({
        type: 'EntryCorrected',
        data: {
          bookId: 'book-1',
          number: 1,
          changes,
          reason: 'Ghi sai',
          mandate: null,
          proposed: { proposalId: '1-1', ...BINH },
        },
      });
  });

  it('of a closing carries its seal, at the version it has when it is confirmed', () => {
    const seal = { agency: 'BK-001', id: 'seal-1', version: 1, sha256: 'a'.repeat(64) };
    const newer = { ...seal, version: 2, sha256: 'b'.repeat(64) };
    const waits = played(year, assign(), proposeClosing({ seal }));
    const closed = { number: null, proposalId: 'closing-1' };
    const sealOf = (now: typeof seal | null) => {
      const [event] = given(...waits)
        .when(confirm({ ...closed, seal: now }))
        .events();
      return event?.type === 'BookClosed' ? event.data.seal : undefined;
    };
    expect(sealOf(newer)).toEqual(newer);
    // One that is not the one that was named is not put on it.
    expect(sealOf({ ...newer, id: 'seal-2' })).toEqual(seal);
    expect(sealOf(null)).toEqual(seal);
  });

  it('is never confirmed or refused by the account that asked for it', () => {
    const waits = played(year, assign(), proposeCorrection());
    for (const command of [confirm({ by: BINH }), endProposal({ by: BINH })])
      given(...waits)
        .when(command)
        .thenRefused('PROPOSAL_OWN');
    // A name is no account.
    given(...waits)
      .when(confirm({ by: { ...BINH, name: 'Người khác' } }))
      .thenRefused('PROPOSAL_OWN');
  });

  it('does nothing when asked, confirmed or ended again', () => {
    const waits = [year, assign(), proposeCorrection()];
    given(...played(...waits))
      .when(proposeCorrection())
      .thenNothing();
    given(...played(...waits, confirm()))
      .when(confirm())
      .thenNothing();
    given(...played(...waits, endProposal()))
      .when(endProposal())
      .thenNothing();
    given(...played(...waits, endProposal()))
      .when(endProposal({ type: 'WithdrawProposal', by: BINH }))
      .thenRefused('PROPOSAL_ENDED', { as: 'refused' });
  });

  it('is not confirmed over what was changed meanwhile, and is over what it does not touch', () => {
    const waits = [year, assign(), proposeCorrection()];
    given(...played(...waits, correct({ requester: 'Lê Thị Cam' })))
      .when(confirm())
      .thenRefused('PROPOSAL_OUTDATED');
    const [event] = given(...played(...waits, correct({ copies: 9 })))
      .when(confirm())
      .events();
    expect(event).toMatchObject({ type: 'EntryCorrected', data: { changes } });
  });

  it('is decided by the rules of the day it is confirmed on', () => {
    const waits = [year, assign(), proposeCorrection(), closeBook()];
    given(...played(...waits))
      .when(confirm())
      .thenRefused('BOOK_NOTES_ONLY');
    given(...played(...waits))
      .when(endProposal())
      .then({
        type: 'ProposalRefused',
        data: { proposalId: '1-1', bookId: 'book-1', number: 1, reason: 'Chưa đủ căn cứ' },
      });
  });

  it.each([
    ['voided', voidNumber(), 'EntryNumberVoided'],
    ['revoked', revoke(), 'CertificationRevoked'],
  ])('lapses with a number that is %s', (_, command, type) => {
    const events = given(...played(year, assign(), proposeCorrection()))
      .when(command)
      .events();
    expect(events.map((event) => event.type)).toEqual(['ProposalLapsed', type]);
  });

  it('counts against the room an entry has, confirmed or not', () => {
    const rounds = Array.from({ length: 200 }, (_, round) => [
      proposeCorrection({ proposalId: `1-${round}`, copies: 50 }),
      endProposal({ proposalId: `1-${round}` }),
    ]).flat();
    given(...played(year, assign(), ...rounds))
      .when(proposeCorrection({ proposalId: '1-x' }))
      .thenRefused('CORRECTIONS_EXHAUSTED');
  });
});

describe('a closing that two accounts make', () => {
  it('has the totals of the moment it is confirmed, and names both', () => {
    const before = played(year, assign(), proposeClosing(), assign({ document: 2 }));
    const [event] = given(...before)
      .when(confirm({ ...closing, today: day('2024-05-12') }))
      .events();
    expect(event).toMatchObject({
      type: 'BookClosed',
      data: {
        closedOn: '2024-05-12',
        confirmedByFullName: 'Nguyễn Văn An',
        totals: { entries: 2 },
        proposed: { proposalId: 'closing-1', ...BINH },
      },
    });
  });

  it('is withdrawn by who asked for it alone', () => {
    const waits = played(year, proposeClosing());
    const withdrawal = endProposal({ ...closing, type: 'WithdrawProposal', reason: '' });
    given(...waits)
      .when(withdrawal)
      .thenRefused('PROPOSAL_FOREIGN', { by: BINH.name });
    given(...waits)
      .when({ ...withdrawal, by: BINH })
      .then({
        type: 'ProposalWithdrawn',
        data: { proposalId: 'closing-1', bookId: 'book-1', number: null, reason: '' },
      });
  });

  it('asks to refuse for a reason', () => {
    given(...played(year, proposeClosing()))
      .when(endProposal({ ...closing, reason: ' ' }))
      .thenRefused('REASON');
  });

  it('lapses where one account closes or discards the book alone', () => {
    for (const [command, type] of [
      [closeBook(), 'BookClosed'],
      [discard(), 'BookDiscarded'],
    ] as const) {
      const events = given(...played(year, proposeClosing()))
        .when(command)
        .events();
      expect(events.map((event) => event.type)).toEqual(['ProposalLapsed', type]);
    }
  });

  it('is not asked for of a book that is closed, or not yet open', () => {
    given(...played(year, closeBook()))
      .when(proposeClosing())
      .thenRefused('BOOK_LOCKED');
    given(...played(year))
      .when(proposeClosing({ today: day('2024-05-09') }))
      .thenRefused('BOOK_NOT_OPEN');
  });
});

it('nothing is confirmed but what waited, by another account, and every proposal ends once', () => {
  fc.assert(
    fc.property(registerCommands, (commands) => {
      let state = newRegister();
      for (const command of commands) {
        const before = state;
        let events: readonly RegisterEvent[] = [];
        try {
          events = decideRegister(state, command);
        } catch (error) {
          if (!(error instanceof Refusal)) throw error;
        }
        state = events.reduce(evolveRegister, state);
        for (const { type, data } of events) {
          if ((type !== 'EntryCorrected' && type !== 'BookClosed') || !data.proposed) continue;
          const thing =
            'number' in data
              ? before.entries.get(data.number)
              : before.books.find(({ bookId }) => bookId === data.bookId);
          const waited = waitingIn<{ proposalId: string; proposer: Proposer }>(thing?.proposal);
          expect(waited?.proposalId).toBe(data.proposed.proposalId);
          expect(waited?.proposer.account).toBe(data.proposed.account);
          expect('by' in command && command.by.account).not.toBe(data.proposed.account);
        }
      }
    }),
    { numRuns: 1000 },
  );
});
