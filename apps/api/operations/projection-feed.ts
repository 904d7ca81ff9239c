import { createHash } from 'node:crypto';
import { Injectable, type OnModuleDestroy } from '@nestjs/common';
import type { Response } from 'express';
import { ApiProblem } from '../http/problems/api-problems.ts';
import type { ProjectionList } from './projections.dto.ts';

/** Between two looks at the read models: one for all who listen. */
const LOOK_MS = 1000;
/** A proxy ends a connection on which nothing comes for a minute or so; so does this service after 30 s. */
const HEARTBEAT_MS = 10_000;
/** How soon a browser comes back when it was cut off. */
const RETRY_MS = 2000;
/** Who listens at once, at each API process, and from one account. */
const MOST_LISTENERS = 100;
const MOST_OF_ONE = 6;

interface Listener {
  readonly account: string;
  readonly response: Response;
  /** What it has seen last. */
  seen: string | undefined;
  readonly ending: NodeJS.Timeout;
}

interface Listening {
  readonly account: string;
  readonly response: Response;
  /** `Last-Event-ID`: what was seen before the connection was lost. */
  readonly seen: string | undefined;
  /** When the token it was opened with ends, in milliseconds since 1970. */
  readonly endsAt: number;
}

/** What an event is known by. */
export const EVENT_ID = '^[\\w-]{1,64}$';

const asEvent = (name: string, data: object): { readonly id: string; readonly text: string } => {
  const json = JSON.stringify(data);
  const id = createHash('sha256').update(json).digest('base64url').slice(0, 22);
  return { id, text: `id: ${id}\nevent: ${name}\ndata: ${json}\n\n` };
};

/**
 * Tells who listens how the read models stand, as server-sent events (WHATWG HTML, 9.2): the whole
 * list whenever it has changed, so that whoever was away, or reads slowly, misses nothing that still
 * holds. `trouble` says that it could not be found out.
 */
@Injectable()
export class ProjectionFeed implements OnModuleDestroy {
  private readonly listeners = new Set<Listener>();
  private timer: NodeJS.Timeout | undefined;
  private latest: { readonly id: string; readonly text: string } | undefined;
  private isLooking = false;
  private beatAt = 0;

  constructor(private readonly look: () => Promise<ProjectionList>) {}

  /** @throws ApiProblem TOO_MANY_LISTENERS */
  listen({ account, response, seen, endsAt }: Listening): void {
    const own = [...this.listeners].filter((one) => one.account === account).length;
    if (this.listeners.size >= MOST_LISTENERS || own >= MOST_OF_ONE) {
      throw new ApiProblem('TOO_MANY_LISTENERS', {});
    }
    response.writeHead(200, {
      'Content-Type': 'text/event-stream; charset=utf-8',
      'Cache-Control': 'no-store',
      // Proxies of nginx's kind would keep it back until it is worth sending.
      'X-Accel-Buffering': 'no',
    });
    response.write(`retry: ${RETRY_MS}\n\n`);
    const ending = setTimeout(() => response.end(), Math.max(0, endsAt - Date.now()));
    const listener: Listener = { account, response, seen, ending };
    this.listeners.add(listener);
    response.once('close', () => this.leave(listener));
    this.timer ??= setInterval(() => void this.tell(), LOOK_MS);
    void this.tell();
  }

  onModuleDestroy(): void {
    for (const { response } of this.listeners) response.end();
  }

  private leave(listener: Listener): void {
    clearTimeout(listener.ending);
    this.listeners.delete(listener);
    if (this.listeners.size > 0) return;
    clearInterval(this.timer);
    this.timer = undefined;
  }

  private async tell(): Promise<void> {
    if (this.isLooking) return;
    this.isLooking = true;
    this.latest = await this.look().then(
      (list) => asEvent('projections', list),
      () => asEvent('trouble', { code: 'UNAVAILABLE' }),
    );
    this.isLooking = false;
    for (const listener of this.listeners) this.send(listener);
    if (Date.now() - this.beatAt < HEARTBEAT_MS) return;
    this.beatAt = Date.now();
    for (const { response } of this.listeners) response.write(': still here\n\n');
  }

  /** Who has not read the last one yet gets the next. */
  private send(listener: Listener): void {
    const { response, seen } = listener;
    if (!this.latest || seen === this.latest.id || response.writableNeedDrain) return;
    listener.seen = this.latest.id;
    response.write(this.latest.text);
  }
}
