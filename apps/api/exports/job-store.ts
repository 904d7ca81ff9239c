import type { CollectionSpec, Doc, ReadStore, StoredDoc } from '#read-store';
import type { Job } from './job.ts';

const spec: CollectionSpec = { name: 'export_jobs', indexes: [], searchable: [] };
/** Versions as text that is ordered as they are. */
const padded = (version: number): string => String(version).padStart(10, '0');

interface Kept {
  readonly job: Job;
  readonly position: string;
}

const keptOf = ({ doc, position }: StoredDoc): Kept => ({ job: doc as unknown as Job, position });
const docOf = (job: Job): Doc => job as unknown as Doc;

/** Jobs beside the access records, which no rebuild touches: one document each, changed by compare and set. */
export class JobStore {
  private ready: Promise<void> | undefined;

  constructor(private readonly store: Pick<ReadStore, 'ensure' | 'get' | 'mend' | 'scan'>) {}

  async get(id: string): Promise<Job | undefined> {
    return (await this.kept(id))?.job;
  }

  /** False where there is one of this id. */
  async add(job: Job): Promise<boolean> {
    await this.ensured();
    const doc = { id: job.id, position: padded(1), doc: docOf(job) };
    return this.store.mend(spec, { id: job.id, found: undefined, doc });
  }

  /** The job after a change, which may decline by answering undefined; undefined where there is none. */
  async change(id: string, change: (job: Job) => Job | undefined): Promise<Job | undefined> {
    for (;;) {
      const kept = await this.kept(id);
      const next = kept && change(kept.job);
      if (!kept || !next) return kept?.job;
      const position = padded(Number(kept.position) + 1);
      const doc = { id, position, doc: docOf(next) };
      if (await this.store.mend(spec, { id, found: kept.position, doc })) return next;
    }
  }

  /** Takes away those that were last told of before a moment; answers their ids. */
  async forget(before: Date): Promise<readonly string[]> {
    await this.ensured();
    const old: StoredDoc[] = [];
    for await (const doc of this.store.scan(spec))
      if (Date.parse(keptOf(doc).job.updatedAt) < before.getTime()) old.push(doc);
    for (const { id, position } of old)
      await this.store.mend(spec, { id, found: position, doc: undefined });
    return old.map(({ id }) => id);
  }

  private async kept(id: string): Promise<Kept | undefined> {
    await this.ensured();
    const found = await this.store.get(spec, id);
    return found && keptOf(found);
  }

  private ensured(): Promise<void> {
    this.ready ??= this.store.ensure(spec).catch((error: unknown) => {
      this.ready = undefined;
      throw error;
    });
    return this.ready;
  }
}
