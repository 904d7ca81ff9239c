import {
  asksOfExportsCommand,
  asksOfExportsEvent,
  asksOfImagesCommand,
  asksOfRegisterCommand,
  asksOfRegisterEvent,
  asRegister,
  decideAgency,
  decideDossier,
  decideExports,
  decideImages,
  decideMandates,
  decideRegister,
  decideSeals,
  decideSignatures,
  decideWebhook,
  evolveAgency,
  evolveDossier,
  evolveHead,
  evolveImages,
  evolveMandates,
  evolveRegister,
  evolveSeals,
  evolveSignatures,
  evolveWebhook,
  headOf,
  keysOfExportsEvent,
  keysOfImagesEvent,
  keysOfRegisterEvent,
  newRegister,
  noAgency,
  noDossier,
  noExports,
  noImages,
  noMandates,
  noSeals,
  noSignatures,
  noWebhook,
  recallEntry,
  recallExport,
  recallImage,
  sumOfImages,
  type AgencyCommand,
  type AgencyEvent,
  type AgencyState,
  type Ask,
  type DomainEvent,
  type DossierCommand,
  type DossierEvent,
  type DossierState,
  type ExportsEvent,
  type ExportsState,
  type ImagesEvent,
  type ImagesState,
  type KeepImage,
  type MandateCommand,
  type MandateEvent,
  type Mandates,
  type RecordExport,
  type Refusal,
  type RegisterCommand,
  type RegisterEvent,
  type RegisterHead,
  type RegisterState,
  type SealCommand,
  type SealEvent,
  type SealState,
  type SignatureCommand,
  type SignatureEvent,
  type SignatureState,
  type WebhookCommand,
  type WebhookEvent,
  type WebhookState,
} from '#domain';

/** The functions that are all there is to an aggregate. */
export interface Aggregate<S, C, E extends DomainEvent> {
  /**
   * Names the fold wherever its result is kept: another name as soon as `kept`, `lookUps` or the
   * snapshot mean something else, so that what another version kept is never taken for its own.
   */
  readonly fold: string;
  readonly initial: () => S;
  readonly evolve: (state: S, event: E) => S;
  readonly decide: (state: S, command: C) => readonly E[];
  /** What of the state stays at hand between commands; small, however long the stream. */
  readonly kept: Kept<S, E>;
  /** How the rest is found again. */
  readonly lookUps?: LookUps<S, C, E>;
}

interface Kept<S, E> {
  /** `evolve` of what is kept alone. */
  readonly evolve: (state: S, event: E) => S;
  readonly toSnapshot: (state: S) => unknown;
  /** The inverse of `toSnapshot`, which went through JSON. */
  readonly fromSnapshot: (snapshot: unknown) => S;
  /** Whether what the log holds now is less than what was known of it once: something was lost. */
  readonly isBehind: (found: S, known: S) => boolean;
}

interface LookUps<S, C, E> {
  /** Under which keys an event is found. */
  readonly keysOf: (event: E) => readonly string[];
  /** What a command is decided on beside what is kept at hand, which is given. */
  readonly asksOf: (command: C, kept: S) => readonly Ask[];
  /** What is asked for in turn when an event was the last one of its key. */
  readonly asksOfEvent: (event: E) => readonly Ask[];
  /** The state with an event that was looked up; those of a key come in order. */
  readonly recall: (state: S, event: E) => S;
}

export const registerAggregate: Aggregate<RegisterState, RegisterCommand, RegisterEvent> = {
  fold: 'register.6',
  initial: newRegister,
  evolve: evolveRegister,
  decide: decideRegister,
  kept: {
    evolve: (state, event) => ({ ...state, ...evolveHead(state, event) }),
    toSnapshot: headOf,
    fromSnapshot: (snapshot) => asRegister(snapshot as RegisterHead),
    isBehind: (found, known) => (found.lastNumber ?? 0) < (known.lastNumber ?? 0),
  },
  lookUps: {
    keysOf: keysOfRegisterEvent,
    asksOf: asksOfRegisterCommand,
    asksOfEvent: asksOfRegisterEvent,
    recall: recallEntry,
  },
};

/** An aggregate that is small enough to be kept as it is. */
const keptWhole = <S, E>(evolve: (state: S, event: E) => S): Kept<S, E> => ({
  evolve,
  toSnapshot: (state) => state,
  fromSnapshot: (snapshot) => snapshot as S,
  // Nothing in it is handed out that must not be handed out again.
  isBehind: () => false,
});

export const signatureAggregate: Aggregate<SignatureState, SignatureCommand, SignatureEvent> = {
  fold: 'signature.1',
  initial: noSignatures,
  evolve: evolveSignatures,
  decide: decideSignatures,
  kept: keptWhole(evolveSignatures),
};

export const sealAggregate: Aggregate<SealState, SealCommand, SealEvent> = {
  fold: 'seal.1',
  initial: noSeals,
  evolve: evolveSeals,
  decide: decideSeals,
  kept: keptWhole(evolveSeals),
};

export const mandateAggregate: Aggregate<Mandates, MandateCommand, MandateEvent> = {
  fold: 'mandate.1',
  initial: noMandates,
  evolve: evolveMandates,
  decide: decideMandates,
  kept: keptWhole(evolveMandates),
};

export const dossierAggregate: Aggregate<DossierState, DossierCommand, DossierEvent> = {
  fold: 'dossier.1',
  initial: noDossier,
  evolve: evolveDossier,
  decide: decideDossier,
  kept: keptWhole(evolveDossier),
};

export const agencyAggregate: Aggregate<AgencyState, AgencyCommand, AgencyEvent> = {
  fold: 'agency.2',
  initial: noAgency,
  evolve: evolveAgency,
  decide: decideAgency,
  kept: keptWhole(evolveAgency),
};

export const webhookAggregate: Aggregate<WebhookState, WebhookCommand, WebhookEvent> = {
  fold: 'webhook.1',
  initial: noWebhook,
  evolve: evolveWebhook,
  decide: decideWebhook,
  kept: keptWhole(evolveWebhook),
};

export const exportsAggregate: Aggregate<ExportsState, RecordExport, ExportsEvent> = {
  fold: 'exports.2',
  initial: noExports,
  evolve: recallExport,
  decide: decideExports,
  // None is at hand until it is asked for, however many there are.
  kept: {
    evolve: (state) => state,
    toSnapshot: noExports,
    fromSnapshot: noExports,
    isBehind: () => false,
  },
  lookUps: {
    keysOf: keysOfExportsEvent,
    asksOf: asksOfExportsCommand,
    asksOfEvent: asksOfExportsEvent,
    recall: recallExport,
  },
};

export const imagesAggregate: Aggregate<ImagesState, KeepImage, ImagesEvent> = {
  fold: 'images.1',
  initial: noImages,
  evolve: evolveImages,
  decide: decideImages,
  kept: {
    evolve: sumOfImages,
    toSnapshot: ({ bytes }) => ({ bytes }),
    fromSnapshot: (snapshot) => ({ ...noImages(), ...(snapshot as Pick<ImagesState, 'bytes'>) }),
    isBehind: () => false,
  },
  lookUps: {
    keysOf: keysOfImagesEvent,
    asksOf: asksOfImagesCommand,
    asksOfEvent: () => [],
    recall: recallImage,
  },
};

/**
 * What a command leads to. One that is barred leads to nothing new, but what was carried out
 * before is still answered, so that a retry of it stays a retry. @throws Refusal
 */
export function decideAdmitted<S, C, E extends DomainEvent>(
  { decide }: Pick<Aggregate<S, C, E>, 'decide'>,
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
