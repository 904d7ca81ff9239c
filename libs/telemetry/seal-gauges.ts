import { Gauge, type Registry } from 'prom-client';

/** How the log is sealed. */
export interface SealFigures {
  /** Events under the latest checkpoint. */
  readonly size: number;
  /** When it was made, ISO 8601; undefined before the first. */
  readonly at: string | undefined;
  /** The log is not what was sealed. */
  readonly isAlarmed: boolean;
  /** Why nothing is sealed at the moment. */
  readonly stopped: string | undefined;
}

/** Gauges about the sealed log, read when they are asked for; silent where what was sealed cannot be read. */
export function sealGauges(registry: Registry, figures: () => Promise<SealFigures>): void {
  let running: Promise<void> | undefined;
  const gauge = (name: string, help: string): Gauge =>
    new Gauge({
      name,
      help,
      registers: [registry],
      // The registry asks each of them; what was sealed is asked once.
      collect: () => (running ??= collected().finally(() => (running = undefined))),
    });
  const events = gauge('register_sealed_events', 'Events under the latest signed checkpoint');
  const at = gauge(
    'register_sealed_at_seconds',
    'When the latest checkpoint was made, in seconds since 1970; 0: none yet',
  );
  const alarm = gauge(
    'register_seal_alarm',
    '1: nothing is sealed any more: the log is not what was sealed, or the keys are not there; 0: all is well',
  );
  const collected = async (): Promise<void> => {
    const found = await figures().catch(() => undefined);
    // `reset` would set what has no label to 0: all is well.
    for (const one of [events, at, alarm]) one.remove();
    if (found === undefined) return;
    events.set(found.size);
    alarm.set(found.isAlarmed || found.stopped !== undefined ? 1 : 0);
    at.set(found.at === undefined ? 0 : Date.parse(found.at) / 1000);
  };
}
