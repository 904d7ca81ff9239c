import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { issueDevToken, type Role } from '#access';
import { openEventStoreDb, openSqliteEventStore, type EventStore } from '#event-store';
import { startEventStoreDbDouble } from '../support/eventstoredb/server.ts';
import { GUIDE_DAY } from '../support/office.ts';
import { kill, output, startProcess } from '../support/processes.ts';
import { startService } from '../support/service.ts';

/** Where the service runs: `embedded`, two processes over one SQLite log; `servers`, two API processes and a projector over a log server, and over MongoDB where `MONGODB_URL` names one. */
export type Mode = 'embedded' | 'servers';

export const victims = {
  embedded: ['api-1', 'api-2', 'rebuild'],
  servers: ['api-1', 'api-2', 'projector', 'rebuild', 'log'],
} as const satisfies Record<Mode, readonly string[]>;
export type Victim = (typeof victims)[Mode][number];

type Api = 'api-1' | 'api-2';
type Env = Readonly<Record<string, string>>;

/** A deployment of the built program: its processes, their data, and a way to end any of them without warning. */
export interface Place {
  readonly folder: string;
  /** The log itself, read without the service. */
  readonly log: EventStore;
  /** API processes that were started and not killed since; one of them may not answer yet. */
  readonly urls: () => readonly string[];
  token(role: Role, account: string, ...agencies: readonly string[]): Promise<string>;
  start(name: Victim): Promise<void>;
  kill(name: Victim): Promise<void>;
  /** Has it stand still for so long, as a machine that swaps or is moved; it knows nothing of it. */
  stall(name: Victim, forMs: number): Promise<void>;
  /** Ends it `afterMs` into its start. */
  killInStart(name: Victim, afterMs: number): Promise<void>;
  /** Waits until it has come to its own end. */
  ended(name: Victim): Promise<void>;
  /** A command of `ops`, to its end. */
  ops(
    ...args: readonly string[]
  ): Promise<{ readonly status: number | null; readonly text: string }>;
  /** `keep`: the data stays where it is. */
  dispose(keep: boolean): Promise<void>;
}

const COMMON: Env = {
  CLOCK_NOW: GUIDE_DAY,
  LOG_LEVEL: 'error',
  RATE_LIMIT: '0',
  REFUSED_LIMIT: '0',
  SEAL_SECONDS: '1',
};

interface Wiring {
  /** One folder for all: as on one machine. */
  readonly env: Env & { readonly DATA_DIR: string };
  readonly log: EventStore;
  readonly cutLog: (isDown: boolean) => Promise<void>;
  readonly dispose: () => Promise<void>;
}

function embedded(folder: string): Wiring {
  const log = openSqliteEventStore(join(folder, 'events.db'));
  return {
    env: { ...COMMON, DATA_DIR: folder, PROJECTOR: 'embedded' },
    log,
    cutLog: () => Promise.reject(new Error('the log is a file')),
    dispose: () => log.close(),
  };
}

async function servers(folder: string): Promise<Wiring> {
  const double = await startEventStoreDbDouble({ file: join(folder, 'log.jsonl') });
  const log = await openEventStoreDb(double.connectionString);
  const { MONGODB_URL } = process.env;
  const env = {
    ...COMMON,
    DATA_DIR: folder,
    PROJECTOR: 'off',
    EVENTSTORE_URL: double.connectionString,
    ...(MONGODB_URL !== undefined && { MONGODB_URL, MONGODB_DATABASE: basename(folder) }),
  };
  return {
    env,
    log,
    cutLog: (isDown) => (isDown ? double.stop() : double.restart()),
    dispose: async () => {
      await log.close();
      await double.close();
    },
  };
}

class Deployment implements Place {
  private readonly children = new Map<Victim, ChildProcess>();
  private readonly listening = new Map<Victim, string>();
  private readonly all: ChildProcess[] = [];

  constructor(
    readonly folder: string,
    private readonly wiring: Wiring,
  ) {}

  get log(): EventStore {
    return this.wiring.log;
  }

  urls = (): readonly string[] => [...this.listening.values()];

  token = (role: Role, account: string, ...agencies: readonly string[]): Promise<string> => {
    return issueDevToken(this.folder, {
      account,
      name: `Người ${account}`,
      roles: [role],
      agencies,
      audience: 'so-chung-thuc',
      lifetime: 86_400,
    });
  };

  async start(name: Victim): Promise<void> {
    if (name === 'log') await this.wiring.cutLog(false);
    else if (name === 'projector' || name === 'rebuild') this.startBeside(name);
    else await this.startApi(name);
  }

  async kill(name: Victim): Promise<void> {
    this.listening.delete(name);
    if (name === 'log') await this.wiring.cutLog(true);
    const child = this.children.get(name);
    this.children.delete(name);
    if (child) await kill(child);
  }

  async stall(name: Victim, forMs: number): Promise<void> {
    const child = this.children.get(name);
    child?.kill('SIGSTOP');
    await delay(forMs);
    child?.kill('SIGCONT');
  }

  async killInStart(name: Victim, afterMs: number): Promise<void> {
    const started = this.start(name).catch(() => undefined);
    await delay(afterMs);
    await this.kill(name);
    await started;
    this.listening.delete(name);
  }

  async ended(name: Victim): Promise<void> {
    const child = this.children.get(name);
    if (child && child.exitCode === null && child.signalCode === null) await once(child, 'exit');
  }

  ops = (...args: readonly string[]) =>
    output(this.keep(startProcess('dist/apps/ops/main.js', args, this.wiring.env)));

  async dispose(keep: boolean): Promise<void> {
    await Promise.all(this.all.map(kill));
    await this.wiring.dispose();
    if (!keep) await rm(this.folder, { recursive: true, force: true });
  }

  private async startApi(name: Api): Promise<void> {
    let own: ChildProcess | undefined;
    const onStarted = (child: ChildProcess): void => {
      own = child;
      this.children.set(name, this.unread(child));
    };
    const { url } = await startService(this.wiring.env, onStarted, 'dist/apps/api/main.js');
    if (this.children.get(name) === own) this.listening.set(name, url);
  }

  /** A process whose output nobody reads stops when the pipe is full. */
  private unread(child: ChildProcess): ChildProcess {
    child.stdout?.resume();
    child.stderr?.resume();
    return this.keep(child);
  }

  private startBeside(name: 'projector' | 'rebuild'): void {
    const env = { ...this.wiring.env, PORT: '0' };
    const child =
      name === 'projector'
        ? startProcess('dist/apps/projector/main.js', [], env)
        : startProcess('dist/apps/ops/main.js', ['rebuild', '--all'], env);
    this.children.set(name, this.unread(child));
  }

  private keep(child: ChildProcess): ChildProcess {
    this.all.push(child);
    return child;
  }
}

/** Starts everything but a rebuild. */
export async function openPlace(mode: Mode): Promise<Place> {
  const folder = await mkdtemp(join(tmpdir(), 'torture-'));
  const place = new Deployment(
    folder,
    mode === 'embedded' ? embedded(folder) : await servers(folder),
  );
  for (const name of victims[mode]) {
    if (name !== 'rebuild' && name !== 'log') await place.start(name);
  }
  return place;
}
