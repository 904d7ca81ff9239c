import { createHash } from 'node:crypto';
import { Injectable, type OnModuleDestroy } from '@nestjs/common';
import type { Response } from 'express';
import { EventStreams } from '../http/event-streams.ts';
import type { ProjectionList } from './projections.dto.ts';

/** Between two looks at the read models: one for all who listen. */
const LOOK_MS = 1000;
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
  private readonly streams = new EventStreams();
  /** Who listens, with what each has seen last. */
  private readonly seen = new Map<Response, string | undefined>();
  private timer: NodeJS.Timeout | undefined;
  private latest: { readonly id: string; readonly text: string } | undefined;
  private isLooking = false;

  constructor(private readonly look: () => Promise<ProjectionList>) {}

  /** @throws ApiProblem TOO_MANY_LISTENERS */
  listen({ seen, ...listening }: Listening): void {
    const { response } = listening;
    if (!this.streams.open(listening)) return;
    this.seen.set(response, seen);
    response.once('close', () => this.leave(response));
    this.timer ??= setInterval(() => void this.tell(), LOOK_MS);
    void this.tell();
  }

  onModuleDestroy(): void {
    this.streams.end();
  }

  private leave(response: Response): void {
    this.seen.delete(response);
    if (this.seen.size > 0) return;
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
    for (const [response, seen] of this.seen) this.send(response, seen);
  }

  /** Who has not read the last one yet gets the next. */
  private send(response: Response, seen: string | undefined): void {
    if (!this.latest || seen === this.latest.id) return;
    if (response.writableNeedDrain || response.writableEnded) return;
    this.seen.set(response, this.latest.id);
    response.write(this.latest.text);
  }
}
