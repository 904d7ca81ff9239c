import { setTimeout as delay } from 'node:timers/promises';
import type { Logger } from 'pino';
import { EventStoreRefuses } from '#event-store';

/** What requests rest on; `handlers`: they came back too late, and nothing has said why. */
export type Service = 'eventStore' | 'readStore' | 'images' | 'issuer' | 'handlers';

/** Rejects while the service does not answer. */
export type Probes = Readonly<Record<Service, () => Promise<unknown>>>;

const texts: Readonly<Record<Service, { readonly away: string; readonly back: string }>> = {
  eventStore: {
    away: 'api: the log cannot be used; commands are refused; trying again',
    back: 'api: the log can be used again',
  },
  readStore: {
    away: 'api: the read models’ store does not answer; commands are taken, lists are not; trying again',
    back: 'api: the read models’ store is there again',
  },
  images: {
    away: 'api: the pictures’ store does not answer; pictures are neither taken nor shown; trying again',
    back: 'api: the pictures’ store is there again',
  },
  issuer: {
    away: 'api: the tokens’ issuer does not answer; callers not known yet are refused; trying again',
    back: 'api: the tokens’ issuer is there again',
  },
  handlers: {
    away: 'api: requests take too long and are given up; looking whether the stores answer',
    back: 'api: the stores answer',
  },
};

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
 * What becomes of the log while a service is away: one line when it goes, one when it is back, with
 * how many requests were refused between, whatever their number.
 */
export class Outages {
  private readonly away = new Map<Service, Outage>();
  private readonly ended = new Map<Service, { readonly at: number; readonly lookMs: number }>();
  private readonly closing = new AbortController();

  constructor(
    private readonly log: Logger,
    private readonly probes: Probes,
  ) {}

  /** Looks for them, so that one that is away is told of before anybody asks for it. */
  async look(services: readonly Service[]): Promise<void> {
    const looks = services.map(async (service) => {
      const trouble = await this.troubleOf(service);
      if (trouble && !this.closing.signal.aborted) this.met(service, trouble, { refused: 0 });
    });
    await Promise.all(looks);
  }

  close(): void {
    this.closing.abort();
  }

  /** Something failed because of it. */
  met(service: Service, error: Error, { refused, request = {} }: Cost): void {
    const outage = this.away.get(service) ?? this.begin(service);
    outage.refused += refused;
    const remedy = error instanceof EventStoreRefuses ? error.remedy : undefined;
    // What only a person mends is told when it comes to light, also in the middle of an outage.
    const isNew = outage.told.size === 0 || (remedy !== undefined && !outage.told.has(remedy));
    if (!isNew) return;
    outage.told.add(remedy);
    const reason = error instanceof EventStoreRefuses ? error.reason : error.message;
    const detail = { reason, ...(remedy !== undefined && { remedy }), ...request };
    this.log.error(detail, texts[service].away);
  }

  private begin(service: Service): Outage {
    const before = this.ended.get(service);
    const isAgain = before !== undefined && performance.now() - before.at < SOON_MS;
    const lookMs = isAgain ? Math.min(before.lookMs * 2, LONGEST_LOOK_MS) : LOOK_MS;
    const outage: Outage = { refused: 0, since: performance.now(), lookMs, told: new Set() };
    this.away.set(service, outage);
    void this.untilBack(service, outage);
    return outage;
  }

  private async untilBack(service: Service, outage: Outage): Promise<void> {
    const { signal } = this.closing;
    do {
      await delay(outage.lookMs, undefined, { signal, ref: false }).catch(() => undefined);
      if (signal.aborted) return;
    } while (await this.troubleOf(service));
    const now = performance.now();
    this.away.delete(service);
    this.ended.set(service, { at: now, lookMs: outage.lookMs });
    const seconds = Math.round((now - outage.since) / 1000);
    this.log.warn({ refused: outage.refused, seconds }, texts[service].back);
  }

  private troubleOf(service: Service): Promise<Error | undefined> {
    return this.probes[service]().then(
      () => undefined,
      (error: unknown) => (error instanceof Error ? error : new Error(String(error))),
    );
  }
}
