import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import Database from 'better-sqlite3';
import { backends, type Backend } from '../support/backends.ts';
import {
  after,
  GUIDE_DAY,
  guideBook,
  openOffice,
  paper,
  type Office,
  type Person,
} from '../support/office.ts';
import { output, startProcess } from '../support/processes.ts';
import { until } from '../support/until.ts';

/** An event in one register that a newer version of the service wrote: what its office sees, and the others. */

interface Listed {
  readonly total: number;
  readonly standsStill?: readonly { readonly stream: string; readonly since: string }[];
}

let office: Office;
let officer: Person;
let neighbour: Person;
let [home, other] = ['', ''];
let [books, otherBooks] = ['', ''];

const ops = (...args: string[]) =>
  output(
    startProcess('apps/ops/main.ts', args, { DATA_DIR: office.dataDir, CLOCK_NOW: GUIDE_DAY }),
  );

async function openBook(person: Person, at: string): Promise<string> {
  const opened = await person.post(`${at}/books`, {
    json: { ...guideBook, closesOn: '2024-12-31' },
  });
  const location = opened.headers.get('location') ?? '';
  expect((await person.post(`${location}/entries`, { json: paper() })).status).toBe(201);
  return location;
}

/** By hand, as a newer version beside this one would. */
function write(type: string, data: string, schemaVersion: number): void {
  const db = new Database(join(office.dataDir, 'events.db'));
  const stream = `register-${office.agency}-SCTDT.BS-2024`;
  db.prepare(
    `INSERT INTO events SELECT (SELECT max(position) + 1 FROM events), stream, revision + 1, @id, @type,
       iif(json_valid(@data), json_patch(data, iif(json_valid(@data), @data, '{}')), @data), json_set(metadata, '$.schemaVersion', @schemaVersion), recorded_at
     FROM events WHERE stream = @stream ORDER BY revision DESC LIMIT 1`,
  ).run({ id: randomBytes(16).toString('hex'), type, schemaVersion, stream, data });
  db.close();
}

beforeEach(async () => {
  office = await openOffice(backends[0] as Backend);
  home = office.home;
  other = `/v1/agencies/${office.agency}.2`;
  officer = await office.as('receiving-officer');
  neighbour = await office.as('receiving-officer', { agencies: [`${office.agency}.2`] });
  books = await openBook(officer, home);
  otherBooks = await openBook(neighbour, other);
}, 60_000);

afterEach(() => office.dispose());

/** As a disk or an editor leaves it. */
const NO_JSON = '{"number":';

const cases = [
  ['of a type this version does not know', 'EntryCopyReissued', '{"number":1}', 1],
  ['of a newer shape', 'EntryNumberAssigned', '{"number":2,"copies":{"paper":1}}', 99],
  ['that lacks a field', 'EntryNumberAssigned', '{"number":2,"requester":null}', 1],
  ['that is no JSON', 'EntryNumberAssigned', NO_JSON, 1],
] as const;

describe.each(cases)('an event %s', (_, type, data, schemaVersion) => {
  it('stops its own register, says so wherever that is read, and nobody else notices', async () => {
    write(type, data, schemaVersion);
    const refused = await officer.post(`${books}/entries`, { json: paper({ document: 2 }) });
    expect(refused).toMatchObject({ status: 503, body: { code: 'REGISTER_UNREADABLE' } });
    const asOf = await officer.get(`${books}/as-of?revision=2`);
    expect(asOf).toMatchObject({ status: 503, body: { code: 'REGISTER_UNREADABLE' } });
    expect((await officer.get(`${books}/as-of?revision=1`)).status).toBe(200);

    const stands = async (path: string, person: Person): Promise<Listed> =>
      (await person.get<Listed>(path)).body;
    await until(
      async () => (await stands(`${home}/books`, officer)).standsStill !== undefined,
      20_000,
    );
    const marked = { standsStill: [{ stream: expect.stringContaining(office.agency) as unknown }] };
    expect(await stands(`${home}/books`, officer)).toMatchObject({ total: 1, ...marked });
    await until(
      async () => (await stands(`${books}/entries`, officer)).standsStill !== undefined,
      20_000,
    );
    expect(await stands(`${books}/entries`, officer)).toMatchObject({ total: 1, ...marked });

    const next = await neighbour.post(`${otherBooks}/entries`, { json: paper({ document: 2 }) });
    expect(next.status).toBe(201);
    const list = await neighbour.get<Listed>(`${otherBooks}/entries`, after(next));
    expect(list.body.total).toBe(2);
    expect(list.body.standsStill).toBeUndefined();

    const rebuilt = await ops('rebuild', 'register_entries');
    expect(rebuilt).toMatchObject({ status: 1, text: expect.stringContaining(type) });
    expect(await stands(`${otherBooks}/entries`, neighbour)).toMatchObject({ total: 2 });
    const verified = await ops('verify', 'register_entries');
    expect(verified).toMatchObject({ status: 1, text: expect.stringContaining('not judged') });
    expect(verified.text).not.toContain('equal');
  }, 90_000);
});
