export interface TurnsOptions {
  /** Turns taken at once, whoever takes them. */
  readonly atOnce: number;
  /** Of these, at most so many of one party: fewer than all leaves one for whoever comes next. */
  readonly each: number;
  /** Of one party, at most so many that wait. */
  readonly mostWaiting: number;
}

/** The party has as many waiting as may wait. Nothing was begun: ask again when one of them is through. */
export class TooManyWaiting extends Error {
  override readonly name = 'TooManyWaiting';
}

type Begin = () => void;

interface Party {
  taken: number;
  /** In the order they came. */
  readonly waiting: Set<Begin>;
}

/** So many for whoever comes, and one of them never for a party that has the others. */
export const leavingOne = (atOnce: number): number => Math.max(1, atOnce - 1);

/**
 * Work that is done so much at a time, for parties that take turns: the next turn is that of the
 * party whose last one lies furthest back, so sixty of one party stand before nobody else's one.
 */
export class Turns {
  /** Those that have a turn or wait for one; whoever had one last stands last. */
  private readonly parties = new Map<string, Party>();
  private taken = 0;

  constructor(private readonly options: TurnsOptions) {}

  /**
   * Does the work when it is the party's turn, which ends when the work settles.
   * @throws TooManyWaiting
   * @throws the signal's reason, where it fires before the turn has come: the work is not begun
   */
  async take<T>(name: string, signal: AbortSignal, work: () => Promise<T>): Promise<T> {
    await this.turn(name, signal);
    try {
      return await work();
    } finally {
      this.giveBack(name);
    }
  }

  private turn(name: string, signal: AbortSignal): Promise<void> {
    signal.throwIfAborted();
    const party = this.parties.get(name) ?? { taken: 0, waiting: new Set() };
    const { waiting } = party;
    if (waiting.size >= this.options.mostWaiting) {
      throw new TooManyWaiting(`${waiting.size} are waiting`);
    }
    this.parties.set(name, party);
    return new Promise((resolve, reject) => {
      const leave = (): void => {
        waiting.delete(begin);
        this.forgetIdle(name, party);
        reject(signal.reason as Error);
      };
      const begin = (): void => {
        signal.removeEventListener('abort', leave);
        resolve();
      };
      signal.addEventListener('abort', leave, { once: true });
      waiting.add(begin);
      this.giveOut();
    });
  }

  /** Gives out what turns there are. */
  private giveOut(): void {
    const { atOnce, each } = this.options;
    while (this.taken < atOnce) {
      const next = [...this.parties].find(([, one]) => one.waiting.size > 0 && one.taken < each);
      if (!next) return;
      this.begin(...next);
    }
  }

  private begin(name: string, party: Party): void {
    const [first] = party.waiting;
    if (!first) return;
    party.waiting.delete(first);
    party.taken += 1;
    this.taken += 1;
    this.putLast(name, party);
    first();
  }

  private giveBack(name: string): void {
    const party = this.parties.get(name);
    if (!party) return;
    party.taken -= 1;
    this.taken -= 1;
    // Whoever came during its turn is before it.
    this.putLast(name, party);
    this.forgetIdle(name, party);
    this.giveOut();
  }

  private putLast(name: string, party: Party): void {
    this.parties.delete(name);
    this.parties.set(name, party);
  }

  private forgetIdle(name: string, { taken, waiting }: Party): void {
    if (taken === 0 && waiting.size === 0) this.parties.delete(name);
  }
}
