import { setTimeout as delay } from 'node:timers/promises';
import type { ReadStore } from '#read-store';

const TURN = 'tlog:turn';
/** How long another may be silent before its turn is taken over: it was killed, or stands still. In milliseconds. */
const PATIENCE_MS = 5000;
const LOOK_MS = 50;

/** Another process seals, or has taken over; nothing was signed. What it has sealed will be there soon. */
export class SealedElsewhere extends Error {
  override readonly name = 'SealedElsewhere';
}

/**
 * A turn at sealing: one at a time, whatever process. Who seals shows again and again that he is
 * there; one who was taken for gone finds out before he signs, and signs nothing.
 */
export class Turn {
  private constructor(
    private readonly store: ReadStore,
    private version: number,
  ) {}

  /** Waits while another has it. */
  static async take(store: ReadStore): Promise<Turn> {
    let [seen, since] = [-1, performance.now()];
    for (;;) {
      const record = await store.readRecord(TURN);
      const version = record?.version ?? 0;
      if (version !== seen) [seen, since] = [version, performance.now()];
      const isFree = record?.value['taken'] !== true || performance.now() - since >= PATIENCE_MS;
      if (isFree && (await store.writeRecord(TURN, { taken: true }, version)))
        return new Turn(store, version + 1);
      await delay(LOOK_MS);
    }
  }

  /** Shows that this process is there. @throws SealedElsewhere another has taken over */
  async hold(): Promise<void> {
    if (!(await this.store.writeRecord(TURN, { taken: true }, this.version)))
      throw new SealedElsewhere('another process has taken over the sealing');
    this.version += 1;
  }

  /** Lets the next one in; never rejects. */
  async giveBack(): Promise<void> {
    await this.store.writeRecord(TURN, { taken: false }, this.version).catch(() => false);
  }
}
