import { createClock, webhookKeysPath, type Config } from '#config';
import type { EventStore } from '#event-store';
import { keepLease, ReadModels } from '#projections';
import type { ReadStore } from '#read-store';
import { Turns } from '#threads';
import { Growth } from '../growth.ts';
import { Deliverer } from './deliverer.ts';
import { readWebhookKeys, type WebhookKey } from './keys.ts';
import type { Shared } from './line-loop.ts';
import { Pages } from './pages.ts';
import { Sender } from './send.ts';

export interface StartWebhooks {
  readonly config: Config;
  readonly eventStore: EventStore;
  readonly readStore: ReadStore;
  /** Where it stands how far each line has come. */
  readonly webhooks: ReadStore;
  readonly log: (level: 'info' | 'error', message: string, detail: object) => void;
  /** Of the first try again; they double. */
  readonly firstPauseMs?: number;
  readonly sender?: Sender;
}

const FIRST_PAUSE_MS = 5000;
/** How long the file of keys is taken to say what it said, in milliseconds. */
const KEYS_MS = 5000;
const HOUR_MS = 3_600_000;
/** Of one line one turn is asked for at a time, so nobody waits twice. */
const ONE = { each: 1, mostWaiting: 1 };
/** Sent to at once. A page of the log is in memory for each of them. */
const STEADY = 64;
const SLOW = 32;

/** Sends events to who subscribed to them, in turn with other processes, until it is stopped. */
export function startWebhooks(starting: StartWebhooks): { stop(): Promise<void> } {
  const { config, webhooks, eventStore, readStore, log } = starting;
  const stopping = new AbortController();
  const sender =
    starting.sender ?? new Sender({ rules: config, deadlineMs: config.WEBHOOK_SECONDS * 1000 });
  const done = keepLease(webhooks, 'webhooks')
    .then(async (lease) => {
      await new Deliverer({
        ...sharedOf(starting, sender),
        models: new ReadModels(readStore, eventStore),
        isHolder: lease.isHeld,
        signal: stopping.signal,
        onStuck: (error) => tellStuck(log, error),
      }).run();
      await lease.stop();
    })
    .catch((error: unknown) =>
      log('error', 'webhooks: sending has ended', { error: String(error) }),
    )
    .finally(() => sender.close());
  return {
    stop: async () => {
      stopping.abort();
      await done;
    },
  };
}

function sharedOf(
  { config, eventStore, webhooks, log, firstPauseMs = FIRST_PAUSE_MS }: StartWebhooks,
  sender: Sender,
): Omit<Shared, 'cut'> {
  const clock = createClock(config);
  const path = webhookKeysPath(config);
  const patience = {
    ...{ firstPauseMs, draw: Math.random },
    spanMs: config.WEBHOOK_RETRY_HOURS * HOUR_MS,
  };
  return {
    delivering: {
      ...{ log: eventStore, pages: new Pages(eventStore), store: webhooks, sender, patience },
      keys: keysOf(path),
      now: () => clock.now(),
    },
    growth: new Growth(eventStore),
    turns: {
      steady: new Turns({ atOnce: STEADY, ...ONE }),
      slow: new Turns({ atOnce: SLOW, ...ONE }),
    },
    onTrouble: (stream, error) =>
      log('error', 'webhooks: cannot send; trying again', { stream, error: String(error) }),
  };
}

/** Read anew now and then: the file is made with the first subscription, and gets further keys. */
function keysOf(path: string): Shared['delivering']['keys'] {
  let [known, until] = [[] as readonly WebhookKey[], 0];
  return () => {
    if (performance.now() >= until)
      [known, until] = [readWebhookKeys(path), performance.now() + KEYS_MS];
    return known;
  };
}

function tellStuck(log: StartWebhooks['log'], error: Error | undefined): void {
  if (error === undefined) log('info', 'webhooks: subscriptions are followed', {});
  else log('error', 'webhooks: subscriptions cannot be looked up', { error: error.message });
}
