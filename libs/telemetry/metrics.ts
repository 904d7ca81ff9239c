import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';

/** Seconds; from one durable write on a fast disk to what a caller no longer waits for. */
const LATENCY_BUCKETS = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

/** What one process tells Prometheus. Labels are closed sets: no agency, account or stream among them. */
export interface Metrics {
  readonly registry: Registry;
  readonly commands: Histogram<'command' | 'outcome'>;
  readonly appends: Histogram<'outcome'>;
  readonly appendedEvents: Counter;
  readonly conflicts: Counter;
  readonly damagedStreams: Gauge;
  readonly requests: Counter<'method' | 'status'>;
}

/** @param collectProjections fills the gauges about projections, each time the metrics are asked for */
export function createMetrics(
  collectProjections: (gauges: ProjectionGauges) => Promise<void>,
): Metrics {
  const registry = new Registry();
  const registers = [registry];
  collectDefaultMetrics({ register: registry });
  collectOnScrape(registry, collectProjections);
  return {
    registry,
    commands: new Histogram({
      name: 'register_command_duration_seconds',
      help: 'Commands from dispatch to durable answer or refusal, by type',
      labelNames: ['command', 'outcome'],
      buckets: LATENCY_BUCKETS,
      registers,
    }),
    appends: new Histogram({
      name: 'register_append_duration_seconds',
      help: 'Appends to the event store until they are durable',
      labelNames: ['outcome'],
      buckets: LATENCY_BUCKETS,
      registers,
    }),
    appendedEvents: new Counter({
      name: 'register_appended_events_total',
      help: 'Events appended to the event store',
      registers,
    }),
    conflicts: new Counter({
      name: 'register_append_conflicts_total',
      help: 'Appends that found another writer ahead; each was decided again',
      registers,
    }),
    damagedStreams: damagedStreams(registry),
    requests: new Counter({
      name: 'register_http_requests_total',
      help: 'Requests answered, by method and status',
      labelNames: ['method', 'status'],
      registers,
    }),
  };
}

const damagedStreams = (registry: Registry): Gauge =>
  new Gauge({
    name: 'register_damaged_streams',
    help: 'Streams this process has found to hold less than was written; they take no command',
    registers: [registry],
  });

/** Filled by who collects them, all at once. */
export type ProjectionGauges = Readonly<
  Record<'lagEvents' | 'lagSeconds' | 'up' | 'parked' | 'rebuilt', Gauge<'projection'>>
>;

/** Gauges that are read from the stores when they are asked for, all of them at once, so that they are never old. */
function collectOnScrape(
  registry: Registry,
  collectAll: (gauges: ProjectionGauges) => Promise<void>,
): void {
  let running: Promise<void> | undefined;
  const gauge = (name: string, help: string): Gauge<'projection'> =>
    new Gauge({
      name: `register_projection_${name}`,
      help,
      labelNames: ['projection'],
      registers: [registry],
      // The registry asks each of them; the stores are asked once.
      collect: () => (running ??= collected().finally(() => (running = undefined))),
    });
  const gauges = {
    lagEvents: gauge(
      'lag_events',
      'Events between the projection and the head of the log; counted up to 10,000',
    ),
    lagSeconds: gauge(
      'lag_seconds',
      'Age of the oldest event the projection has not passed; 0 when it is at the head',
    ),
    up: gauge('up', '1: follows the log; 0: has failed'),
    parked: gauge(
      'parked_streams',
      'Streams set aside because of an event that could not be taken',
    ),
    rebuilt: gauge(
      'rebuild_ratio',
      'How much of the log a rebuild that is under way has read, 0 to 1; 1 where there is none',
    ),
  } satisfies ProjectionGauges;
  // Where the stores do not answer, the gauges keep silent: what is old must not look new.
  const collected = (): Promise<void> =>
    collectAll(gauges).catch(() => {
      for (const one of Object.values(gauges)) one.reset();
    });
}
