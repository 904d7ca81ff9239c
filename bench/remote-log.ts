import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { exportLog, importLog, openEventStoreDb, openSqliteEventStore } from '#event-store';

/** A server for the log while it is measured. */
export interface LogServer {
  readonly url: string;
  readonly name: string;
  readonly stop: () => Promise<void>;
}

const DOUBLE = ['--conditions=source', '--import', './test/support/run-ts.mjs'];

/** The server the environment names, or the tests' double as a process of its own. */
export async function startServer(folder: string): Promise<LogServer> {
  const given = process.env['EVENTSTORE_URL'];
  if (given !== undefined) {
    return { url: given, name: 'the server given', stop: () => Promise.resolve() };
  }
  const file = join(folder, 'double.db');
  const args = [...DOUBLE, 'test/support/eventstoredb/main.ts', '--file', file];
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  const [url] = (await once(createInterface({ input: child.stdout }), 'line')) as [string];
  const stop = async (): Promise<void> => {
    child.kill('SIGKILL');
    await once(child, 'exit');
  };
  return { url, name: 'the tests’ double', stop };
}

/** Has the folder's log on the server, which is empty. */
export async function carry(folder: string, url: string): Promise<void> {
  const file = join(folder, 'log.gz');
  const [from, to] = [openSqliteEventStore(join(folder, 'events.db')), await openEventStoreDb(url)];
  await exportLog(from, file);
  await importLog(to, file);
  await Promise.all([from.close(), to.close()]);
}
