import { once } from 'node:events';
import type { OnModuleDestroy } from '@nestjs/common';
import type { Response } from 'express';
import { UnreadableEvent } from '#domain';
import type { Growth, Wanted } from '#outgoing';
import { shownIn } from '../access/shown.ts';
import { noteShown, type Recording } from '../access/who-looked.ts';
import { askerOf, type Asker } from '../http/asker.ts';
import { tokenEnds } from '../http/doors/bearer.ts';
import { EventStreams } from '../http/event-streams.ts';
import type { ApiRequest } from '../http/request.ts';
import type { Come, Feed, FeedPart } from './feed.ts';

/** Events sent before the next are read. */
const AT_ONCE = 100;

interface Listening {
  readonly come: Come;
  readonly wanted: Wanted;
  readonly response: Response;
}

/** How a listener is told that nothing more comes: why, for it to come back or to ask. */
const troubleText = (error: unknown): string => {
  const code = error instanceof UnreadableEvent ? 'REGISTER_UNREADABLE' : 'UNAVAILABLE';
  return `event: trouble\ndata: ${JSON.stringify({ code })}\n\n`;
};

/** Events as they happen, to who listens: each reads on when it has taken what came before. */
export class FeedStreams implements OnModuleDestroy {
  private readonly streams = new EventStreams();

  constructor(
    private readonly feed: Feed,
    private readonly growth: Growth,
    private readonly recording: Recording,
  ) {}

  /** @throws ApiProblem TOO_MANY_LISTENERS */
  listen(request: ApiRequest, { come, wanted, response }: Listening): void {
    const asker = askerOf(request);
    const { account } = asker;
    if (!this.streams.open({ account, response, endsAt: tokenEnds(request) })) return;
    void this.follow(request, asker, { come, wanted, response }).catch((error: unknown) => {
      if (asker.signal.aborted || response.writableEnded) return;
      response.write(troubleText(error));
      response.end();
    });
  }

  onModuleDestroy(): void {
    this.streams.end();
  }

  private async follow(
    request: ApiRequest,
    asker: Asker,
    { wanted, response, ...from }: Listening,
  ): Promise<void> {
    const { signal } = asker;
    let { come } = from;
    while (!signal.aborted && !response.writableEnded) {
      const part = await this.feed.read(asker, come, { ...wanted, limit: AT_ONCE });
      const isMoved = part.come.token !== come.token;
      ({ come } = part);
      if (isMoved) this.send(request, response, part);
      if (response.writableNeedDrain) await once(response, 'drain', { signal });
      if (part.isAtEnd) await this.growth.behind(come.position, signal);
    }
  }

  /** Who is shown what stands among the access records before it is sent. */
  private send(request: ApiRequest, response: Response, { items, come }: FeedPart): void {
    // Its token has ended meanwhile.
    if (response.writableEnded) return;
    const shown = shownIn({ items });
    if (shown) noteShown(this.recording, request, 200, shown);
    const events = items.map((item) => `id: ${item.position}\ndata: ${JSON.stringify(item)}\n\n`);
    // Behind what was passed over: a listener that comes back need not have it looked through again.
    const mark = items.at(-1)?.position === come.token ? '' : `id: ${come.token ?? ''}\n\n`;
    response.write(`${events.join('')}${mark}`);
  }
}
