import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { issueDevToken } from '#access';
import { openSqliteEventStore } from '#event-store';
import { freePort } from '../support/free-port.ts';
import { GUIDE_DAY } from '../support/office.ts';
import { output, startProcess } from '../support/processes.ts';
import { startService } from '../support/service.ts';
import { LogReader } from '../torture/log-reader.ts';
import type { Caller, LoadAnswer, LoadOrder } from './load.ts';

/** The built service with its embedded stores and its defaults, and offices that ask. */
export interface Place {
  readonly folder: string;
  readonly url: string;
  /** `host:port` of the figures. */
  readonly metrics: string;
  /** Of many offices, each with several accounts. */
  readonly callers: readonly Caller[];
  /** Of an office that has no part in the load. */
  readonly probe: Caller;
  load(order: Omit<LoadOrder, 'url'>): Promise<LoadAnswer>;
  rebuild(): Promise<number | null>;
  /** Ends the service and reads its log: how many numbers it holds, and what is wrong with them. */
  close(): Promise<{ readonly numbers: number; readonly faults: readonly string[] }>;
}

export interface Size {
  readonly offices: number;
  readonly accounts: number;
}

const PROBE = 'BK-PROBE';
const agencyCode = (at: number): string => `BK-${String(at).padStart(3, '0')}`;

export async function openPlace({ offices, accounts }: Size): Promise<Place> {
  const folder = await mkdtemp(join(tmpdir(), 'soak-'));
  const port = await freePort();
  const env = {
    ...{ DATA_DIR: folder, METRICS_PORT: String(port), CLOCK_NOW: GUIDE_DAY },
    LOG_LEVEL: 'warn',
  };
  const { child, url } = await startService(
    env,
    (one) => {
      one.stdout?.resume();
      one.stderr?.resume();
    },
    'dist/apps/api/main.js',
  );
  const agencies = Array.from({ length: offices }, (_, at) => agencyCode(at));
  const opened = await Promise.all(
    [...agencies, PROBE].map((agency) =>
      openOffice({ folder, url, agency, accounts: agency === PROBE ? 1 : accounts }),
    ),
  );
  const [probe] = opened.pop() as [Caller];
  return {
    ...{ folder, url, metrics: `127.0.0.1:${port}`, callers: opened.flat(), probe },
    load: (order) => load({ ...order, url }),
    rebuild: async () => {
      const args = ['rebuild', '--all'];
      const { status } = await output(
        startProcess('dist/apps/ops/main.js', args, { DATA_DIR: folder }),
      );
      return status;
    },
    close: async () => {
      child.kill('SIGTERM');
      await once(child, 'exit');
      const found = await readLog(folder, [...agencies, PROBE]);
      await rm(folder, { recursive: true, force: true });
      return found;
    },
  };
}

async function openOffice(given: {
  readonly folder: string;
  readonly url: string;
  readonly agency: string;
  readonly accounts: number;
}): Promise<Caller[]> {
  const { folder, url, agency, accounts } = given;
  const authorizations = await Promise.all(
    Array.from({ length: accounts }, async (_, at) => {
      const token = await issueDevToken(folder, {
        account: `${agency.toLowerCase()}.${at}`,
        name: 'Trần Thị Bình',
        roles: ['receiving-officer'],
        agencies: [agency],
        audience: 'so-chung-thuc',
        lifetime: 86_400,
      });
      return `Bearer ${token}`;
    }),
  );
  const [authorization = ''] = authorizations;
  const answer = await fetch(`${url}/v1/agencies/${agency}/books`, {
    method: 'POST',
    headers: { authorization, 'content-type': 'application/json' },
    body: JSON.stringify({
      ...{ name: '01/2024', firstNumber: 1, openedOn: '2024-01-01', closesOn: '2024-12-31' },
    }),
  });
  const location = answer.headers.get('location');
  if (location === null) throw new Error(`${agency} has no book: ${await answer.text()}`);
  return authorizations.map((one) => ({ authorization: one, entries: `${location}/entries` }));
}

/** In a process of its own: whoever measures must not stand behind it. Tokens by the hundred are too long for an argument. */
async function load(order: LoadOrder): Promise<LoadAnswer> {
  const args = [
    '--conditions=source',
    '--import',
    './test/support/run-ts.mjs',
    'test/soak/load.ts',
  ];
  const cwd = join(import.meta.dirname, '../..');
  const child = spawn(process.execPath, args, { cwd, stdio: ['pipe', 'pipe', 'inherit'] });
  child.stdin.end(JSON.stringify(order));
  const { status, text } = await output(child);
  if (status !== 0) throw new Error(`the load ended with ${status}: ${text}`);
  return JSON.parse(text) as LoadAnswer;
}

async function readLog(folder: string, agencies: readonly string[]) {
  const store = openSqliteEventStore(join(folder, 'events.db'));
  const reader = new LogReader(store);
  await reader.readOn();
  const faults = [...reader.faults];
  let numbers = 0;
  for (const agency of agencies) {
    const given = reader.numbersOf(agency);
    numbers += given.length;
    const wrong = given.findIndex(({ number }, at) => number !== at + 1);
    if (wrong >= 0)
      faults.push(`${agency}: ${given[wrong]?.number} stands where ${wrong + 1} belongs`);
  }
  await store.close();
  return { numbers, faults };
}
