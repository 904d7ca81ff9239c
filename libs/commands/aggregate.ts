import {
  decideRegister,
  decideSeals,
  decideSignatures,
  emptyRegister,
  evolveRegister,
  evolveSeals,
  evolveSignatures,
  noSeals,
  noSignatures,
  type DomainEvent,
  type RegisterCommand,
  type RegisterEvent,
  type RegisterState,
  type SealCommand,
  type SealEvent,
  type SealState,
  type SignatureCommand,
  type SignatureEvent,
  type SignatureState,
} from '#domain';

/** The three functions that are all there is to an aggregate. */
export interface Aggregate<S, C, E extends DomainEvent> {
  readonly initial: S;
  readonly evolve: (state: S, event: E) => S;
  readonly decide: (state: S, command: C) => readonly E[];
}

export const registerAggregate: Aggregate<RegisterState, RegisterCommand, RegisterEvent> = {
  initial: emptyRegister,
  evolve: evolveRegister,
  decide: decideRegister,
};

export const signatureAggregate: Aggregate<SignatureState, SignatureCommand, SignatureEvent> = {
  initial: noSignatures,
  evolve: evolveSignatures,
  decide: decideSignatures,
};

export const sealAggregate: Aggregate<SealState, SealCommand, SealEvent> = {
  initial: noSeals,
  evolve: evolveSeals,
  decide: decideSeals,
};
