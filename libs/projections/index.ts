export { allProjections, parking, projectionsNamed, UnknownProjection } from './all.ts';
export type { Difference } from './checking/compare.ts';
export { repair } from './checking/repair.ts';
export { isIn, type Sample } from './checking/sample.ts';
export { ReadModelAstray } from './checking/astray.ts';
export { requireNoLostLog } from './checking/lost-log.ts';
export { verify, verifyAll, type Verification } from './checking/verify.ts';
export { retryFaults, skipEvent } from './faults/resolve.ts';
export { EventFault } from './folding/event-fault.ts';
export { follow } from './following/follow.ts';
export type { Follower } from './following/follower.ts';
export { keepLease } from './following/leases.ts';
export { NothingAtFault } from './ledger/faults.ts';
export type { EventName, Parked } from './ledger/ledger.ts';
export {
  NothingToRollBackTo,
  RebuildAborted,
  RebuildOvertaken,
  RebuildRunning,
} from './ledger/rebuilding.ts';
export { causationTree, type Causation } from './causation.ts';
export {
  historyFilter,
  historyOrder,
  placeOf,
  type Find,
  type HistoryAsked,
  type StartAt,
} from './history.ts';
export { knownAstray, knownNumbers } from './known-numbers.ts';
export { dropExpired } from './ledger/record.ts';
export { agencyList } from './models/agency-list.ts';
export type { AuditChange } from './models/audit-change.ts';
export { auditHistory, entryKeyOf } from './models/audit-history.ts';
export { bookDetails } from './models/book-details.ts';
export { bookList } from './models/book-list.ts';
export { bookDocId, entryDocId, proposalDocId, specimenDocId } from './models/doc-ids.ts';
export { copyFiles } from './models/copy-files.ts';
export { copyList } from './models/copy-list.ts';
export { exportList, printedName } from './models/export-list.ts';
export { countedIn, figures } from './models/figures.ts';
export { dossierDocId, dossiers } from './models/dossiers.ts';
export { mandateList } from './models/mandate-list.ts';
export { numbering } from './models/numbering.ts';
export { proposals } from './models/proposals.ts';
export { registerEntries } from './models/register-entries.ts';
export { sealList } from './models/seal-list.ts';
export { verificationHash, verifications } from './models/verifications.ts';
export { signatureList } from './models/signature-list.ts';
export { webhookList, type WebhookRow } from './models/webhook-list.ts';
export type { Projection } from './projection.ts';
export { ReadModels, type ReadPage } from './read-models.ts';
export { abortRebuild } from './rebuilding/claim.ts';
export { rebuild, type Rebuilt } from './rebuilding/rebuild.ts';
export { rollback } from './rebuilding/rollback.ts';
export { failedProjections, projectionStatus, type ProjectionStatus } from './status.ts';
export { askFor, callOff } from './tasks/ask.ts';
export { readTasks } from './tasks/task-record.ts';
export {
  NothingToCallOff,
  taskKinds,
  taskStates,
  TaskKeyReused,
  TaskUnderWay,
  type Task,
  type TaskKind,
  type Tasks,
  type TaskState,
} from './tasks/task.ts';
