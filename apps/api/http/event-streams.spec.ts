import { EventEmitter } from 'node:events';
import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import type { Response } from 'express';
import { EventStreams } from './event-streams.ts';

const HOUR_MS = 3_600_000;

/** An answer that is listened to, and what becomes of it. */
class Listener extends EventEmitter {
  readonly req = { method: 'GET' };
  writableEnded = false;
  writeHead(): this {
    return this;
  }
  write(): boolean {
    return true;
  }
  end(): void {
    this.writableEnded = true;
    this.emit('close');
  }
}

describe('a stream of events', () => {
  beforeEach(() => void jest.useFakeTimers());
  afterEach(() => void jest.useRealTimers());

  it.each([1, 24, 24 * 365])('is open while its token is good for %d hours', (hours) => {
    const listener = new Listener();
    const endsAt = Date.now() + hours * HOUR_MS;
    const response = listener as unknown as Response;
    new EventStreams().open({ account: 'a', response, endsAt });
    jest.advanceTimersByTime(HOUR_MS - 1);
    expect(listener.writableEnded).toBe(false);
    jest.advanceTimersByTime(hours * HOUR_MS);
    expect(listener.writableEnded).toBe(true);
  });
});
