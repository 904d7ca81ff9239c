import { describe, expect, it } from '@jest/globals';
import type { Position } from '#event-store';
import { bookDetails } from '../models/book-details.ts';
import {
  eventMeant,
  inCollection,
  NothingAtFault,
  retried,
  skipped,
  strayed,
  withFailure,
  withParked,
} from './faults.ts';
import {
  needsRebuild,
  newLedger,
  NO_FAULTS,
  isSkipped,
  skippedIn,
  type EventName,
  type Ledger,
} from './ledger.ts';
import {
  calledOff,
  claimed,
  ended,
  left,
  RebuildAborted,
  RebuildOvertaken,
  RebuildRunning,
  renamed,
  rolledBack,
  swapped,
  told,
  wayBack,
  type WayBack,
} from './rebuilding.ts';
import { expired, neededBy } from './keeping.ts';

const at = '2024-05-10T01:00:00.000Z';
const later = '2024-05-10T03:00:00.000Z';
const holder = { name: 'host:1:abc', pid: 1, space: 'here' };
const nameOf = (generation: number, version = bookDetails.version): string =>
  `book_details_v${version}_g${generation}`;

const serving = newLedger(bookDetails, 1, at);
const claim = (ledger: Ledger, id: string, idle?: { claim: string; beat: number }): Ledger =>
  claimed(ledger, bookDetails, { claim: id, holder, idle, at });
const filling = claim(serving, 'mine');
const swap = (ledger: Ledger, id = 'mine'): Ledger =>
  swapped(ledger, bookDetails, { claim: id, collection: ledger.next?.collection ?? '', at: later });
const event = (revision: number): EventName => ({
  id: `event-${revision}`,
  position: String(revision).padStart(16, '0') as Position,
  stream: 'register-BK-001-SCTDT.BS-2024',
  revision,
  type: 'EntryCorrected',
});
const parkedFrom = (revision: number) => ({
  partition: event(revision).stream,
  event: event(revision),
  error: 'Error: no',
  at,
  retry: false,
});
const decided = { reason: 'sự kiện thử', account: 'van.hanh', at };

describe('claiming a rebuild', () => {
  it('names a generation no collection ever had', () => {
    expect(filling.next).toMatchObject({ collection: nameOf(2), claim: 'mine', state: 'filling' });
    const given = [ended(filling, 'mine'), swap(filling), calledOff(left(filling, 'mine'))];
    for (const ledger of given) expect(claim(ledger, 'again').next?.collection).toBe(nameOf(3));
  });

  it('is refused while another is at it, and granted once that one is certainly gone', () => {
    expect(() => claim(filling, 'other')).toThrow(RebuildRunning);
    const { beat } = filling.next as NonNullable<Ledger['next']>;
    expect(() => claim(filling, 'other', { claim: 'mine', beat: beat - 1 })).toThrow(
      RebuildRunning,
    );
    expect(claim(filling, 'other', { claim: 'mine', beat }).next).toMatchObject({
      claim: 'other',
      collection: nameOf(2),
    });
  });

  it('keeps how far what was left had come', () => {
    const reached = told(filling, bookDetails, 'mine', { done: 700, total: 1000 });
    const again = claim(left(reached, 'mine'), 'second');
    expect(again.next).toMatchObject({ collection: nameOf(2), done: 700, total: 1000 });
    const taken = renamed(again, bookDetails, 'second', nameOf(2));
    expect(taken.next).toMatchObject({ collection: nameOf(3), from: nameOf(2), done: 700 });
    expect(neededBy(taken)).toEqual([nameOf(1), nameOf(3), nameOf(2)]);
    expect(left(taken, 'second').next).toMatchObject({ done: 700, from: nameOf(2) });
  });

  it('begins anew where what was left had been called off', () => {
    const off = left(calledOff(filling), 'mine');
    expect(off.next).toBeNull();
    expect(claim(off, 'again').next?.collection).toBe(nameOf(3));
    expect(left(calledOff(filling), 'other').next?.state).toBe('aborting');
  });

  it('does not go on with what another version has left', () => {
    const newer = { ...bookDetails, version: bookDetails.version + 1 };
    const by = { claim: 'new', holder, idle: undefined, at };
    const { next } = claimed(left(filling, 'mine'), newer, by);
    expect(next?.collection).toBe(nameOf(3, newer.version));
    expect(next?.done).toBe(0);
  });
});

describe('a swap', () => {
  it('is one change: what was filled is live, what was live is kept, nothing is left over', () => {
    const done = swap(filling);
    expect(done).toMatchObject({
      live: { collection: nameOf(2) },
      previous: { collection: nameOf(1) },
    });
    expect(done.next).toBeNull();
  });

  it('changes nothing when it is said again because its answer was lost', () => {
    const done = swap(filling);
    const again = { claim: 'mine', collection: nameOf(2), at: later };
    expect(swapped(done, bookDetails, again)).toBe(done);
  });

  it('lets nothing that belongs to the rebuild be written after it', () => {
    const done = swap(filling);
    expect(() => told(done, bookDetails, 'mine', { done: 9 })).toThrow(RebuildOvertaken);
    expect(left(done, 'mine')).toBe(done);
    expect(ended(done, 'mine')).toBe(done);
    expect(calledOff(done)).toBe(done);
  });

  it('is refused to one that was called off or overtaken', () => {
    expect(() => swap(calledOff(filling))).toThrow(RebuildAborted);
    expect(() => swap(filling, 'other')).toThrow(RebuildOvertaken);
  });

  it('takes along what is set aside, and leaves behind what another log has filled', () => {
    const faults = { failure: null, parked: [parkedFrom(3)] };
    const done = swap(told(filling, bookDetails, 'mine', { faults }));
    expect(done.live.faults.parked).toHaveLength(1);
    expect(done.previous?.faults).toBe(NO_FAULTS);
    const astray = strayed(filling, nameOf(1), { reason: 'another log', since: at });
    expect(swap(astray)).toMatchObject({ live: { astray: null }, previous: null });
  });

  it('has taken up what an operator has skipped since the rebuild set it aside', () => {
    const faults = { failure: null, parked: [parkedFrom(3), parkedFrom(8)] };
    const aside = told(filling, bookDetails, 'mine', { faults });
    const done = swap(skipped(aside, event(3), decided));
    expect(done.live.faults.parked.map(({ retry }) => retry)).toEqual([true, false]);
  });
});

describe('going back', () => {
  const done = swap(filling);
  const move = { from: nameOf(2), to: nameOf(1), since: later, at: later };

  it('is undone when it is done again', () => {
    const back = rolledBack(done, bookDetails, move);
    expect(back).toMatchObject({
      live: { collection: nameOf(1) },
      previous: { collection: nameOf(2) },
    });
    const again = rolledBack(back, bookDetails, { ...(wayBack(back) as WayBack), at: later });
    expect(again.live.collection).toBe(nameOf(2));
  });

  it('stands still at nothing that an operator has skipped since', () => {
    const failure = { error: 'Error: no', event: event(8), attempts: 5, stopped: true, at };
    const standing = { ...done.previous, faults: { failure, parked: [parkedFrom(3)] } };
    const before = { ...done, previous: standing } as Ledger;
    const over = [event(3), event(8)].reduce((now, one) => skipped(now, one, decided), before);
    expect(rolledBack(over, bookDetails, move).live.faults).toMatchObject({
      failure: null,
      parked: [{ event: event(3), retry: true }],
    });
  });

  it('keeps processes from filling again what was gone back from', () => {
    const newer = { ...bookDetails, version: bookDetails.version + 1 };
    const by = { claim: 'new', holder, idle: undefined, at };
    const upgraded = claimed(serving, newer, by);
    const to = { claim: 'new', collection: upgraded.next?.collection ?? '', at: later };
    const live = swapped(upgraded, newer, to);
    const back = rolledBack(live, newer, { ...(wayBack(live) as WayBack), at: later });
    expect(back.rolledBackFrom).toBe(newer.version);
    expect(needsRebuild(back, newer)).toBe(false);
    expect(needsRebuild(serving, newer)).toBe(true);
  });

  it('is refused where another has swapped meanwhile', () => {
    const other = swap(claim(done, 'other'), 'other');
    expect(() => rolledBack(other, bookDetails, move)).toThrow(RebuildOvertaken);
  });

  it('is done once by however many go the same way, also after it was undone', () => {
    const back = rolledBack(done, bookDetails, { ...move, at: '2024-05-10T03:00:01.000Z' });
    expect(rolledBack(back, bookDetails, move)).toBe(back);
    const undone = { ...(wayBack(back) as WayBack), at: '2024-05-10T03:00:02.000Z' };
    const again = rolledBack(back, bookDetails, undone);
    expect(() => rolledBack(again, bookDetails, move)).toThrow(RebuildOvertaken);
  });

  it('is possible as long as the collection before is kept', () => {
    const now = new Date(Date.parse(later) + 60_000);
    expect(expired(done, { now, graceMs: 60_001 })).toBe(done);
    expect(expired(done, { now, graceMs: 60_000 }).previous).toBeNull();
  });
});

describe('what keeps events out of a collection', () => {
  it('belongs to that collection, and to none the ledger no longer knows', () => {
    const live = inCollection(serving, nameOf(1), withParked(parkedFrom(3)));
    expect(live.live.faults.parked).toEqual([parkedFrom(3)]);
    expect(inCollection(serving, nameOf(7), withParked(parkedFrom(3)))).toBe(serving);
    expect(inCollection(filling, nameOf(2), withParked(parkedFrom(3))).live.faults).toBe(NO_FAULTS);
  });

  it('is to be tried again, or passed over for good, as an operator decides', () => {
    const both = [parkedFrom(3), { ...parkedFrom(8), partition: 'register-BK-002' }].reduce(
      (ledger, one) => inCollection(ledger, nameOf(1), withParked(one)),
      serving,
    );
    const again = retried(both, 'book_details', decided);
    expect(again.live.faults.parked.map(({ retry }) => retry)).toEqual([true, true]);
    const over = skipped(both, eventMeant(both, 'book_details', event(8).position), decided);
    expect(over.live.faults.parked.map(({ retry }) => retry)).toEqual([false, true]);
    expect([3, 8].map((one) => isSkipped(skippedIn(over), event(one)))).toEqual([false, true]);
    expect(() => eventMeant(both, 'book_details', undefined)).toThrow(/by its position/);
    expect(() => retried(serving, 'book_details', decided)).toThrow(NothingAtFault);
  });

  it('never forgets what was passed over, whatever is retried afterwards', () => {
    const failure = { error: 'Error: no', event: event(3), attempts: 5, stopped: true, at };
    const fails = (ledger: Ledger): Ledger => inCollection(ledger, nameOf(1), withFailure(failure));
    let ledger = skipped(fails(serving), event(3), decided);
    for (let times = 0; times < 300; times += 1) {
      ledger = retried(fails(ledger), 'book_details', decided);
    }
    expect(ledger.decisions.length).toBeLessThanOrEqual(101);
    expect(isSkipped(skippedIn(ledger), event(3))).toBe(true);
  });

  it('is the event that was decided about, and none that has taken its place', () => {
    const { id: _id, ...older } = event(3);
    const of = (one: EventName) => skippedIn(skipped(serving, one, decided));
    expect(isSkipped(of(event(3)), { ...event(3), id: 'another' })).toBe(false);
    expect(isSkipped(of(event(3)), { ...event(3), position: event(4).position })).toBe(true);
    expect(isSkipped(of(older), event(3))).toBe(true);
    expect(isSkipped(of(older), { ...event(3), stream: 'register-BK-002' })).toBe(false);
  });

  it('is forgotten where nobody knows any more which event was meant', () => {
    const { id: _id, ...older } = event(3);
    const both = [older, event(8)].reduce((now, one) => skipped(now, one, decided), serving);
    const astray = { reason: 'another log', since: later };
    const after = strayed(both, nameOf(1), astray);
    expect(after.decisions.map((one) => one.event)).toEqual([event(8)]);
  });
});
