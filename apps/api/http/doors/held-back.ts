import type { Response } from 'express';

/** As long as `Retry-After` asks to wait at least. */
const HOLD_MS = 1000;
/** Answers held at once, some kilobytes each. */
const MOST_HELD = 1000;

/**
 * Answers to those who ask too often are held back: who asks again the moment it is refused would
 * keep the service busy with refusing, and everybody else waiting. A connection has one answer a
 * second so, while one that is shared with others, as behind a proxy, is known to be in use. Where
 * more are held than may be, the answer goes at once and its connection with it. What is held is
 * decided: `onHeld` is told of it, so that it takes no room from what is still to be done.
 */
export class HeldBack {
  private held = 0;

  constructor(
    private readonly onHeld: (response: Response) => void = () => undefined,
    private readonly most = MOST_HELD,
    private readonly ms = HOLD_MS,
  ) {}

  hold(response: Response, send: () => void): void {
    // Whoever asked has left: nobody waits for it, and no further event would give its place back.
    if (response.closed) return;
    if (this.held >= this.most) {
      response.setHeader('Connection', 'close');
      send();
      return;
    }
    this.held += 1;
    this.onHeld(response);
    const timer = setTimeout(send, this.ms);
    // Sent, or whoever asked has left.
    response.once('close', () => {
      this.held -= 1;
      clearTimeout(timer);
    });
  }
}
