import type { ReadModels } from '#projections';
import { rested } from '#threads';
import { LineLoop, type Shared } from './line-loop.ts';
import { decidedSoFar, writeFigures, type Figures } from './records.ts';
import { activeSubscriptions, pausedSubscriptions } from './subscriptions.ts';

/** Between two looks at what is subscribed to and decided, in milliseconds. */
const LOOK_MS = 1000;
/** Looks between two of the figures. */
const FIGURES_EVERY = 5;
/** How long what is under way may take to end, once nothing more is begun, in milliseconds. */
const GRACE_MS = 3000;

export interface DelivererOptions extends Omit<Shared, 'cut'> {
  readonly models: Pick<ReadModels, 'find'>;
  /** Whether it is this process that sends now. */
  readonly isHolder: () => boolean;
  readonly signal: AbortSignal;
  /** Told of what keeps it from looking about, once until it is another. */
  readonly onStuck: (error: Error | undefined) => void;
}

/** Sends to all who subscribed, each in a line of its own, for as long as this process is the one that does. */
export class Deliverer {
  private readonly lines = new Map<string, LineLoop>();
  private cut = new AbortController();
  private decided = -1;
  private looks = 0;
  private stuck: string | undefined;

  constructor(private readonly options: DelivererOptions) {}

  /** Until the signal fires; what is under way then is given a moment. Never rejects. */
  async run(): Promise<void> {
    const { signal, isHolder } = this.options;
    while (!signal.aborted) {
      if (isHolder()) await this.look();
      else await this.letGo(0);
      await rested(LOOK_MS, signal);
    }
    await this.letGo(GRACE_MS);
  }

  private async look(): Promise<void> {
    try {
      await this.follow();
      await this.ringWhereDecided();
      if (this.looks % FIGURES_EVERY === 0) await this.figures();
      this.looks += 1;
      this.tell(undefined);
    } catch (error) {
      // Lines go on with what they know; they meet what is away by themselves.
      this.tell(error as Error);
    }
  }

  private tell(error: Error | undefined): void {
    if (error?.message === this.stuck) return;
    this.stuck = error?.message;
    this.options.onStuck(error);
  }

  /** A line for each subscription that is sent to, and for no other. */
  private async follow(): Promise<void> {
    const wanted = new Map(
      (await activeSubscriptions(this.options.models)).map((one) => [one.stream, one]),
    );
    const ended = [...this.lines].filter(([stream]) => !wanted.has(stream));
    for (const [stream] of ended) this.lines.delete(stream);
    await Promise.all(ended.map(([, line]) => line.stop()));
    for (const [stream, subscription] of wanted) {
      const line = this.lines.get(stream);
      if (line) line.update(subscription);
      else
        this.begin(stream, new LineLoop({ ...this.options, cut: this.cut.signal }, subscription));
    }
  }

  private begin(stream: string, line: LineLoop): void {
    this.lines.set(stream, line);
    line.start();
  }

  private async ringWhereDecided(): Promise<void> {
    const decided = await decidedSoFar(this.options.delivering.store);
    if (decided === this.decided) return;
    this.decided = decided;
    for (const line of this.lines.values()) line.ring();
  }

  private async figures(): Promise<void> {
    const { delivering, models } = this.options;
    const paused = await pausedSubscriptions(models);
    const told = [...this.lines.values()].map((line) => line.state());
    const figures = figuresOf(told, delivering.now());
    const at = new Date().toISOString();
    await writeFigures(delivering.store, { ...figures, at, paused });
  }

  /** Another process may send by now, or this one ends. */
  private async letGo(graceMs: number): Promise<void> {
    if (this.lines.size === 0) return;
    const lines = [...this.lines.values()];
    this.lines.clear();
    const ended = Promise.all(lines.map((line) => line.stop()));
    const late = setTimeout(() => this.cut.abort(), graceMs);
    await ended;
    clearTimeout(late);
    this.cut = new AbortController();
  }
}

type Told = ReturnType<LineLoop['state']>;

function figuresOf(lines: readonly Told[], now: Date): Omit<Figures, 'at' | 'paused'> {
  const standing = lines.filter(({ line }) => line?.standing);
  const failing = lines.filter(({ line }) => line?.failing && !line.standing);
  const ages = failing.map(
    ({ line }) => now.getTime() - Date.parse(line?.failing?.since ?? now.toISOString()),
  );
  return {
    sending: lines.length - standing.length - failing.length,
    failing: failing.length,
    standing: standing.length,
    letters: lines.reduce((sum, { letters }) => sum + letters, 0),
    failingSeconds: Math.round(Math.max(0, ...ages) / 1000),
  };
}
