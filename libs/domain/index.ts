export * from './calendar.ts';
export { applyChanges, changesBetween, sameChanges } from './changes.ts';
export type { Change, Changes } from './changes.ts';
export * from './events.ts';
export { behindInstantIn, firstInstantIn, HOUR, INSTANT, lastInstantIn } from './instants.ts';
export * from './labels.ts';
export { longest, LONGEST_OPTIONAL, ranges } from './limits.ts';
export * from './metadata.ts';
export { nameOf, partsOf } from './names.ts';
export { belongsTo, isOfAgency, mayBelongTo, ownerOf } from './ownership.ts';
export { picturesIn } from './pictures.ts';
export * from './refusal.ts';
export { rolesOf, rolesOfEvent } from './rights.ts';
export { displayNumber, shownValue } from './shown-value.ts';
export * from './text.ts';
export { readEvent, readMetadata, UnreadableEvent } from './upcast.ts';

export type * from './register/commands.ts';
export * from './register/events.ts';
export { counted, isWithin, noFigures, sumOfBoth } from './figures/figures.ts';
export type { Counted, Figures, Period } from './figures/figures.ts';
export { daysOfMonth, MONTH, remittedBy } from './figures/month.ts';
export { daysOfPeriod, reportPeriods } from './figures/periods.ts';
export type { ReportPeriod } from './figures/periods.ts';
export {
  groupings,
  groupOf,
  nothingReported,
  reportColumns,
  reported,
  reportedTogether,
} from './figures/report.ts';
export type { Group, Grouping, ReportColumn, ReportSum } from './figures/report.ts';
export { proposedFee, tariffOn, tariffs } from './fees/tariff.ts';
export type { FeeOf, Rate, Tariff } from './fees/tariff.ts';
export { registerFormOn, registerForms } from './register/form.ts';
export type { RegisterForm } from './register/form.ts';
export { columnKinds, knownLayouts, layoutOf, parseLayouts } from './register/form-columns.ts';
export type { ColumnField, ColumnKind, FormColumn, FormLayout } from './register/form-columns.ts';
export { remarksOf } from './register/remarks.ts';
export type { Annotation } from './register/remarks.ts';
export * from './register/naming.ts';
export * from './register/types.ts';
export {
  readVerificationCode,
  VERIFICATION_BYTES,
  verificationCodeOf,
} from './register/verification-code.ts';
export { asRegister, bookOf, documentKey, headOf, newRegister } from './register/register.ts';
export type { Book, NumberRange, RegisterHead, RegisterState } from './register/register.ts';
export { evolveHead, evolveRegister } from './register/evolve.ts';
export { recallEntry } from './register/recall.ts';
export {
  asksOfRegisterCommand,
  asksOfRegisterEvent,
  keysOfRegisterEvent,
} from './register/look-ups.ts';
export type { Ask } from './register/look-ups.ts';
export { isOfCertifier } from './register/decide-correction.ts';
export { lastKnownNumber } from './register/decide-numbering.ts';
export { idOfProposal, isProposalEvent, waitingIn } from './register/proposal.ts';
export type { ProposalEnding } from './register/proposal.ts';
export type { Difference, Entry } from './register/entry.ts';
export { shownBook, shownTotals } from './register/shown-book.ts';
export { shownEntry } from './register/shown-entry.ts';
export type { EntryStateName } from './register/shown-entry.ts';
export { decideRegister } from './register/decide.ts';
export { saysTheSame, signatureOn, STAMP_LAYOUT, stampFactsOf } from './register/copy.ts';
export type { Copy } from './register/copy-state.ts';
export { stampable, stampedCopyOf } from './register/decide-copy.ts';
export { bookStatus } from './register/status.ts';
export type { BookStatus } from './register/status.ts';
export { bookFaults } from './register/book-form.ts';
export { nextBookName, nextFirstNumber } from './register/decide-book.ts';
export { numberOfDocument } from './register/decide-entry.ts';

export type {
  Edited,
  Registered,
  Revoked,
  Specimen,
  SpecimenFields,
  SpecimenImage,
  Specimens,
} from './specimen/specimen.ts';
export type * from './signature/commands.ts';
export type * from './signature/events.ts';
export {
  evolveSignatures,
  noSignatures,
  olderSignatureStream,
  signatureStream,
} from './signature/signature.ts';
export type { SignatureState } from './signature/signature.ts';
export { decideSignatures } from './signature/decide.ts';

export type * from './seal/commands.ts';
export type * from './seal/events.ts';
export { evolveSeals, noSeals, sealStream } from './seal/seal.ts';
export type { SealState } from './seal/seal.ts';
export { decideSeals } from './seal/decide.ts';

export type * from './dossier/commands.ts';
export type * from './dossier/events.ts';
export {
  dossierOf,
  dossierStream,
  evolveDossier,
  isDossierEvent,
  noDossier,
} from './dossier/dossier.ts';
export type { AppointmentFault, Appointment, Dossier, DossierState } from './dossier/dossier.ts';
export { decideDossier } from './dossier/decide.ts';
export { displayTime, dossierStatus, endOfDay, shownDossier } from './dossier/status.ts';
export type { DossierOutcome, DossierStatus } from './dossier/status.ts';
export { due, knownCalendar } from './work-calendar/work-calendar.ts';
export type { WorkCalendar } from './work-calendar/work-calendar.ts';
export { parseCalendar } from './work-calendar/parse.ts';
export type * from './mandate/commands.ts';
export type * from './mandate/events.ts';
export {
  evolveMandates,
  isInForce,
  isMandateEvent,
  mandateOutFrom,
  mandatesStream,
  mandateStatus,
  noMandates,
} from './mandate/mandate.ts';
export type { Mandate, Mandates, MandateStatus } from './mandate/mandate.ts';
export { mandateOn, shownMandate, shownScope } from './mandate/shown.ts';
export { mandateRuleOn, mandateRules, mayNeedMandate, ruleAsking } from './mandate/rules.ts';
export type { MandateRule } from './mandate/rules.ts';
export { covers, mandateFor } from './mandate/stand-on.ts';
export type { KnownMandates } from './mandate/stand-on.ts';
export type { Certifying, MandateLack, MandateUse } from './mandate/use.ts';
export { decideMandates } from './mandate/decide.ts';

export {
  asksOfImagesCommand,
  decideImages,
  evolveImages,
  imagesStream,
  keysOfImagesEvent,
  noImages,
  recallImage,
  sumOfImages,
} from './images/images.ts';
export type { ImagesEvent, ImagesState, KeepImage } from './images/images.ts';

export {
  asksOfExportsCommand,
  asksOfExportsEvent,
  decideExports,
  exportsAgencyOf,
  exportsStream,
  isToldAlike,
  keysOfExportsEvent,
  noExports,
  printedBefore,
  recallExport,
} from './exports/exports.ts';
export type {
  ExportData,
  ExportsEvent,
  ExportsState,
  RecordExport,
  RegisterExported,
  SaidThen,
} from './exports/exports.ts';

export type * from './agency/commands.ts';
export {
  canBeIdentifier,
  canBeStatisticalCode,
  IDENTIFIER,
  LONGEST_IDENTIFIER,
  STATISTICAL_CODE,
} from './agency/codes.ts';
export type * from './agency/events.ts';
export {
  agencyCodeOf,
  agencyStream,
  canBeAgencyCode,
  evolveAgency,
  noAgency,
} from './agency/agency.ts';
export type { Agency, AgencyState } from './agency/agency.ts';
export {
  barrier,
  districtHasEnded,
  fourEyesBarrier,
  isOfSuccessorsDuty,
  isSuccessorsDuty,
} from './agency/barrier.ts';
export type { AgencyPolicy } from './agency/barrier.ts';
export { decideAgency } from './agency/decide.ts';

export type * from './webhook/commands.ts';
export type * from './webhook/events.ts';
export {
  evolveWebhook,
  isWebhookEvent,
  noWebhook,
  webhookOf,
  webhookStream,
} from './webhook/webhook.ts';
export type { Webhook, WebhookState } from './webhook/webhook.ts';
export type { WebhookUrlFault } from './webhook/url-fault.ts';
export { decideWebhook } from './webhook/decide.ts';
