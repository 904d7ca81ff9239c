import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import pino from 'pino';
import { openOffice, type Office } from '../support/office.ts';
import { startEventStoreDbDouble } from '../support/eventstoredb/server.ts';
import { freePort } from '../support/free-port.ts';
import { kill, output, startProcess } from '../support/processes.ts';
import { until } from '../support/until.ts';

/** An address where nothing listens. */
const nobody = async (): Promise<string> => `mongodb://127.0.0.1:${await freePort()}/`;

describe('a service whose read models cannot be had', () => {
  let office: Office;
  let url: string;
  const lines: string[] = [];
  beforeAll(async () => {
    url = await nobody();
    const log = pino({ level: 'error' }, { write: (line: string) => void lines.push(line) });
    const start = () =>
      Promise.resolve({ env: { MONGODB_URL: url }, dispose: () => Promise.resolve() });
    office = await openOffice(
      { name: 'SQLite, without read models', start },
      { PROJECTOR: 'off' },
      log,
    );
  }, 30_000);
  afterAll(() => office.dispose(), 30_000);

  it('starts, gives numbers, and says what works', async () => {
    const officer = await office.as('receiving-officer');
    const json = {
      name: '01/2024',
      firstNumber: 1,
      openedOn: '2024-05-10',
      closesOn: '2024-05-10',
    };
    const opened = await officer.post(`${office.home}/books`, { json });
    expect(opened.status).toBe(201);
    const ready = async (of: string) => (await fetch(`${office.url}/health/ready${of}`)).status;
    expect(await ready('/commands')).toBe(200);
    expect(await ready('/reads')).toBe(503);
    expect(await ready('')).toBe(503);
    expect((await officer.get(`${office.home}/books`)).status).toBe(503);
    const said = lines.filter((line) => line.includes('commands are taken'));
    expect(said).toHaveLength(1);
  }, 60_000);

  it('has a projector that waits for them, and says so in a line', async () => {
    const double = await startEventStoreDbDouble();
    const env = {
      MONGODB_URL: url,
      EVENTSTORE_URL: double.connectionString,
      DATA_DIR: office.dataDir,
      PORT: '0',
      LOG_LEVEL: 'warn',
    };
    const projector = startProcess('apps/projector/main.ts', [], env);
    let text = '';
    projector.stdout?.on('data', (chunk: Buffer) => (text += chunk.toString()));
    const told = () => text.trim().split('\n');
    await until(() => text.includes('does not answer') && text.includes('not protected'), 30_000);
    const isRunning = projector.exitCode === null;
    await kill(projector);
    await double.close();
    expect(isRunning).toBe(true);
    expect(told()).toHaveLength(2);
    expect(text).toMatch(/ops log protect.*delete and truncate streams/);
  }, 60_000);

  it('has its operators told in a line', async () => {
    const env = { MONGODB_URL: url, DATA_DIR: office.dataDir };
    const { status, text } = await output(startProcess('apps/ops/main.ts', ['projections'], env));
    expect(status).toBe(2);
    expect(text.trim().split('\n')).toHaveLength(1);
    expect(text).toContain('read models: ');
  }, 60_000);
});
