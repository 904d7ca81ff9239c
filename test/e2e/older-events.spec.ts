import { randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { registerStream } from '#domain';
import type { JsonObject } from '#event-store';
import { backends } from '../support/backends.ts';
import { openOffice, paper, type Office, type Person } from '../support/office.ts';

const BOOK = `SCTDT.BS-2024-${'a'.repeat(16)}`;

/** An event as version 1 of the service wrote it. */
async function firstVersion(type: string): Promise<JsonObject> {
  const file = new URL(`../golden/${type}.v1.json`, import.meta.url);
  return { ...(JSON.parse(await readFile(file, 'utf8')) as JsonObject), bookId: BOOK };
}

describe.each(backends)(
  'a log that begins with events of an older version, on $name',
  (backend) => {
    let office: Office;
    let officer: Person;

    beforeAll(async () => {
      office = await openOffice(backend);
      officer = await office.as('receiving-officer');
      const actor = { account: 'x', name: 'X', role: 'receiving-officer', agency: office.agency };
      const ids = { correlationId: 'c', causationId: 'd' };
      const opened = {
        id: randomUUID(),
        type: 'BookOpened',
        data: { ...(await firstVersion('BookOpened')), closesOn: '2024-12-31' },
        metadata: { actor, occurredAt: '2024-05-10T00:00:00.000Z', ...ids, schemaVersion: 1 },
      };
      const stream = registerStream({ agency: office.agency, type: 'SCTDT.BS', year: 2024 });
      await office.api.stores.eventStore.append(stream, 'no-stream', [opened]);
    }, 60_000);

    afterAll(() => office.dispose());

    it('goes on: numbers, lists, history and earlier states are those of today', async () => {
      const book = `${office.home}/books/${BOOK}`;
      const assigned = await officer.post<{ entry: { number: number } }>(`${book}/entries`, {
        json: paper(),
      });
      expect([assigned.status, assigned.body.entry.number]).toEqual([201, 1]);
      const headers = { 'read-after': assigned.headers.get('position') ?? '' };
      const details = await officer.get(book, { headers });
      expect(details.body).toMatchObject({ form: '23/2015/NĐ-CP', entries: 1 });
      const history = await officer.get<{ items: { changes: { field: string; to: unknown }[] }[] }>(
        `${book}/history`,
        { headers },
      );
      expect(history.body.items[0]?.changes).toContainEqual(
        expect.objectContaining({ field: 'form', to: '23/2015/NĐ-CP' }),
      );
      const asOf = await officer.get<{ state: object }>(`${book}/as-of?revision=0`);
      expect(asOf.body.state).toMatchObject({ form: '23/2015/NĐ-CP' });
    });
  },
);
