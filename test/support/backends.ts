import { randomUUID } from 'node:crypto';
import { startEventStoreDbDouble } from './eventstoredb/server.ts';

/** Stores a service can run on here: the settings that name them, and what ends them afterwards. */
export interface Backend {
  readonly name: string;
  readonly start: () => Promise<{ readonly env: Env; dispose(): Promise<void> }>;
}
export type Env = Readonly<Record<string, string>>;

const FOREIGN_EVENTS = 300;

const nothing = (): Promise<void> => Promise.resolve();

const embedded: Backend = {
  name: 'SQLite and disk',
  start: () => Promise.resolve({ env: {}, dispose: nothing }),
};

/** A database of its own per start, on the server `MONGODB_URL` names. */
const mongo = (url: string): Env => ({
  MONGODB_URL: url,
  MONGODB_DATABASE: `e2e_${randomUUID().slice(0, 8)}`,
});

function distributed(): Backend {
  const { EVENTSTORE_URL: server, MONGODB_URL: url } = process.env;
  const log = server === undefined ? 'EventStoreDB (test double)' : 'EventStoreDB';
  const models = url === undefined ? 'SQLite' : 'MongoDB';
  return {
    name: `${log} and ${models}`,
    start: async () => {
      // A log of its own needs read models of its own.
      const readEnv = url === undefined ? {} : mongo(url);
      if (server !== undefined) {
        return { env: { EVENTSTORE_URL: server, ...readEnv }, dispose: nothing };
      }
      const double = await startEventStoreDbDouble();
      // No log is ours alone: what runs on it has to stand beside others.
      double.writeForeign(FOREIGN_EVENTS);
      const env = { EVENTSTORE_URL: double.connectionString, ...readEnv };
      return { env, dispose: () => double.close() };
    },
  };
}

/** What end-to-end tests run over; servers that are not named in the environment are doubled or left out, and the name says so. */
export const backends: readonly Backend[] = [embedded, distributed()];
