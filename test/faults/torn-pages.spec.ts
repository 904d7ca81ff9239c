import { copyFile, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import Database from 'better-sqlite3';
import { registerStream } from '#domain';
import { openSqliteEventStore } from '#event-store';
import { createSamples } from '../../bench/samples.ts';
import { backends, type Backend } from '../support/backends.ts';
import {
  after,
  guideBook,
  openOffice,
  paper,
  type Office,
  type Person,
} from '../support/office.ts';
import { output, startProcess } from '../support/processes.ts';
import { tears } from '../support/tears.ts';
import { until } from '../support/until.ts';

/** Of each kind; the seed repeats them. */
const COPIES = Number(process.env['TORN_COPIES'] ?? 1);
const SEED = Number(process.env['TORN_SEED'] ?? 7);
const NUMBERS = 30;
/** What a register is refused by whose log is not what was acknowledged. */
const SAID = ['REGISTER_PAUSED', 'REGISTER_DAMAGED', 'REGISTER_UNREADABLE', 'UNAVAILABLE'];

let office: Office;
let officer: Person;
let entries: string;
let folder: string;
let acknowledged: readonly string[];

const assign = (document: number) =>
  officer.post<{ entry?: { number: number }; code?: string }>(entries, {
    json: paper({ document, documentTitle: `Bằng số ${document} ${'x'.repeat(document * 20)}` }),
  });

async function copyFiles(from: string, to: string): Promise<void> {
  await mkdir(to, { recursive: true });
  for (const one of await readdir(from, { withFileTypes: true })) {
    // A crash leaves no shared memory behind.
    if (!one.isFile() || one.name.endsWith('-shm')) continue;
    await copyFile(join(from, one.name), join(to, one.name)).catch((error: unknown) => {
      // What is written beside a file and then takes its name has gone meanwhile.
      if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    });
  }
}

/** What the log says of the register, event by event. */
async function eventsIn(data: string): Promise<string[]> {
  const store = openSqliteEventStore(join(data, 'events.db'));
  const stream = registerStream({ agency: office.agency, type: 'SCTDT.BS', year: 2024 });
  const found: string[] = [];
  for await (const event of store.readStream(stream)) {
    found.push(JSON.stringify([event.id, event.data, event.metadata]));
  }
  await store.close();
  return found;
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'torn-'));
  office = await openOffice(backends[0] as Backend, { SEAL_SECONDS: '1' });
  officer = await office.as('receiving-officer');
  const opened = await officer.post(`${office.home}/books`, {
    json: { ...guideBook, closesOn: '2024-12-31' },
  });
  entries = `${opened.headers.get('location')}/entries`;
  for (let document = 1; document <= NUMBERS; document += 1) {
    const given = await assign(document);
    if (document === NUMBERS) await officer.get(entries, after(given));
  }
  acknowledged = await eventsIn(office.dataDir);
  const auditor = await office.as('auditor');
  await until(async () => {
    const { body } = await auditor.get<{ size?: number }>('/v1/audit/checkpoint');
    return Number(body.size) >= acknowledged.length;
  });
  // As it lies there when the power fails: while somebody has it open, nothing is moved out of the
  // write-ahead log; and then everything.
  const open = new Database(join(office.dataDir, 'events.db'));
  open.pragma('user_version');
  await office.api.close();
  await copyFiles(office.dataDir, join(folder, 'events.db-wal'));
  open.pragma('wal_checkpoint(TRUNCATE)');
  open.close();
  await copyFiles(office.dataDir, join(folder, 'events.db'));
}, 60_000);

afterAll(async () => {
  await office.dispose();
  await rm(folder, { recursive: true, force: true });
});

/** What becomes of a service that starts on a copy: what it says when it is asked for one more number. */
async function startedOn(data: string): Promise<string> {
  try {
    await office.restart({ DATA_DIR: data });
  } catch (error) {
    return `does not start: ${String(error)}`;
  }
  const { status, body } = await assign(NUMBERS + 1);
  return body.entry ? `gives ${body.entry.number}` : `${status} ${body.code}`;
}

const cases = ['events.db-wal', 'events.db'].flatMap((file) =>
  Object.keys(tears).flatMap((tear) =>
    Array.from({ length: COPIES }, (_, copy) => [file, tear, SEED + copy] as const),
  ),
);

describe('a log whose last pages are torn', () => {
  it.each(cases)(
    '%s with %s (seed %d): no number is given twice, and whoever asks is told',
    async (file, tear, seed) => {
      const data = await mkdtemp(join(folder, 'copy-'));
      await copyFiles(join(folder, file), data);
      const path = join(data, file);
      const whole = await readFile(path);
      expect(whole.length).toBeGreaterThan(0);
      await writeFile(path, tears[tear]?.(whole, createSamples(seed)) ?? '');

      const said = await startedOn(data);
      if (said.startsWith('does not start')) {
        expect(said).toMatch(/events\.db is damaged .*ops restore/);
        return;
      }
      if (!said.startsWith('gives')) {
        expect(SAID).toContain(said.split(' ')[1]);
        return;
      }
      expect(said).toBe(`gives ${NUMBERS + 1}`);
      const found = await eventsIn(data).catch(() => []);
      const first = found.slice(0, acknowledged.length);
      if (JSON.stringify(first) === JSON.stringify(acknowledged)) return;
      // What no register notices is noticed by whoever holds the log against what was sealed.
      const held = await output(
        startProcess('apps/ops/main.ts', ['audit', 'fsck'], { DATA_DIR: data }),
      );
      expect(held.status).toBeGreaterThan(0);
    },
    30_000,
  );
});
