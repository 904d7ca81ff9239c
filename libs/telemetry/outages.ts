import type { Logger } from 'pino';
import { EventStoreRefuses } from '#event-store';
import { rested } from '#threads';

/** Something that may be away. */
export interface Watched {
  /** Rejects while it does not answer. */
  readonly probe: () => Promise<unknown>;
  /** The line when it goes, and the one when it is back. */
  readonly away: string;
  readonly back: string;
}

/** Between two looks whether it is back, in milliseconds; twice as long each time it went again soon after. */
const LOOK_MS = 1000;
const LONGEST_LOOK_MS = 60_000;
const SOON_MS = 120_000;

interface Cost {
  /** How many requests were refused for it. */
  readonly refused: number;
  /** Which it was: told of the first. */
  readonly request?: object;
}

interface Outage {
  refused: number;
  readonly since: number;
  readonly lookMs: number;
  /** Remedies that were told; none is one of them. */
  readonly told: Set<string | undefined>;
}

/**
 * What is said while something is away: one line when it goes, one when it is back, with how many
 * requests were refused between, whatever their number.
 */
export class Outages<S extends string> {
  private readonly away = new Map<S, Outage>();
  private readonly ended = new Map<S, { readonly at: number; readonly lookMs: number }>();
  private readonly closing = new AbortController();

  constructor(
    private readonly log: Logger,
    private readonly watched: Readonly<Record<S, Watched>>,
  ) {}

  /** Looks for them, so that one that is away is told of before anybody asks for it. */
  async look(services: readonly S[]): Promise<void> {
    const looks = services.map(async (service) => {
      const trouble = await this.troubleOf(service);
      if (trouble && !this.closing.signal.aborted) this.met(service, trouble, { refused: 0 });
    });
    await Promise.all(looks);
  }

  /** Looks again and again until it is closed, so that one nobody asks for is told of too. */
  async keepLooking(services: readonly S[], everyMs: number): Promise<void> {
    const { signal } = this.closing;
    while (!signal.aborted) {
      await this.look(services.filter((service) => !this.away.has(service)));
      await rested(everyMs, signal, { ref: false });
    }
  }

  close(): void {
    this.closing.abort();
  }

  /** Something failed because of it. */
  met(service: S, error: Error, { refused, request = {} }: Cost): void {
    const outage = this.away.get(service) ?? this.begin(service);
    outage.refused += refused;
    const remedy = error instanceof EventStoreRefuses ? error.remedy : undefined;
    // What only a person mends is told when it comes to light, also in the middle of an outage.
    const isNew = outage.told.size === 0 || (remedy !== undefined && !outage.told.has(remedy));
    if (!isNew) return;
    outage.told.add(remedy);
    const reason = error instanceof EventStoreRefuses ? error.reason : error.message;
    const detail = { reason, ...(remedy !== undefined && { remedy }), ...request };
    this.log.error(detail, this.watched[service].away);
  }

  private begin(service: S): Outage {
    const before = this.ended.get(service);
    const isAgain = before !== undefined && performance.now() - before.at < SOON_MS;
    const lookMs = isAgain ? Math.min(before.lookMs * 2, LONGEST_LOOK_MS) : LOOK_MS;
    const outage: Outage = { refused: 0, since: performance.now(), lookMs, told: new Set() };
    this.away.set(service, outage);
    void this.untilBack(service, outage);
    return outage;
  }

  private async untilBack(service: S, outage: Outage): Promise<void> {
    const { signal } = this.closing;
    do {
      await rested(outage.lookMs, signal, { ref: false });
      if (signal.aborted) return;
    } while (await this.troubleOf(service));
    const now = performance.now();
    this.away.delete(service);
    this.ended.set(service, { at: now, lookMs: outage.lookMs });
    const seconds = Math.round((now - outage.since) / 1000);
    this.log.warn({ refused: outage.refused, seconds }, this.watched[service].back);
  }

  private troubleOf(service: S): Promise<Error | undefined> {
    return this.watched[service].probe().then(
      () => undefined,
      (error: unknown) => (error instanceof Error ? error : new Error(String(error))),
    );
  }
}
