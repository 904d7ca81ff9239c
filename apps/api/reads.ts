import type { Config } from '#config';
import { withinTime } from '#read-store';
import { leavingOne, Turns } from '#threads';
import type { Asker } from './http/asker.ts';

/** Reads of one account that wait; a screen asks for three or four lists at once. */
const MOST_WAITING = 100;
/** What a server is asked at once: in all, and by one account. */
const OF_A_SERVER = { atOnce: 64, each: 8 };

type Settings = Pick<Config, 'MONGODB_URL' | 'READ_THREADS' | 'READ_SECONDS'>;

/** Callers' reads: accounts take turns, none has all the readers, and nobody is read for who has left. */
export class Reads {
  private readonly turns: Turns;
  private readonly longestMs: number;

  constructor({ MONGODB_URL, READ_THREADS, READ_SECONDS }: Settings) {
    const threads = { atOnce: READ_THREADS, each: leavingOne(READ_THREADS) };
    const atOnce = MONGODB_URL === undefined ? threads : OF_A_SERVER;
    this.turns = new Turns({ ...atOnce, mostWaiting: MOST_WAITING });
    this.longestMs = READ_SECONDS * 1000;
  }

  /**
   * @throws ReadTooSlow waiting and reading took longer than a list may
   * @throws TooManyWaiting of this account
   * @throws CallerLeft
   */
  take<T>({ account, signal }: Asker, read: (signal: AbortSignal) => Promise<T>): Promise<T> {
    return withinTime(this.longestMs, signal, (asked) =>
      this.turns.take(account, asked, () => read(asked)),
    );
  }
}
