export type { AsOf, Moment, Question, Subject } from './as-of.ts';
export { createAccessLog } from './access-log.ts';
export type { AccessLog } from './access-log.ts';
export { accessKinds } from './access-record.ts';
export type { AccessKind, AccessRecord } from './access-record.ts';
export { askedFor } from './asked.ts';
export { ReplayFailed } from './replay-thread-handle.ts';
export { Replays, ReplaysBusy } from './replays.ts';
