import { expect, it } from '@jest/globals';
import {
  decideSeals,
  evolveSeals,
  noSeals,
  type BookClosed,
  type DomainEvent,
  type SealUse,
} from '#domain';
import { closeBook, openBook, registerSpec } from '../../../../test/support/register-samples.ts';
import { SpecimensCheck } from './check-specimens.ts';

const picture = (sha256: string) => ({
  ...{ sha256, mediaType: 'image/png', width: 9, height: 9, bytes: 6 },
  warnings: [],
});
const fields = { name: 'Con dấu', isDefault: true };
const first = decideSeals(noSeals(), {
  ...{ type: 'RegisterSeal', id: 'seal-1', fields, image: picture('a') },
} as const);
const second = decideSeals(first.reduce(evolveSeals, noSeals()), {
  ...{ type: 'EditSeal', id: 'seal-1', fields: {}, image: picture('b'), reason: 'Khắc lại' },
} as const);

/** What is found where a book is closed with this seal, behind these events of the agency's seals. */
function findingsOf(seals: readonly DomainEvent[], seal: SealUse | null): readonly string[] {
  const found: string[] = [];
  const check = new SpecimensCheck();
  const report = (code: string) => found.push(code);
  for (const event of seals) check.see('seal-BK-001', event, 'BK-001', report);
  const closed = registerSpec.played(openBook(), closeBook({ seal })).at(-1) as BookClosed;
  check.see('register-BK-001-SCTDT.BS-2024', closed, 'BK-001', report);
  return found;
}

const use = (version: number, sha256: string, agency = 'BK-001'): SealUse => ({
  ...{ agency, id: 'seal-1', version, sha256 },
});

it.each([
  ['the version there was', first, use(1, 'a'), []],
  ['a later one', [...first, ...second], use(2, 'b'), []],
  ['one that came only later', first, use(2, 'b'), ['CLOSING_SEAL']],
  ['another picture', first, use(1, 'c'), ['CLOSING_SEAL']],
  ['none', first, null, []],
  ['a successor’s, of which the bundle knows nothing', first, use(1, 'z', 'BK-002'), []],
])('a book closed with %s is held against the seals of the log', (_, seals, seal, findings) => {
  expect(findingsOf(seals, seal)).toEqual(findings);
});
