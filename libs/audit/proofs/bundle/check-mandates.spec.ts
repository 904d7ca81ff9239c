import { describe, expect, it } from '@jest/globals';
import {
  decideMandates,
  evolveMandates,
  mandatesStream,
  noMandates,
  registerStream,
  schemaVersions,
  type DomainEvent,
  type MandateCommand,
  type RegisterCommand,
} from '#domain';
import {
  assign,
  correct,
  openBook,
  registerSpec,
} from '../../../../test/support/register-samples.ts';
import {
  endMandate,
  in2025,
  MANDATE_DAY,
  recordMandate,
  standingIn,
} from '../../../../test/support/mandate-samples.ts';
import { StoryCheck } from './check-story.ts';

const year = openBook({
  register: in2025,
  name: '01/2025',
  openedOn: '2025-11-01',
  closesOn: '2025-12-31',
});
const register = registerStream(in2025);
const mandates = mandatesStream('BK-001');

/** A line of the log: which stream, and what; `version` where it was written by an older one. */
interface Line {
  readonly stream: string;
  readonly event: DomainEvent;
  readonly version?: number;
}

const mandateEvents = (...commands: readonly MandateCommand[]) => {
  const events = commands.reduce<readonly DomainEvent[]>((made, command) => {
    const state = made.reduce(
      (before, event) => evolveMandates(before, event as never),
      noMandates(),
    );
    return [...made, ...decideMandates(state, command)];
  }, []);
  return events.map((event): Line => ({ stream: mandates, event }));
};

const registerEvents = (...commands: readonly RegisterCommand[]) =>
  registerSpec.played(...commands).map((event): Line => ({ stream: register, event }));

/** What is found in a log of these lines. */
function findingsIn(lines: readonly Line[]): readonly string[] {
  const ahead = new Map(
    [register, mandates].map((stream) => [stream, { last: Infinity, changed: new Set([1]) }]),
  );
  const found: string[] = [];
  const story = new StoryCheck({ kind: 'everything' }, ahead, ({ code }) => found.push(code));
  const revisions = new Map<string, number>();
  lines.forEach(({ stream, event, version }, index) => {
    const { type, data } = event;
    const revision = (revisions.get(stream) ?? -1) + 1;
    revisions.set(stream, revision);
    const role = stream === mandates ? 'clerk' : 'receiving-officer';
    const actor = { account: 'a', name: 'A', role, agency: 'BK-001' };
    const schemaVersion = version ?? schemaVersions[type];
    const metadata = { actor, occurredAt: `${MANDATE_DAY}T01:00:00.000Z`, schemaVersion };
    story.see({ stream, revision, id: `${index}`, type, data: data as never, metadata }, index);
  });
  return found;
}

const changed = (line: Line | undefined, data: object, version?: number): Line => {
  if (!line) throw new Error('there is no such line');
  const event = { ...line.event, data: { ...line.event.data, ...data } } as DomainEvent;
  return { ...line, event, ...(version !== undefined && { version }) };
};

describe('what a certification stands on', () => {
  const recorded = mandateEvents(recordMandate());
  const given = registerEvents(year, assign(standingIn()));

  it('is found right where the mandate was recorded before, also once it has been ended', () => {
    const ended = mandateEvents(recordMandate(), endMandate({ endedOn: MANDATE_DAY }));
    expect(findingsIn([...recorded, ...given])).toEqual([]);
    // The number was decided on the mandates as they were at revision 0.
    expect(findingsIn([...ended, ...given])).toEqual([]);
  });

  it.each([
    ['another mandate', { mandate: { id: 'other', mandateNumber: '1', revision: 0 } }],
    ['a revision there was not', { mandate: { id: 'mandate-1', mandateNumber: '1', revision: 1 } }],
    ['none', { mandate: null }],
    ['that of another', { certifierFullName: 'Lê Văn Bình' }],
    ['one not yet in force', { certifiedOn: '2025-11-01', certifierTitle: 'Trưởng phòng' }],
  ])('is found wrong where it is %s', (_, data) => {
    expect(findingsIn([...recorded, ...given.slice(0, -1), changed(given.at(-1), data)])).toEqual([
      'MANDATE',
    ]);
  });

  it('is not asked of numbers that were given before anybody recorded it', () => {
    const { mandate: _mandate, ...older } = given.at(-1)?.event.data as { mandate: unknown };
    const line = { ...given.at(-1), event: { type: 'EntryNumberAssigned', data: older } } as Line;
    expect(findingsIn([...given.slice(0, -1), { ...line, version: 3 }])).toEqual([]);
  });

  it('is looked at in corrections: of who certified, and that others leave it as it was', () => {
    const to = { register: in2025, today: standingIn().today };
    const lines = registerEvents(
      year,
      assign(standingIn({ authority: null })),
      correct({ ...to, ...standingIn() }),
      correct({ ...to, copies: 3 }),
    );
    expect(findingsIn([...recorded, ...lines])).toEqual([]);
    const [, , certifier, copies] = lines;
    const forged = { mandate: { id: 'other', mandateNumber: '1', revision: 0 } };
    const wrong = [...recorded, ...lines.slice(0, 2), changed(certifier, forged)];
    expect(findingsIn(wrong)).toEqual(['MANDATE']);
    const dropped = [...recorded, ...lines.slice(0, 3), changed(copies, { mandate: null })];
    expect(findingsIn(dropped)).toEqual(['BEFORE']);
  });

  it('is of a mandate that is recorded once and ended once', () => {
    const [one, end] = mandateEvents(recordMandate(), endMandate());
    const twice = [one, one, end, end].flatMap((line) => line ?? []);
    expect(findingsIn(twice)).toEqual(['MANDATE_CHANGE', 'MANDATE_CHANGE']);
  });
});
