import { randomUUID } from 'node:crypto';
import type { CollectionSpec, Page, Query, ReadStore, StoredDoc } from '#read-store';
import { rested } from '#threads';
import { readAccessRecord, type AccessRecord } from './access-record.ts';

export interface AccessLog {
  /** Takes the record and returns at once; never throws. */
  record(record: AccessRecord): void;
  /** A page of the records, of whatever shape they were written in, with everything this process has recorded. @throws as `ReadStore.find` does */
  find(query: Query, signal?: AbortSignal): Promise<Page>;
  /** Writes what is left. */
  close(): Promise<void>;
}

export interface AccessLogOptions {
  readonly store: ReadStore;
  /** Told what an operator should know: records that could not be written yet, or were lost. */
  readonly log: (message: string, detail: object) => void;
}

const collection: CollectionSpec = {
  name: 'access_records',
  indexes: [
    ['agency', 'at'],
    ['agency', 'account', 'at'],
    ['agency', 'kind', 'at'],
  ],
  searchable: [],
};

const FLUSH_MS = 100;
const BATCH = 500;
/** Records held while the store is away; about 10 MB. Beyond it the oldest are lost, which is told. */
const MOST_WAITING = 20_000;
const LONGEST_PAUSE_MS = 30_000;

const storedOf = (record: AccessRecord): StoredDoc => ({
  // In order of time, so that new records go to the table's end.
  id: `${record.at}-${randomUUID()}`,
  position: record.at,
  doc: { ...record },
});

/**
 * Keeps who looked at what, apart from the event log. Reading never waits for it: records gather in
 * memory and are written a moment later, so a process that is killed loses those of the last
 * tenth of a second; a store that does not answer is tried again with growing pauses.
 */
class BufferedAccessLog implements AccessLog {
  private waiting: StoredDoc[] = [];
  private lost = 0;
  private writing: Promise<void> | undefined;
  private timer: NodeJS.Timeout | undefined;
  private readonly closing = new AbortController();
  private ready = false;

  constructor(private readonly options: AccessLogOptions) {}

  record(record: AccessRecord): void {
    this.waiting.push(storedOf(record));
    if (this.waiting.length > MOST_WAITING) {
      this.waiting.shift();
      this.lost += 1;
    }
    this.timer ??= setTimeout(() => void this.flush(), FLUSH_MS);
  }

  async find(query: Query, signal?: AbortSignal): Promise<Page> {
    await this.write();
    const page = await this.options.store.find(collection, query, signal);
    const items = page.items.map((item) => ({ ...item, doc: { ...readAccessRecord(item.doc) } }));
    return { ...page, items };
  }

  async close(): Promise<void> {
    this.closing.abort();
    await this.writing;
    clearTimeout(this.timer);
    await this.write().catch((error: unknown) => {
      const { length } = this.waiting;
      this.options.log('access records lost at the end', { lost: length, error: String(error) });
    });
  }

  /** Writes until nothing is left, however long the store is away. */
  private flush(): Promise<void> {
    this.writing ??= this.persist().finally(() => {
      this.writing = undefined;
      this.timer = undefined;
      if (this.waiting.length > 0 && !this.closing.signal.aborted) {
        this.timer = setTimeout(() => void this.flush(), FLUSH_MS);
      }
    });
    return this.writing;
  }

  private async persist(): Promise<void> {
    const { signal } = this.closing;
    for (let failures = 0; !signal.aborted; failures += 1) {
      try {
        await this.write();
        return;
      } catch (error) {
        const waiting = this.waiting.length;
        this.options.log('access records cannot be written', { waiting, error: String(error) });
        const pause = Math.min(LONGEST_PAUSE_MS, FLUSH_MS * 2 ** failures);
        await rested(pause, signal);
      }
    }
  }

  /** Writes what waits now. A record written twice, by two of these at once, is the same document. */
  private async write(): Promise<void> {
    if (!this.ready) await this.options.store.ensure(collection);
    this.ready = true;
    while (this.waiting.length > 0) {
      const batch = this.waiting.slice(0, BATCH);
      await this.options.store.put(collection, batch);
      const written = new Set(batch);
      this.waiting = this.waiting.filter((record) => !written.has(record));
    }
    if (this.lost > 0) this.options.log('access records lost', { lost: this.lost });
    this.lost = 0;
  }
}

export const createAccessLog = (options: AccessLogOptions): AccessLog =>
  new BufferedAccessLog(options);
