import type {
  AgencyCommand,
  AgencyEvent,
  AgencyState,
  RegisterCommand,
  RegisterEvent,
  RegisterState,
  SealCommand,
  SealEvent,
  SealState,
  SignatureCommand,
  SignatureEvent,
  SignatureState,
} from '#domain';
import type { EventStore } from '#event-store';
import {
  agencyAggregate,
  registerAggregate,
  sealAggregate,
  signatureAggregate,
} from './aggregate.ts';
import { createRunner, type CommandRunner } from './runner.ts';

/** One runner for each aggregate, over one log. Nest knows it by this class. */
export class Runners {
  readonly registers: CommandRunner<RegisterState, RegisterCommand, RegisterEvent>;
  readonly signatures: CommandRunner<SignatureState, SignatureCommand, SignatureEvent>;
  readonly seals: CommandRunner<SealState, SealCommand, SealEvent>;
  readonly agencies: CommandRunner<AgencyState, AgencyCommand, AgencyEvent>;

  constructor(store: EventStore) {
    this.registers = createRunner(store, registerAggregate);
    this.signatures = createRunner(store, signatureAggregate);
    this.seals = createRunner(store, sealAggregate);
    this.agencies = createRunner(store, agencyAggregate);
  }
}
