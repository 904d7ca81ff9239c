import type { Revision } from '../port.ts';
import { openHeadsFile, openTemporaryFile } from './file.ts';
import type { HeadStep, StoredHead } from './stored-head.ts';
import { writtenIn, type Known, type Pending } from './statements.ts';

/** Steps wait this long for others to be written with, in milliseconds. */
const WAIT_MS = 20;
/** Keys waiting to be written at most; about 1 MB. */
const MOST_WAITING = 5000;

export interface HeadsOptions {
  /** Told of a file that was damaged or could not be written. Nothing is lost by it but time. */
  readonly onTrouble?: (error: unknown) => void;
}

/**
 * What is known of folds beside the log: where each one has got to, and at which revisions the
 * events stand that are found under a key. Derived from the log and never the truth: a head counts
 * only where the log holds its event at its revision, and an event only once it has been read. It
 * may be deleted at any time; it is made again, fold by fold, as streams are folded.
 *
 * In one SQLite file; without a path in a file that goes with the process. When the file fails
 * (damaged, disk full), the process goes on with one of its own and folds again what it needs.
 */
export class Heads {
  private db;
  private written;
  private readonly pending = new Map<string, Pending>();
  private waiting = 0;
  private timer: NodeJS.Timeout | undefined;

  private readonly onTrouble: (error: unknown) => void;

  constructor(path = '', { onTrouble = () => undefined }: HeadsOptions = {}) {
    this.onTrouble = onTrouble;
    this.db = openHeadsFile(path, onTrouble);
    this.written = writtenIn(this.db);
  }

  /** The head of the fold of this name. */
  get(name: string): StoredHead | undefined {
    const written = this.guarded(() => this.written.get(name));
    return this.unwritten(name, written?.revision ?? -1)?.head ?? written;
  }

  /** Up to which revision the keys are known; -1 where nothing is. */
  coveredTo(name: string): Revision {
    const written = this.guarded(() => this.written.coveredTo(name));
    return Math.max(written, this.unwritten(name, written)?.head.revision ?? -1);
  }

  /** What is known of the fold, as of one moment however much of it is asked for: `read` may be called twice. */
  look<T>(name: string, read: (known: Known) => T): T {
    return this.guarded(() =>
      this.written.look(name, (written) => {
        const pending = this.unwritten(name, written.coveredTo);
        return read(pending === undefined ? written : knownWith(written, pending));
      }),
    );
  }

  /**
   * Takes a fold on from a stored head (without `from`, from the beginning) to a new one. Kept in
   * memory for some milliseconds, then written together with others; what a crash takes is folded
   * again. Where another process has gone further, its head stays.
   */
  advance({ name, from, head, found }: HeadStep): void {
    const before = this.pending.has(name)
      ? this.unwritten(
          name,
          this.guarded(() => this.written.coveredTo(name)),
        )
      : undefined;
    // Gone on from what another process wrote: what waits here is behind that, and of no more use.
    const joins = before !== undefined && before.head.revision === from;
    const known = joins ? before : { from, head, found: new Map<string, Revision[]>() };
    known.head = head;
    for (const [key, revision] of found) {
      const revisions = known.found.get(key);
      if (revisions) revisions.push(revision);
      else known.found.set(key, [revision]);
    }
    this.pending.set(name, known);
    this.waiting += found.length + 1;
    if (this.waiting >= MOST_WAITING) this.flush();
    else this.timer ??= setTimeout(() => this.flush(), WAIT_MS).unref();
  }

  /** Every head that is written. */
  all(): Iterable<StoredHead & { readonly name: string }> {
    return this.guarded(() => this.written.all());
  }

  /** Forgets the fold: what was known of it was not what the log holds. */
  forget(name: string): void {
    this.pending.delete(name);
    this.guarded(() => this.written.forget(name));
  }

  /** Writes what is still in memory. */
  close(): void {
    if (!this.db.open) return;
    this.flush();
    this.db.close();
  }

  /** What is to be written on top of what is; dropped where another process has forgotten that. */
  private unwritten(name: string, writtenTo: Revision): Pending | undefined {
    const pending = this.pending.get(name);
    if (pending?.from === undefined || writtenTo >= pending.from) return pending;
    this.pending.delete(name);
    return undefined;
  }

  private flush(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
    const steps = [...this.pending];
    this.pending.clear();
    this.waiting = 0;
    if (steps.length > 0 && this.db.open)
      this.guarded(() => this.written.writeAll.immediate(steps));
  }

  /** Whatever a failing file knew is gone; `coveredTo` says so, and it is folded again. */
  private guarded<T>(work: () => T): T {
    try {
      return work();
    } catch (error) {
      if (!this.db.open) throw error;
      this.onTrouble(error);
      this.db.close();
      this.db = openTemporaryFile();
      this.written = writtenIn(this.db);
      return work();
    }
  }
}

function knownWith(written: Known, { head, found }: Pending): Known {
  return {
    coveredTo: Math.max(written.coveredTo, head.revision),
    find: (key, lastOnly) => {
      const fresh = found.get(key) ?? [];
      if (lastOnly && fresh.length > 0) return fresh.slice(-1);
      const before = written.find(key, lastOnly);
      return fresh.length === 0 ? before : [...new Set([...before, ...fresh])];
    },
  };
}
