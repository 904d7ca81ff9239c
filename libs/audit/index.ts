export type { AsOf, Moment, Question, Subject } from './as-of.ts';
export { accessKinds, createAccessLog } from './access-log.ts';
export type { AccessKind, AccessLog, AccessRecord } from './access-log.ts';
export { ReplayFailed } from './replay-thread-handle.ts';
export { Replays, ReplaysBusy } from './replays.ts';
