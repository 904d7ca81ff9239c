import { mkdir, readdir, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { pino } from 'pino';
import type { ExportSources } from '#exports';
import { order } from '../../../test/support/paper-rows.ts';
import { embeddedStores, sampleActor, type TestStores } from '../../../test/support/stores.ts';
import { until } from '../../../test/support/until.ts';
import type { Asker } from '../http/asker.ts';
import type { Reads } from '../reads.ts';
import { ExportJobs } from './export-jobs.ts';
import { JobStore } from './job-store.ts';
import type { Job } from './job.ts';
import { newJob } from './new-job.ts';

const START = Date.parse('2024-05-10T01:00:00.000Z');

/** Reads that answer nothing before whoever asks is called off. */
const silent = {
  take: ({ signal }: Asker) =>
    new Promise((_resolve, reject) =>
      signal.addEventListener('abort', () => reject(signal.reason as Error)),
    ),
} as unknown as Reads;

/** Reads of which the first goes on, though it was called off, until it is let go. */
function lateToLeave() {
  let [isFirst, leave, begun] = [true, (): void => undefined, (): void => undefined];
  const reading = new Promise<void>((resolve) => (begun = resolve));
  const held = new Promise<never>((_resolve, reject) => {
    leave = () => reject(new Error('let go'));
  });
  const take = (asker: Asker, work: never) => {
    if (!isFirst) return silent.take(asker, work);
    isFirst = false;
    begun();
    return held;
  };
  return { reads: { take } as unknown as Reads, reading, leave };
}

describe('prints of one account, one at a time', () => {
  let stores: TestStores;
  let store: JobStore;
  let jobs: ExportJobs;
  let another: ExportJobs;
  let ms: number;

  const now = (): Date => new Date(START + ms);
  const jobUnder = (key: string): Job => {
    const asked = { type: 'SCTDT.BS', year: 2024, bookId: null, month: null } as const;
    const context = { actor: sampleActor, correlationId: 'c', causationId: 'd' };
    return newJob(
      { ...context, idempotencyKey: key, requestHash: key },
      { ...asked, format: 'csv', agency: 'BK-001', revision: 3, total: 1, now: now() },
    );
  };
  const start = (job: Job, at = jobs): Promise<Job> => {
    const context = { actor: sampleActor, correlationId: 'c', causationId: 'd' };
    return at.start({ job, context, order: order(), total: 1 });
  };
  const opened = (reads: Reads): ExportJobs =>
    new ExportJobs({
      sources: {} as ExportSources,
      jobs: store,
      reads,
      clock: { now },
      log: pino({ level: 'silent' }),
      folder: join(stores.folder, 'exports'),
      hours: 24,
    });
  /** Files as prints leave them, last written so many hours ago. */
  const left = async (hoursAgo: Readonly<Record<string, number>>): Promise<void> => {
    const folder = join(stores.folder, 'exports');
    await mkdir(folder, { recursive: true });
    for (const [name, hours] of Object.entries(hoursAgo)) {
      const then = new Date(Date.now() - hours * 60 * 60 * 1000);
      await writeFile(join(folder, name), 'so');
      await utimes(join(folder, name), then, then);
    }
  };
  const stateOf = async ({ id }: Job) => (await jobs.get(id))?.state;

  beforeEach(async () => {
    ms = 0;
    stores = await embeddedStores();
    store = new JobStore(stores.readStore);
    jobs = opened(silent);
    another = opened(silent);
  });
  afterEach(async () => {
    await jobs.onModuleDestroy();
    await another.onModuleDestroy();
    await stores.dispose();
  });

  it('are known to be alive while they wait for their turn, however long', async () => {
    const [first, second] = [jobUnder('k-1'), jobUnder('k-2')];
    await start(first);
    await start(second);
    ms = 10 * 60_000;
    await until(async () => (await jobs.get(first.id))?.state === 'running');
    await until(async () => (await jobs.get(second.id))?.state === 'waiting');
    expect((await store.get(second.id))?.updatedAt).toBe(now().toISOString());
  });

  it('begin anew under their key where the process that printed them has died', async () => {
    await store.add({ ...jobUnder('k-1'), state: 'running' });
    ms = 30_000;
    expect((await start(jobUnder('k-1'))).state).toBe('running');
    ms = 90_000;
    expect((await jobs.get(jobUnder('k-1').id))?.state).toBe('failed');
    expect((await start(jobUnder('k-1'))).state).toBe('waiting');
    await until(async () => (await jobs.get(jobUnder('k-1').id))?.state === 'running');
  });

  it('asked for again are not called off by what was called off before', async () => {
    const late = lateToLeave();
    jobs = opened(late.reads);
    const [first, again] = [jobUnder('k-1'), jobUnder('k-1')];
    await start(first);
    await late.reading;
    await jobs.cancel(first.id);
    await start(again);
    late.leave();
    // Its turn comes when the first has left.
    await until(async () => (await stateOf(again)) !== 'waiting');
    expect(await stateOf(again)).toBe('running');
    await jobs.cancel(again.id);
    await start(jobUnder('k-2'));
    await until(async () => (await stateOf(jobUnder('k-2'))) === 'running');
    expect(await stateOf(again)).toBe('canceled');
  });

  it('begun elsewhere under the key of one that was called off end that one only', async () => {
    const first = jobUnder('k-1');
    await start(first);
    await until(async () => (await stateOf(first)) === 'running');
    await start(jobUnder('k-2'));
    await another.cancel(first.id);
    await start(jobUnder('k-1'), another);
    // The first has left its turn to the next.
    await until(async () => (await stateOf(jobUnder('k-2'))) === 'running');
    await until(async () => (await stateOf(first)) !== 'waiting');
    expect(await stateOf(first)).toBe('running');
  });

  it('are fetched as long as they are kept, and not longer where they still lie there', async () => {
    const [kept, old] = [jobUnder('k-1'), jobUnder('k-2')];
    await left({ [`${kept.id}.csv`]: 23, [`${old.id}.csv`]: 25 });
    expect(await jobs.fileOf(kept)).toMatch(kept.id);
    expect(await jobs.fileOf(old)).toBeUndefined();
  });

  it('are taken away where they were kept long enough, though nobody prints', async () => {
    await left({ 'kept.csv': 23, 'old.csv': 25, 'killed.csv.part': 25 });
    await store.add(jobUnder('k-1'));
    ms = 25 * 60 * 60_000;
    jobs.onModuleInit();
    await until(async () => (await store.get(jobUnder('k-1').id)) === undefined);
    await until(async () => (await readdir(join(stores.folder, 'exports'))).length === 1);
    expect(await readdir(join(stores.folder, 'exports'))).toEqual(['kept.csv']);
  });
});
