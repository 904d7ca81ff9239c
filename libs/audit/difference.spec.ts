import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { registerCommands } from '../../test/support/register-commands.ts';
import {
  applyChanges,
  decideRegister,
  evolveRegister,
  newRegister,
  Refusal,
  vietnameseDate,
  type DomainEvent,
  type RegisterCommand,
  type RegisterEvent,
} from '#domain';
import { differenceOf, toldFields } from './difference.ts';
import { foldingOf, type Thing } from './folding.ts';

/** What the log holds after the commands, refused ones leaving no trace. */
function played(commands: readonly RegisterCommand[]): readonly RegisterEvent[] {
  let state = newRegister();
  return commands.flatMap((command) => {
    try {
      const decided = decideRegister(state, command);
      state = decided.reduce(evolveRegister, state);
      return decided;
    } catch (error) {
      if (error instanceof Refusal) return [];
      throw error;
    }
  });
}

/** The state before the first event, and after each, as on the days that go by. */
function statesOf(subject: Thing, events: readonly DomainEvent[]): readonly (object | null)[] {
  const fold = foldingOf(subject);
  const dayOf = (index: number) => vietnameseDate(new Date(Date.UTC(2024, 4, 8 + index)));
  const first = fold.now()(subject, dayOf(0));
  return [
    first,
    ...events.map((event, index) => {
      fold.evolve(event);
      return fold.now()(subject, dayOf(index + 1));
    }),
  ];
}

/** That going from moment to moment by differences alone is to be where the states are. */
function requireFolded(subject: Thing, events: readonly DomainEvent[], step: number): void {
  const { kind } = subject;
  const moments = statesOf(subject, events).filter((_, index) => index % step === 0);
  let before: object | null = null;
  let told = toldFields(kind, null);
  for (const state of moments) {
    const changes = differenceOf(kind, before, state).filter(({ changed }) => changed);
    told = applyChanges(told, Object.fromEntries(changes.map((one) => [one.field, one])));
    expect(told).toEqual(toldFields(kind, state));
    before = state;
  }
}

const image = (sha256: string) => ({
  sha256,
  mediaType: 'image/png',
  width: 300,
  height: 300,
  bytes: 9,
  warnings: [],
});
const name = fc.constantFrom('Con dấu', 'Dấu tròn', 'Dấu cũ');
const reason = fc.constantFrom('', 'Mờ');

const sealEvents: fc.Arbitrary<readonly DomainEvent[]> = fc.array(
  fc.oneof(
    fc.record({ to: name, isNew: fc.boolean(), reason }).map(({ to, isNew, reason: why }) => ({
      type: 'SealEdited' as const,
      data: {
        id: 's',
        changes: { name: { from: '', to } },
        image: isNew ? image(to) : null,
        version: 1,
        reason: why,
      },
    })),
    reason.map((why) => ({ type: 'SealRevoked' as const, data: { id: 's', reason: why } })),
  ),
);

const agencyEvents: fc.Arbitrary<readonly DomainEvent[]> = fc.array(
  fc.oneof(
    fc.record({ code: fc.constant('BK'), from: name, to: name, reason }).map((data) => ({
      type: 'AgencyRenamed' as const,
      data,
    })),
    reason.map((predecessor) => ({
      type: 'SuccessionAccepted' as const,
      data: { code: 'BK', predecessor, reason: '' },
    })),
    fc.option(name).map((successor) => ({
      type: 'AgencyRetired' as const,
      data: { code: 'BK', successor, retiredOn: '2024-05-10', reason: 'Sáp nhập' },
    })),
  ),
);

const step = fc.integer({ min: 1, max: 5 });

describe('differences between moments', () => {
  it('of a register, its books and entries, folded one after another, give every state', () => {
    fc.assert(
      fc.property(registerCommands, step, (commands, by) => {
        const events = played(commands);
        requireFolded({ kind: 'register' }, events, by);
        for (const bookId of ['book-1', 'book-2']) {
          requireFolded({ kind: 'book', bookId }, events, by);
          for (const number of [1, 2]) requireFolded({ kind: 'entry', bookId, number }, events, by);
        }
      }),
      { numRuns: 200 },
    );
  });

  it('of a seal and of an agency do so too', () => {
    const fields = { name: 'Con dấu', isDefault: true };
    const made: DomainEvent = {
      type: 'SealRegistered',
      data: { id: 's', version: 1, fields, image: image('a') },
    };
    const registered: DomainEvent = {
      type: 'AgencyRegistered',
      data: {
        ...{ code: 'BK', name: 'UBND', level: 'commune' },
        ...{ identifier: null, statisticalCode: '01921' },
      },
    };
    fc.assert(
      fc.property(sealEvents, agencyEvents, step, (ofSeal, ofAgency, by) => {
        requireFolded({ kind: 'seal', id: 's' }, [made, ...ofSeal], by);
        requireFolded({ kind: 'agency' }, [registered, ...ofAgency], by);
      }),
    );
  });

  it('are told as people read them', () => {
    const fields = { name: 'Con dấu', isDefault: true };
    const seal = { id: 's', fields, images: [image('a')], state: 'in-use' };
    const later = { ...seal, images: [image('a'), image('b')], state: 'revoked', reason: 'Mờ' };
    const changed = differenceOf('seal', seal, later).filter((one) => one.changed);
    expect(changed.map(({ label, fromText, toText }) => [label, fromText, toText])).toEqual([
      ['Ảnh', 'phiên bản 1', 'phiên bản 2'],
      ['Trạng thái', 'Đang sử dụng', 'Ngừng sử dụng'],
      ['Lý do', '–', 'Mờ'],
    ]);
    const agency = { code: 'BK', name: 'UBND', level: 'commune', accepted: ['A', 'B'] };
    const told = differenceOf('agency', null, { ...agency, state: 'active' });
    expect(told.map(({ label, toText }) => [label, toText])).toEqual([
      ['Mã cơ quan', 'BK'],
      ['Tên cơ quan', 'UBND'],
      ['Cấp', 'Xã'],
      ['Cơ quan bàn giao sổ', 'A, B'],
      ['Trạng thái', 'Đang hoạt động'],
    ]);
  });
});
