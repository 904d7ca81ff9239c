import type {
  AgencyCommand,
  AgencyEvent,
  AgencyState,
  DossierCommand,
  DossierEvent,
  DossierState,
  ExportsEvent,
  ExportsState,
  ImagesEvent,
  ImagesState,
  KeepImage,
  MandateCommand,
  MandateEvent,
  Mandates,
  RecordExport,
  RegisterCommand,
  RegisterEvent,
  RegisterState,
  SealCommand,
  SealEvent,
  SealState,
  SignatureCommand,
  SignatureEvent,
  SignatureState,
  WebhookCommand,
  WebhookEvent,
  WebhookState,
} from '#domain';
import { Heads, type EventStore } from '#event-store';
import {
  agencyAggregate,
  dossierAggregate,
  exportsAggregate,
  imagesAggregate,
  mandateAggregate,
  registerAggregate,
  sealAggregate,
  signatureAggregate,
  webhookAggregate,
} from './aggregate.ts';
import { createSignatureStreams } from './signature-streams.ts';
import { createRunner, type CommandRunner, type RunnerOptions } from './runner.ts';

/** One runner for each aggregate, over one log. Nest knows it by this class. */
export class Runners {
  readonly registers: CommandRunner<RegisterState, RegisterCommand, RegisterEvent>;
  readonly signatures: CommandRunner<SignatureState, SignatureCommand, SignatureEvent>;
  readonly seals: CommandRunner<SealState, SealCommand, SealEvent>;
  readonly mandates: CommandRunner<Mandates, MandateCommand, MandateEvent>;
  /** One stream each, of every agency. */
  readonly dossiers: CommandRunner<DossierState, DossierCommand, DossierEvent>;
  readonly agencies: CommandRunner<AgencyState, AgencyCommand, AgencyEvent>;

  /** What is kept of pictures' files, an agency each. */
  readonly images: CommandRunner<ImagesState, KeepImage, ImagesEvent>;

  /** What was printed, an agency each. */
  readonly exports: CommandRunner<ExportsState, RecordExport, ExportsEvent>;

  /** Where events are sent. */
  readonly webhooks: CommandRunner<WebhookState, WebhookCommand, WebhookEvent>;

  /** The stream of an account's signatures. */
  readonly signatureStream: (agency: string, account: string) => Promise<string>;
  /** The clock commands are decided by. */
  readonly now: () => Date;

  constructor(store: EventStore, given: RunnerOptions = {}) {
    const options = { ...given, heads: given.heads ?? new Heads() };
    this.now = options.now ?? (() => new Date());
    this.signatureStream = createSignatureStreams(store);
    this.registers = createRunner(store, registerAggregate, options);
    this.signatures = createRunner(store, signatureAggregate, options);
    this.seals = createRunner(store, sealAggregate, options);
    this.mandates = createRunner(store, mandateAggregate, options);
    this.dossiers = createRunner(store, dossierAggregate, options);
    this.agencies = createRunner(store, agencyAggregate, options);
    this.images = createRunner(store, imagesAggregate, options);
    this.exports = createRunner(store, exportsAggregate, options);
    this.webhooks = createRunner(store, webhookAggregate, options);
  }
}
