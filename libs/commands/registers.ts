import { randomBytes } from 'node:crypto';
import {
  mayNeedMandate,
  registerStream,
  sealStream,
  VERIFICATION_BYTES,
  verificationCodeOf,
  type AssignEntryNumber,
  type Authority,
  type CopyCommand,
  type RegisterCommand,
  type RegisterEvent,
  type RegisterKey,
  type RegisterState,
  type Undated,
} from '#domain';
import type { Request } from './batch.ts';
import { knownMandates } from './mandates.ts';
import { sign, stamp, type SignRequest, type StampRequest } from './copies.ts';
import type { Outcome } from './outcome.ts';
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
    | Undated<Exclude<RegisterCommand, AssignEntryNumber | CopyCommand>>
    | NumberRequest
    | StampRequest
    | SignRequest;
}

export type RegisterOutcome = Outcome<RegisterState, RegisterEvent>;

/** Runs a command on a register. @throws what `CommandRunner.execute` throws */
export async function runRegister(
  { runners, gate }: Pick<Tools, 'runners' | 'gate'>,
  { register, command, ...asked }: RegisterTask,
): Promise<RegisterOutcome> {
  const barred = await gate.barrier(register.agency, command.type, asked.context);
  const request = { ...asked, barred };
  if (command.type === 'AssignEntryNumber') return assign(runners, command, request);
  if (command.type === 'StampCopy') return stamp(runners, command, request);
  if (command.type === 'SignCopy') return sign(runners, register, command, request);
  const stream = registerStream(register);
  if (!asksOfMandates(command)) return runners.registers.execute(stream, { ...request, command });
  const mandates = await knownMandates(runners, register.agency);
  return runners.registers.execute(stream, { ...request, command: { ...command, mandates } });
}

/** Who signs, and when, may be what is corrected. */
const asksOfMandates = (command: RegisterTask['command']) =>
  command.type === 'CorrectEntry' ||
  command.type === 'ProposeCorrection' ||
  command.type === 'ConfirmProposal';

/** Looks up signature, seal and mandates as they are now, then assigns; what was found is recorded with the number. */
async function assign(
  runners: Runners,
  number: NumberRequest,
  asked: Omit<Request<never>, 'command'>,
): Promise<RegisterOutcome> {
  const stream = registerStream(number.register);
  let command: Undated<AssignEntryNumber>;
  try {
    command = await completed(runners, number);
  } catch (error) {
    // What it names may have gone out of use since the number was assigned under the same key.
    const answered = await runners.registers.answered(stream, asked.context);
    if (answered) return answered;
    throw asked.barred ?? error;
  }
  return runners.registers.execute(stream, { ...asked, command });
}

async function completed(
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
    verificationCode: verificationCodeOf(randomBytes(VERIFICATION_BYTES)),
    ...(mayNeedMandate(signedBy) && { mandates: await knownMandates(runners, agency) }),
  };
}

async function findSignature(runners: Runners, agency: string, ref: SignatureRef) {
  const stream = await runners.signatureStream(agency, ref.account);
  const { state } = await runners.signatures.load(stream);
  return useSignature(state, ref);
}
