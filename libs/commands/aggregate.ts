import {
  decideAgency,
  decideRegister,
  decideSeals,
  decideSignatures,
  emptyRegister,
  evolveAgency,
  evolveRegister,
  evolveSeals,
  evolveSignatures,
  noAgency,
  noSeals,
  noSignatures,
  type AgencyCommand,
  type AgencyEvent,
  type AgencyState,
  type DomainEvent,
  type Refusal,
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

export const agencyAggregate: Aggregate<AgencyState, AgencyCommand, AgencyEvent> = {
  initial: noAgency,
  evolve: evolveAgency,
  decide: decideAgency,
};

/**
 * What a command leads to. One that is barred leads to nothing new, but what was carried out
 * before is still answered, so that a retry of it stays a retry. @throws Refusal
 */
export function decideAdmitted<S, C, E extends DomainEvent>(
  { decide }: Aggregate<S, C, E>,
  state: S,
  { command, barred }: { readonly command: C; readonly barred?: Refusal | undefined },
): readonly E[] {
  if (barred === undefined) return decide(state, command);
  let decided: readonly E[];
  try {
    decided = decide(state, command);
  } catch {
    throw barred;
  }
  if (decided.length > 0) throw barred;
  return decided;
}
