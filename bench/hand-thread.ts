import { parentPort, workerData } from 'node:worker_threads';
import Database from 'better-sqlite3';

/** A page as SQL that was prepared before; answered with the documents' texts. */
export interface ByHand {
  readonly sql: string;
  readonly values: readonly unknown[];
}

const db = new Database(workerData as string, { readonly: true });
const prepared = new Map<string, Database.Statement<unknown[], [string, string, string]>>();

parentPort?.on('message', ({ sql, values }: ByHand) => {
  const statement = prepared.get(sql) ?? db.prepare<unknown[], [string, string, string]>(sql);
  prepared.set(sql, statement);
  const rows = statement.raw().all(...values);
  parentPort?.postMessage(rows.map(([, , doc]) => doc));
});
