import { Gauge, type Registry } from 'prom-client';

/** How the lines of the webhooks stand, as whoever sends last wrote it down. */
export interface WebhookFigures {
  /** When that was, ISO 8601. */
  readonly at: string;
  readonly sending: number;
  readonly failing: number;
  readonly standing: number;
  readonly paused: number;
  /** Dead letters. */
  readonly letters: number;
  /** Of the line that has failed longest. */
  readonly failingSeconds: number;
}

const STATES = ['sending', 'failing', 'standing', 'paused'] as const;

/** Gauges about webhooks, read when they are asked for; silent until anything was sent, and where it cannot be read. */
export function webhookGauges(
  registry: Registry,
  figures: () => Promise<WebhookFigures | undefined>,
): void {
  let running: Promise<void> | undefined;
  const asked = (name: string, help: string) => ({
    ...{ name, help, registers: [registry] },
    // The registry asks each of them; the store is asked once.
    collect: () => (running ??= collected().finally(() => (running = undefined))),
  });
  const lines = new Gauge({
    ...asked(
      'register_webhook_lines',
      'Subscriptions to events by how their line stands; standing: until an operator decides',
    ),
    labelNames: ['state'],
  });
  const letters = new Gauge(
    asked(
      'register_webhook_dead_letters',
      'Events that were put aside because a receiver did not take them',
    ),
  );
  const failing = new Gauge(
    asked(
      'register_webhook_failing_seconds',
      'How long the line that has failed longest has been failing; 0: none',
    ),
  );
  const at = new Gauge(
    asked(
      'register_webhook_seen_at_seconds',
      'When whoever sends last looked, in seconds since 1970',
    ),
  );
  const collected = async (): Promise<void> => {
    const found = await figures().catch(() => undefined);
    lines.reset();
    // `reset` would set what has no label to 0: nothing is wrong.
    for (const one of [letters, failing, at]) one.remove();
    if (found === undefined) return;
    for (const state of STATES) lines.set({ state }, found[state]);
    letters.set(found.letters);
    at.set(Date.parse(found.at) / 1000);
    failing.set(found.failingSeconds);
  };
}
