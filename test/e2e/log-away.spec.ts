import { status } from '@grpc/grpc-js';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import pino from 'pino';
import {
  startEventStoreDbDouble,
  type EventStoreDbDouble,
} from '../support/eventstoredb/server.ts';
import { guideBook, openOffice, paper, type Office, type Person } from '../support/office.ts';
import { output, startProcess } from '../support/processes.ts';
import { until } from '../support/until.ts';

interface Line {
  readonly msg: string;
  readonly err?: unknown;
  readonly reason?: string;
  readonly remedy?: string;
  readonly refused?: number;
}

const BACK = 'api: the log can be used again';

describe('a service whose log goes away', () => {
  const lines: Line[] = [];
  let double: EventStoreDbDouble;
  let office: Office;
  let officer: Person;
  let entries: string;

  beforeAll(async () => {
    double = await startEventStoreDbDouble();
    const log = pino(
      { level: 'info' },
      { write: (text) => void lines.push(JSON.parse(text) as Line) },
    );
    const env = { EVENTSTORE_URL: double.connectionString };
    const start = () => Promise.resolve({ env, dispose: () => double.close() });
    office = await openOffice(
      { name: 'EventStoreDB (test double)', start },
      { PROJECTOR: 'off' },
      log,
    );
    officer = await office.as('receiving-officer');
    const json = { ...guideBook, closesOn: '2024-12-31' };
    const opened = await officer.post(`${office.home}/books`, { json });
    entries = `${opened.headers.get('location')}/entries`;
  }, 60_000);
  afterAll(() => office.dispose(), 30_000);
  beforeEach(() => {
    lines.length = 0;
  });

  const give = (dossier: string, documents: number) =>
    Promise.all(
      Array.from({ length: documents }, (_, n) =>
        officer.post(entries, { json: paper({ dossier, document: n + 1 }) }),
      ),
    );

  it('says so in one line, and in one that it is back and how many were refused', async () => {
    await double.stop();
    const answers = [...(await give('H-1', 60)), ...(await give('H-2', 60))];
    expect(answers.map((answer) => answer.status)).toEqual(Array(120).fill(503));
    await double.restart();
    await until(() => lines.some(({ msg }) => msg === BACK));
    expect(lines).toMatchObject([{ reason: expect.any(String) }, { msg: BACK, refused: 120 }]);
    expect(lines.filter((line) => 'err' in line)).toEqual([]);
    const [again] = await give('H-1', 1);
    expect(again?.body).toMatchObject({ entry: { number: 1 } });
  }, 60_000);

  it('says what the server refuses it for and what helps, in the log and in health', async () => {
    double.refuseCalls(status.UNAUTHENTICATED);
    expect((await give('H-3', 1)).map((answer) => answer.status)).toEqual([503]);
    const ready = await fetch(`${office.url}/health/ready`);
    const { details } = (await ready.json()) as { details: Record<string, object> };
    expect([ready.status, details['eventStore']]).toEqual([
      503,
      {
        status: 'down',
        reason: expect.stringContaining('does not know this account'),
        remedy: expect.stringContaining('EVENTSTORE_URL'),
      },
    ]);
    expect(lines).toMatchObject([{ remedy: expect.stringContaining('EVENTSTORE_URL') }]);
    double.refuseCalls(undefined);
    await until(() => lines.some(({ msg }) => msg === BACK));
    expect((await fetch(`${office.url}/health/ready/commands`)).status).toBe(200);
  }, 60_000);

  it.each(['apps/api/main.ts', 'apps/projector/main.ts', 'apps/ops/main.ts'])(
    'ends %s with a line and a status where it is refused from the start',
    async (entry) => {
      double.refuseCalls(status.PERMISSION_DENIED);
      const env = {
        EVENTSTORE_URL: double.connectionString,
        DATA_DIR: office.dataDir,
        PORT: '0',
        LOG_LEVEL: 'error',
      };
      const args = entry === 'apps/ops/main.ts' ? ['projections'] : [];
      const { status: ended, text } = await output(startProcess(entry, args, env));
      double.refuseCalls(undefined);
      expect(ended).toBeGreaterThan(0);
      expect(text.trim().split('\n')).toEqual([
        expect.stringMatching(/denies this account access .*Remedy: /),
      ]);
    },
    60_000,
  );
});
