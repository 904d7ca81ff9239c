export { collectProjections } from './collect-projections.ts';
export { createMetrics } from './metrics.ts';
export type { Metrics } from './metrics.ts';
export { observedStore } from './observed-store.ts';
