import {
  agencyStream,
  mandatesStream,
  registerStream,
  sealStream,
  signatureStream,
  type AgencyEvent,
  type AgencyState,
  type SealCommand,
  type SealEvent,
  type SealState,
  type SignatureCommand,
  type SignatureEvent,
  type SignatureState,
} from '#domain';
import { runAgency, type AgencyRequest } from './agencies.ts';
import { runDossier, streamOfDossier, type DossierOutcome, type DossierTask } from './dossiers.ts';
import { runMandate, type MandateOutcome, type MandateTask } from './mandates.ts';
import type { Outcome } from './outcome.ts';
import { runRegister, type RegisterOutcome, type RegisterTask } from './registers.ts';
import { runSeal, runSignature, type SpecimenOutcome, type SpecimenTask } from './specimens.ts';
import type { Asked, Tools } from './tools.ts';

/** What is asked of each noun, and what becomes of it. */
export interface Nouns {
  readonly register: { readonly task: RegisterTask; readonly outcome: RegisterOutcome };
  readonly signature: {
    readonly task: SpecimenTask<SignatureCommand>;
    readonly outcome: SpecimenOutcome<SignatureState, SignatureEvent>;
  };
  readonly seal: {
    readonly task: SpecimenTask<SealCommand>;
    readonly outcome: SpecimenOutcome<SealState, SealEvent>;
  };
  readonly mandate: { readonly task: MandateTask; readonly outcome: MandateOutcome };
  readonly dossier: { readonly task: DossierTask; readonly outcome: DossierOutcome };
  readonly agency: {
    readonly task: Asked & { readonly command: AgencyRequest };
    readonly outcome: Outcome<AgencyState, AgencyEvent>;
  };
}

export type Noun = keyof Nouns;

interface Way<N extends Noun> {
  /** Where the command goes, as logs name it. */
  readonly stream: (task: Nouns[N]['task']) => string;
  readonly run: (tools: Tools, task: Nouns[N]['task']) => Promise<Nouns[N]['outcome']>;
}

/** How a command on each noun is run. */
export const nouns: { readonly [N in Noun]: Way<N> } = {
  register: { stream: ({ register }) => registerStream(register), run: runRegister },
  signature: {
    stream: ({ context: { actor } }) => signatureStream(actor.agency, actor.account),
    run: runSignature,
  },
  seal: { stream: ({ context: { actor } }) => sealStream(actor.agency), run: runSeal },
  mandate: {
    stream: ({ context: { actor } }) => mandatesStream(actor.agency),
    run: runMandate,
  },
  dossier: { stream: ({ command }) => streamOfDossier(command), run: runDossier },
  agency: {
    stream: ({ command }) => agencyStream(command.code),
    run: ({ runners }, { command, ...asked }) => runAgency(runners, command, asked),
  },
};
