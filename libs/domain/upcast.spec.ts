import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { schemaVersions, type DomainEventType } from './events.ts';
import { evolveRegister } from './register/evolve.ts';
import { newRegister } from './register/register.ts';
import type { RegisterEvent } from './register/events.ts';
import { currentVersion, readEvent, readMetadata, UnreadableEvent, upcast } from './upcast.ts';

type Data = Readonly<Record<string, unknown>>;

const golden = (type: string, version: number): Data => {
  const file = new URL(`../../test/golden/${type}.v${version}.json`, import.meta.url);
  return JSON.parse(readFileSync(file, 'utf8')) as Data;
};

const read = (type: DomainEventType, version: number) =>
  upcast(type, golden(type, version), () => version);

const olderVersions = Object.entries(schemaVersions).flatMap(([type, version]) =>
  Array.from({ length: version - 1 }, (_, index) => [type as DomainEventType, index + 1] as const),
);

describe('reading events of older versions', () => {
  it('knows how to read every version there ever was', () => {
    const types = Object.keys(schemaVersions) as DomainEventType[];
    expect(Object.fromEntries(types.map((type) => [type, currentVersion(type)]))).toEqual(
      schemaVersions,
    );
    expect(olderVersions.length).toBeGreaterThanOrEqual(2);
  });

  it.each(olderVersions)(
    'gives %s version %d today’s fields, and keeps its own',
    (type, version) => {
      const { data } = read(type, version);
      const latest = golden(type, schemaVersions[type]);
      expect(Object.keys(data).sort()).toEqual(Object.keys(latest).sort());
      expect(data).toMatchObject(golden(type, version));
    },
  );

  it('leaves an event of today as it is, without asking for its version', () => {
    const data = golden('EntryNumberVoided', 1);
    const unasked = (): number => {
      throw new Error('asked');
    };
    expect(upcast('EntryNumberVoided', data, unasked).data).toBe(data);
    expect(read('BookOpened', 2).data).toEqual(golden('BookOpened', 2));
  });

  it('derives the form of register from the day the book was opened', () => {
    const opened = (openedOn: string) =>
      upcast('BookOpened', { ...golden('BookOpened', 1), openedOn }, () => 1).data;
    expect(opened('2025-10-31')).toMatchObject({ form: '23/2015/NĐ-CP' });
    expect(opened('2025-11-01')).toMatchObject({ form: '280/2025/NĐ-CP' });
  });

  it('says of pages and a fee by the tariff that nobody recorded them', () => {
    const data = read('EntryNumberAssigned', 1).data;
    expect(data).toMatchObject({ pages: null, proposedFee: null });
  });

  it('says of a number given before there were codes that it has none', () => {
    const older = [read('EntryNumberAssigned', 1), read('EntryNumberAssigned', 2)];
    for (const { data } of older) expect(data).toMatchObject({ verificationCode: null });
  });

  it('says of an authority nobody recorded that it is not known', () => {
    expect(read('BookClosed', 1).data).toMatchObject({ confirmedByAuthority: null });
  });

  it('folds a register of older and newer events to one of today', () => {
    const events = [read('BookOpened', 1), read('BookClosed', 1)] as RegisterEvent[];
    const { books } = events.reduce(evolveRegister, newRegister());
    expect(books).toEqual([
      expect.objectContaining({
        state: 'closed',
        form: '23/2015/NĐ-CP',
        confirmedByAuthority: null,
      }),
    ]);
  });
});

describe('reading what this version cannot', () => {
  const types = Object.keys(schemaVersions) as DomainEventType[];
  const latest = (type: DomainEventType): Data => golden(type, schemaVersions[type]);
  const reading =
    (type: string, data: Data, version = 1) =>
    () =>
      readEvent(type, data, () => version);

  it.each(types)(
    'takes %s as it is written today, and refuses it with any field missing',
    (type) => {
      const version = schemaVersions[type];
      expect(reading(type, latest(type), version)()).toEqual({ type, data: latest(type) });
      for (const field of Object.keys(latest(type))) {
        const { [field]: _, ...without } = latest(type);
        expect(reading(type, without, version)).toThrow(UnreadableEvent);
        expect(reading(type, { ...latest(type), [field]: () => 0 }, version)).toThrow(
          UnreadableEvent,
        );
      }
      expect(reading(type, latest(type), version + 1)).toThrow(/this version reads shapes up to/);
    },
  );

  it('names a type it does not know, those of every object among them', () => {
    for (const type of ['FromTheFuture', 'toString', '__proto__', '']) {
      expect(reading(type, {})).toThrow(/no event this version knows/);
    }
  });

  it('refuses metadata that does not say who and when', () => {
    const actor = { account: 'a', name: 'A', role: 'r', agency: 'BK-001' };
    const whole = { actor, occurredAt: '2024-05-10T01:00:00.000Z', schemaVersion: 1 };
    expect(readMetadata(whole)).toBe(whole);
    const broken = [null, {}, { ...whole, actor: null }, { ...whole, occurredAt: 'xx' }];
    const nameless = { ...whole, actor: { ...actor, name: 7 } };
    for (const metadata of [...broken, nameless]) {
      expect(() => readMetadata(metadata)).toThrow(UnreadableEvent);
    }
  });
});
