import { LRUCache } from 'lru-cache';
import type { EventStore, Position, RecordedEvent } from '#event-store';

/** Events of a page: what one turn of a line sends. */
const PAGE = 100;
/** How long the log's end is taken to be where it was, in milliseconds. */
const END_MS = 20;
/** Pages at hand. Lines that have come equally far read the same. */
const KEPT = 16;

export interface LogPage {
  readonly events: readonly RecordedEvent[];
  /** Nothing lay behind it when it was read. */
  readonly isLast: boolean;
}

/** The log in pages, each read once for all lines that are at the same place. */
export class Pages {
  private readonly pages = new LRUCache<string, Promise<LogPage>>({ max: KEPT });

  private end: { readonly head: Promise<Position | undefined>; readonly until: number } | undefined;

  constructor(private readonly log: Pick<EventStore, 'readAll' | 'head'>) {}

  /** @throws EventStoreUnavailable */
  async behind(after: Position | undefined): Promise<LogPage> {
    // A page that ends with the log is another one as soon as the log has grown.
    const head = await this.head();
    const key = `${after ?? ''} ${head ?? ''}`;
    const known = this.pages.get(key);
    if (known) return known;
    const page = this.read(after);
    this.pages.set(key, page);
    page.catch(() => this.pages.delete(key));
    return page;
  }

  private head(): Promise<Position | undefined> {
    const now = performance.now();
    if (!this.end || this.end.until < now)
      this.end = { head: this.log.head(), until: now + END_MS };
    return this.end.head;
  }

  private async read(after: Position | undefined): Promise<LogPage> {
    const events: RecordedEvent[] = [];
    for await (const event of this.log.readAll({ after, limit: PAGE })) events.push(event);
    return { events, isLast: events.length < PAGE };
  }
}
