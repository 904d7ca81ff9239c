export { ImageRefused } from './accept-image.ts';
export { runAgency } from './agencies.ts';
export type { AgencyRequest } from './agencies.ts';
export { AgencyGate } from './agency-gate.ts';
export { registerAggregate, sealAggregate, signatureAggregate } from './aggregate.ts';
export type { Aggregate } from './aggregate.ts';
export { CommandTooLarge, StaleRevision } from './batch.ts';
export type { Request } from './batch.ts';
export { commandHandlers } from './commands.handlers.ts';
export type { CommandContext } from './context.ts';
export { IdempotencyKeyReused, uuidText } from './idempotency.ts';
export { ImageFiles } from './image-files.ts';
export {
  AssignNumber,
  RunAgencyCommand,
  RunRegisterCommand,
  RunSealCommand,
  RunSignatureCommand,
} from './messages.command.ts';
export type { NumberRequest, SpecimenOutcome } from './messages.command.ts';
export type { Outcome } from './outcome.ts';
export { FoldBehind } from './folds.ts';
export { createRunner, isDamage } from './runner.ts';
export type { CommandRunner, RunnerOptions } from './runner.ts';
export { Runners } from './runners.ts';
