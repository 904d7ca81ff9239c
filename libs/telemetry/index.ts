export { atMostEvery } from './at-most-every.ts';
export { collectProjections } from './collect-projections.ts';
export { createMetrics } from './metrics.ts';
export type { Metrics } from './metrics.ts';
export { Outages } from './outages.ts';
export type { Watched } from './outages.ts';
export { projectorLog, type Tell } from './projector-log.ts';
export { observedStore } from './observed-store.ts';
export {
  activeTraceparent,
  inSpan,
  inTraces,
  isTracing,
  startRequest,
  startTracing,
} from './tracing.ts';
export { sealGauges } from './seal-gauges.ts';
export { scrapeOf, serveMetrics } from './serve-metrics.ts';
export type { Scrape } from './serve-metrics.ts';
export { webhookGauges } from './webhook-gauges.ts';
export { tracedProjection } from './traced-projection.ts';
