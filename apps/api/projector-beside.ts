import { EventEmitter, once } from 'node:events';
import type { Worker } from 'node:worker_threads';
import { createClock, type Clock, type Config } from '#config';
import type { Follower } from '#projections';
import type { Tell } from '#telemetry';
import { rested, startThread } from '#threads';
import type { Order, Told } from './projector-thread.ts';

/** Heap of the thread, in MiB: what it takes to fill a read model anew, and more. */
const HEAP_MIB = 512;
/** Before a thread that ended by itself is started again, in milliseconds. */
const PAUSE_MS = 1000;

/** How long the service waits for the thread before it answers, in milliseconds. */
const LONGEST_START_MS = 5000;

type Beside = { readonly log: Tell } & Required<Pick<Follower, 'onAstray'>>;

/** The thread, started again where it ends by itself. */
class ProjectorThread {
  private worker: Worker | undefined;
  private again: NodeJS.Timeout | undefined;
  private isStopping = false;
  private readonly opened = new EventEmitter();
  private readonly clock: Clock;

  constructor(
    private readonly config: Config,
    private readonly beside: Beside,
  ) {
    this.clock = createClock(config);
    this.start();
  }

  /** Whoever asks as soon as the service answers finds the lists followed; stores that are away are not waited for. */
  async ready(): Promise<void> {
    const waiting = new AbortController();
    const { signal } = waiting;
    const late = rested(LONGEST_START_MS, signal);
    await Promise.race([once(this.opened, 'ready', { signal }), late]);
    waiting.abort();
  }

  async stop(): Promise<void> {
    this.isStopping = true;
    clearTimeout(this.again);
    if (!this.worker) return;
    const ended = once(this.worker, 'exit');
    this.worker.ref();
    order(this.worker, { kind: 'stop' });
    await ended;
  }

  private start(): void {
    const data = structuredClone({ ...this.config, ...this.moved() });
    const worker = startThread('./projector-thread', import.meta.url, { data, heapMib: HEAP_MIB });
    worker.on('message', (told: Told) => this.hear(worker, told));
    worker.on('error', (error: Error) => {
      const message = 'projector: the thread has ended; it is started again';
      this.beside.log('error', message, { error: String(error) });
    });
    worker.on('exit', () => {
      this.worker = undefined;
      if (!this.isStopping) this.again = setTimeout(() => this.start(), PAUSE_MS).unref();
    });
    this.worker = worker;
  }

  /** A clock that was moved goes on in the thread from where it is by now. */
  private moved(): Partial<Config> {
    return this.config.CLOCK_NOW === undefined ? {} : { CLOCK_NOW: this.clock.now().toISOString() };
  }

  private hear(from: Worker, told: Told): void {
    switch (told.kind) {
      case 'ready':
        this.opened.emit('ready');
        return;
      case 'log':
        this.beside.log(told.level, told.message, told.detail);
        return;
      case 'astray':
        this.beside.onAstray(told.known).then(
          () => order(from, { kind: 'seen-to' }),
          (error: unknown) => order(from, { kind: 'seen-to', error: String(error) }),
        );
        return;
      default:
        told satisfies never;
    }
  }
}

const order = (to: Worker, given: Order): void => to.postMessage(given);

/**
 * Runs the projections beside this process's own work, and seals the log and sends webhooks, in a
 * thread with connections of its own: what they read and write no command waits for.
 */
export const startProjector = (config: Config, beside: Beside): ProjectorThread =>
  new ProjectorThread(config, beside);
