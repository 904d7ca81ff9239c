import type { Response } from 'express';
import { LONGEST_TIMER_MS } from '#config';
import { ApiProblem } from './problems/api-problems.ts';

/** A proxy ends a connection on which nothing comes for a minute or so; so does this service after 30 s. */
const HEARTBEAT_MS = 10_000;
/** How soon a browser comes back when it was cut off. */
const RETRY_MS = 2000;
/** Who listens at once, at each API process, and from one account. */
const MOST_LISTENERS = 100;
const MOST_OF_ONE = 6;

interface Listening {
  readonly account: string;
  readonly response: Response;
  /** When the token it was opened with ends, in milliseconds since 1970. */
  readonly endsAt: number;
}

/** Who listens to one feed of server-sent events (WHATWG HTML, 9.2). */
export class EventStreams {
  private readonly accounts = new Map<Response, string>();
  private beating: NodeJS.Timeout | undefined;

  /**
   * Begins an answer that does not end before its listener leaves, or its token ends; false where
   * only the head was asked for, and nobody listens. @throws ApiProblem TOO_MANY_LISTENERS
   */
  open({ account, response, endsAt }: Listening): boolean {
    const own = [...this.accounts.values()].filter((one) => one === account).length;
    if (this.accounts.size >= MOST_LISTENERS || own >= MOST_OF_ONE) {
      throw new ApiProblem('TOO_MANY_LISTENERS', {});
    }
    response.writeHead(200, {
      'Content-Type': 'text/event-stream; charset=utf-8',
      'Cache-Control': 'no-store',
      // Proxies of nginx's kind would keep it back until it is worth sending.
      'X-Accel-Buffering': 'no',
    });
    if (response.req.method === 'HEAD') {
      response.end();
      return false;
    }
    response.write(`retry: ${RETRY_MS}\n\n`);
    // Of a token that is good for longer the listener comes back, as it does when it is cut off.
    const openMs = Math.min(Math.max(0, endsAt - Date.now()), LONGEST_TIMER_MS);
    const ending = setTimeout(() => response.end(), openMs);
    this.accounts.set(response, account);
    response.once('close', () => {
      clearTimeout(ending);
      this.leave(response);
    });
    this.beating ??= setInterval(() => this.beat(), HEARTBEAT_MS);
    return true;
  }

  end(): void {
    for (const response of this.accounts.keys()) response.end();
  }

  private leave(response: Response): void {
    this.accounts.delete(response);
    if (this.accounts.size > 0) return;
    clearInterval(this.beating);
    this.beating = undefined;
  }

  private beat(): void {
    for (const response of this.accounts.keys())
      if (!response.writableEnded) response.write(': still here\n\n');
  }
}
