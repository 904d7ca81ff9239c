/** A thread that does one piece of work at a time. */
export interface Hand {
  /** It has ended and takes no more work. */
  isBroken(): boolean;
  end(): Promise<void>;
}

/**
 * Threads that are started when there is work and none is free, and kept; one that broke is let go,
 * and another started with the next work. How many there come to be is for whoever gives the work
 * to say (`Turns`).
 */
export class Crew<H extends Hand> {
  private readonly hands = new Set<H>();
  private idle: H[] = [];

  constructor(private readonly start: () => H) {}

  async work<T>(work: (hand: H) => Promise<T>): Promise<T> {
    const hand = this.idle.pop() ?? this.start();
    this.hands.add(hand);
    try {
      return await work(hand);
    } finally {
      if (hand.isBroken()) this.hands.delete(hand);
      else this.idle.push(hand);
    }
  }

  /** All of them, and those that are free at the moment. */
  all(): { readonly hands: readonly H[]; readonly idle: readonly H[] } {
    return { hands: [...this.hands], idle: [...this.idle] };
  }

  async end(): Promise<void> {
    await Promise.all([...this.hands].map((hand) => hand.end()));
    this.idle = this.idle.filter((hand) => !hand.isBroken());
  }
}
