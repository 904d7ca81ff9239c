import {
  mayNeedMandate,
  registerStream,
  sealStream,
  VERIFICATION_BYTES,
  verificationCodeOf,
  type Actor,
  type AssignEntryNumber,
  type Authority,
  type CloseBook,
  type CopyCommand,
  type ProposeClosing,
  type RegisterCommand,
  type RegisterEvent,
  type RegisterKey,
  type RegisterState,
  type Undated,
} from '#domain';
import { confirmedSeal, withSeal, type ClosingRequest } from './closings.ts';
import { knownMandates } from './mandates.ts';
import { sign, stamp, type SignRequest, type StampRequest } from './copies.ts';
import type { Outcome } from './outcome.ts';
import { randomSource } from './random-source.ts';
import type { Runners } from './runners.ts';
import {
  checkSigner,
  useSeal,
  useSignature,
  type SealRef,
  type SignatureRef,
} from './specimen-use.ts';
import type { Asked, Tools } from './tools.ts';

/** An assignment before its signature and seal are looked up; what the signature shows fills in for what is not given. */
export type NumberRequest = Omit<
  Undated<AssignEntryNumber>,
  | 'signature'
  | 'seal'
  | 'certifierFullName'
  | 'certifierTitle'
  | 'authority'
  | 'verificationCode'
  | 'mandates'
> & {
  readonly certifierFullName?: string | undefined;
  readonly certifierTitle?: string | undefined;
  readonly authority?: Authority | null | undefined;
  readonly signature?: SignatureRef | undefined;
  readonly seal?: SealRef | undefined;
};

export interface RegisterTask extends Asked {
  readonly register: RegisterKey;
  readonly command:
    | Undated<
        Exclude<RegisterCommand, AssignEntryNumber | CloseBook | ProposeClosing | CopyCommand>
      >
    | ClosingRequest
    | NumberRequest
    | StampRequest
    | SignRequest;
}

/** Stamping and signing look up what they need for themselves. */
type Completed = Exclude<RegisterTask['command'], StampRequest | SignRequest>;

export type RegisterOutcome = Outcome<RegisterState, RegisterEvent>;

/** Runs a command on a register. @throws what `CommandRunner.execute` throws */
export async function runRegister(
  { runners, gate }: Pick<Tools, 'runners' | 'gate'>,
  { register, command, ...asked }: RegisterTask,
): Promise<RegisterOutcome> {
  const barred = await gate.barrier(register.agency, command.type, asked.context);
  const request = { ...asked, barred };
  if (command.type === 'StampCopy') return stamp(runners, command, request);
  if (command.type === 'SignCopy') return sign(runners, register, command, request);
  const stream = registerStream(register);
  let complete: Undated<RegisterCommand>;
  try {
    complete = await completed(runners, register, { command, actor: asked.context.actor });
  } catch (error) {
    // What it names may have gone out of use since it was carried out under the same key.
    const answered = await runners.registers.answered(stream, asked.context);
    if (answered) return answered;
    throw barred ?? error;
  }
  return runners.registers.execute(stream, { ...request, command: complete });
}

/** The command with what it names looked up as it is now; what was found is recorded with it. @throws Refusal */
async function completed(
  runners: Runners,
  register: RegisterKey,
  { command, actor }: { readonly command: Completed; readonly actor: Actor },
): Promise<Undated<RegisterCommand>> {
  switch (command.type) {
    case 'AssignEntryNumber':
      return numberWith(runners, command);
    case 'CloseBook':
    case 'ProposeClosing':
      return withSeal(runners, command, actor.agency);
    // Who signs, and when, may be what is corrected.
    case 'CorrectEntry':
    case 'ProposeCorrection':
      return { ...command, mandates: await knownMandates(runners, register.agency) };
    case 'ConfirmProposal': {
      const mandates = await knownMandates(runners, register.agency);
      return { ...command, mandates, seal: await confirmedSeal(runners, register, command) };
    }
    default:
      return command;
  }
}

const freshBytes = randomSource(VERIFICATION_BYTES);

/** A number with signature, seal and mandates. */
async function numberWith(
  runners: Runners,
  { signature: signatureRef, seal: sealRef, ...given }: NumberRequest,
): Promise<Undated<AssignEntryNumber>> {
  const { agency } = given.register;
  const signature = signatureRef && (await findSignature(runners, agency, signatureRef));
  const seal = sealRef && useSeal((await runners.seals.load(sealStream(agency))).state, sealRef);
  const { certifierFullName, certifierTitle, authority } = given;
  if (signature) checkSigner(signature.signer, certifierFullName);
  const signedBy = authority === undefined ? (signature?.signer.authority ?? null) : authority;
  return {
    ...given,
    certifierFullName: certifierFullName ?? signature?.signer.signerFullName ?? '',
    certifierTitle: certifierTitle ?? signature?.signer.signerTitle ?? '',
    authority: signedBy,
    signature: signature?.use ?? null,
    seal: seal ?? null,
    verificationCode: verificationCodeOf(freshBytes()),
    ...(mayNeedMandate(signedBy) && { mandates: await knownMandates(runners, agency) }),
  };
}

async function findSignature(runners: Runners, agency: string, ref: SignatureRef) {
  const stream = await runners.signatureStream(agency, ref.account);
  const { state } = await runners.signatures.load(stream);
  return useSignature(state, ref);
}
