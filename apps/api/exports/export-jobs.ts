import type { Stats } from 'node:fs';
import { mkdir, readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Logger } from 'pino';
import type { CommandContext } from '#commands';
import type { Clock } from '#config';
import { exportRegister, type ExportSources, type Prepared } from '#exports';
import { registerEntries } from '#projections';
import { rested, TooManyWaiting, Turns } from '#threads';
import type { Reads } from '../reads.ts';
import { hasEnded, jobAt, TOLD_MS, type Job } from './job.ts';
import type { JobStore } from './job-store.ts';

/** Prints at once, each for another account: each takes a core. */
const TURNS = { atOnce: 2, each: 1, mostWaiting: 5 };

const HOUR_MS = 60 * 60 * 1000;

/** The job was called off. */
class Canceled extends Error {
  override readonly name = 'Canceled';
}

/** This process ends. */
class Closing extends Error {
  override readonly name = 'Closing';
}

interface Given {
  readonly sources: ExportSources;
  readonly jobs: JobStore;
  readonly reads: Reads;
  readonly clock: Clock;
  readonly log: Logger;
  /** Where files lie. */
  readonly folder: string;
  /** How long, in hours. */
  readonly hours: number;
}

/** How far a job is. */
interface Far {
  state: Job['state'];
  rows: number;
}

/** A job and what it prints. */
export interface Started extends Prepared {
  readonly job: Job;
  readonly context: CommandContext;
}

/** Prints registers while nobody waits; what there is to see of it is in the store, for every process. */
export class ExportJobs {
  private readonly turns = new Turns(TURNS);
  /** By their runs: one that was called off may still be leaving when the next of its id begins. */
  private readonly running = new Map<string, { stop: AbortController; ended: Promise<void> }>();
  private readonly ending = new AbortController();
  private forgetting: Promise<void> | undefined;

  constructor(private readonly given: Given) {}

  /** The file of a job, here; undefined where it is on another machine, or was kept long enough. */
  async fileOf({ id, format }: Job): Promise<string | undefined> {
    const path = this.pathOf({ id, format });
    const found = await stat(path).catch(() => undefined);
    return found?.isFile() === true && !this.isOld(found) ? path : undefined;
  }

  /** What is old goes though nobody prints any more. */
  onModuleInit(): void {
    this.forgetting = this.keepForgetting();
  }

  async get(id: string): Promise<Job | undefined> {
    const job = await this.given.jobs.get(id);
    return job && jobAt(job, this.given.clock.now());
  }

  /**
   * Begins a job; one of its id that has not failed is what it would come to.
   * @throws TooManyWaiting of this account: nothing was begun
   */
  async start(started: Started): Promise<Job> {
    const { job } = started;
    await this.forgetOld();
    if (!(await this.given.jobs.add(job))) {
      const again = (before: Job): Job | undefined => {
        // What a process that has died was printing has failed, whatever it said last.
        const { state } = jobAt(before, this.given.clock.now());
        return state === 'failed' || state === 'canceled' ? job : undefined;
      };
      const there = await this.given.jobs.change(job.id, again);
      if (there !== job) return jobAt(there ?? job, this.given.clock.now());
    }
    const stop = new AbortController();
    const far = { state: job.state, rows: 0 };
    const tell = this.keepTelling(job, stop, far);
    const print = () => this.print(started, stop.signal, far);
    const turn = this.turns.take(job.account, stop.signal, print);
    const ended = turn
      .catch((error: unknown) => this.failed(job, error))
      .finally(() => {
        clearInterval(tell);
        this.running.delete(job.run);
      });
    this.running.set(job.run, { stop, ended });
    // Refused at once where too many wait: the caller is told so, not the job.
    await Promise.race([turn.catch(rethrowIfTooMany), nextTurn()]);
    return job;
  }

  /** Calls a job off, wherever it runs. */
  async cancel(id: string): Promise<Job | undefined> {
    const canceled = await this.given.jobs.change(id, (job) =>
      hasEnded(job) ? undefined : this.told(job, { state: 'canceled' }),
    );
    if (canceled?.state === 'canceled')
      this.running.get(canceled.run)?.stop.abort(new Canceled('called off'));
    return canceled;
  }

  /** Ends what is being printed; whoever asked for it may ask again. */
  async onModuleDestroy(): Promise<void> {
    const all = [...this.running.values()];
    this.ending.abort();
    for (const { stop } of all) stop.abort(new Closing('the service ends'));
    await Promise.all([...all.map(({ ended }) => ended), this.forgetting]);
  }

  /**
   * Says that a job is alive, and how far it is, from when it waits for its turn until it has ended.
   * Whether it was called off elsewhere is looked for as often.
   */
  private keepTelling(job: Job, stop: AbortController, far: Readonly<Far>): NodeJS.Timeout {
    return setInterval(() => {
      void this.changeOwn(job, (now) => (hasEnded(now) ? undefined : this.told(now, far)))
        .then((now) => {
          const isOff = now !== undefined && (now.state === 'canceled' || now.run !== job.run);
          if (isOff) stop.abort(new Canceled('called off'));
        })
        .catch(() => undefined);
    }, TOLD_MS);
  }

  /** Changes the job as long as it is this run's: nothing that is left says anything of the next. */
  private changeOwn(
    { id, run }: Job,
    change: (now: Job) => Job | undefined,
  ): Promise<Job | undefined> {
    return this.given.jobs.change(id, (now) => (now.run === run ? change(now) : undefined));
  }

  private async print(
    { job, order, context }: Started,
    signal: AbortSignal,
    far: Far,
  ): Promise<void> {
    const { sources, reads, folder } = this.given;
    const { id, format, account } = job;
    far.state = 'running';
    await mkdir(folder, { recursive: true, mode: 0o700 });
    const exported = await exportRegister(sources, {
      ...{ exportId: id, order, format, context, signal, path: this.pathOf(job) },
      onProgress: (printed) => (far.rows = printed),
      find: (query) =>
        reads.take({ account, signal }, (asked) =>
          sources.models.find(registerEntries, query, asked),
        ),
    });
    const { sha256, bytes, pages } = exported;
    const done = { state: 'done', rows: exported.rows, sha256, bytes, pages } as const;
    await this.changeOwn(job, (now) => this.told(now, done));
  }

  private async failed(job: Job, error: unknown): Promise<void> {
    const isCanceled = error instanceof Canceled;
    const wasStopped = isCanceled || error instanceof Closing || error instanceof TooManyWaiting;
    if (!wasStopped) this.given.log.error({ err: error, export: job.id }, 'api: a print failed');
    const code = isCanceled ? null : wasStopped ? 'UNAVAILABLE' : 'EXPORT_FAILED';
    const end = { state: isCanceled ? 'canceled' : 'failed', code } as const;
    await this.changeOwn(job, (now) => (hasEnded(now) ? undefined : this.told(now, end))).catch(
      () => undefined,
    );
  }

  private told(job: Job, more: Partial<Job>): Job {
    return { ...job, ...more, updatedAt: this.given.clock.now().toISOString() };
  }

  private pathOf({ id, format }: Pick<Job, 'id' | 'format'>): string {
    return join(this.given.folder, `${id}.${format}`);
  }

  private async keepForgetting(): Promise<void> {
    do {
      await this.forgetOld().catch((error: unknown) =>
        this.given.log.warn({ err: error }, 'api: old prints are still there'),
      );
    } while (await rested(HOUR_MS, this.ending.signal, { ref: false }));
  }

  /** Files and jobs that were kept long enough; what a killed process has left goes with them. */
  private async forgetOld(): Promise<void> {
    const { clock, jobs, hours, folder } = this.given;
    await jobs.forget(new Date(clock.now().getTime() - hours * HOUR_MS));
    for (const name of await readdir(folder).catch(() => [] as string[])) {
      const path = join(folder, name);
      const found = await stat(path).catch(() => undefined);
      if (found && this.isOld(found)) await rm(path, { force: true });
    }
  }

  /** By the machine's clock, as the file's time is. */
  private isOld({ mtimeMs }: Pick<Stats, 'mtimeMs'>): boolean {
    return Date.now() - mtimeMs > this.given.hours * HOUR_MS;
  }
}

const rethrowIfTooMany = (error: unknown): void => {
  if (error instanceof TooManyWaiting) throw error;
};
