import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { sealStream, type AssignEntryNumber, type Undated } from '#domain';
import { runAgency } from './agencies.ts';
import { AgencyGate } from './agency-gate.ts';
import { ImageFiles } from './image-files.ts';
import {
  AssignNumber,
  RunAgencyCommand,
  RunRegisterCommand,
  RunSealCommand,
  RunSignatureCommand,
} from './messages.command.ts';
import { Runners } from './runners.ts';
import { checkSigner, useSeal, useSignature } from './specimen-use.ts';
import { runWithImage } from './specimens.ts';

@CommandHandler(RunRegisterCommand)
export class RunRegisterCommandHandler implements ICommandHandler<RunRegisterCommand> {
  constructor(
    private readonly runners: Runners,
    private readonly gate: AgencyGate,
  ) {}

  async execute({ register, stream, request }: RunRegisterCommand) {
    const { command, context } = request;
    const barred = await this.gate.barrier(register.agency, command.type, context);
    return this.runners.registers.execute(stream, { ...request, barred });
  }
}

/** Looks up signature and seal as they are now, then assigns; the versions found are recorded with the number. */
@CommandHandler(AssignNumber)
export class AssignNumberHandler implements ICommandHandler<AssignNumber> {
  constructor(
    private readonly runners: Runners,
    private readonly gate: AgencyGate,
  ) {}

  async execute({ stream, number, asked }: AssignNumber) {
    const { registers } = this.runners;
    const barred = await this.gate.barrier(number.register.agency, number.type, asked.context);
    let command: Undated<AssignEntryNumber>;
    try {
      command = await this.complete(number);
    } catch (error) {
      // What it names may have gone out of use since the number was assigned under the same key.
      const answered = await registers.answered(stream, asked.context);
      if (answered) return answered;
      throw barred ?? error;
    }
    return registers.execute(stream, { command, ...asked, barred });
  }

  private async complete(number: AssignNumber['number']): Promise<Undated<AssignEntryNumber>> {
    const { agency } = number.register;
    const { signature: signatureRef, seal: sealRef, ...rest } = number;
    const signature = signatureRef && (await this.signature(agency, signatureRef));
    const seal = sealRef && (await this.seal(agency, sealRef));
    if (signature) checkSigner(signature.signer, rest.certifierFullName);
    return {
      ...rest,
      certifierFullName: rest.certifierFullName ?? signature?.signer.signerFullName ?? '',
      certifierTitle: rest.certifierTitle ?? signature?.signer.signerTitle ?? '',
      authority:
        rest.authority === undefined ? (signature?.signer.authority ?? null) : rest.authority,
      signature: signature?.use ?? null,
      seal: seal ?? null,
    };
  }

  private async signature(agency: string, ref: NonNullable<AssignNumber['number']['signature']>) {
    const stream = await this.runners.signatureStream(agency, ref.account);
    const { state } = await this.runners.signatures.load(stream);
    return useSignature(state, ref);
  }

  private async seal(agency: string, ref: NonNullable<AssignNumber['number']['seal']>) {
    const { state } = await this.runners.seals.load(sealStream(agency));
    return useSeal(state, ref);
  }
}

@CommandHandler(RunSignatureCommand)
export class RunSignatureCommandHandler implements ICommandHandler<RunSignatureCommand> {
  constructor(
    private readonly runners: Runners,
    private readonly files: ImageFiles,
    private readonly gate: AgencyGate,
  ) {}

  async execute({ command, asked, bytes }: RunSignatureCommand) {
    const { agency, account } = asked.context.actor;
    const stream = await this.runners.signatureStream(agency, account);
    const runner = this.runners.signatures;
    const tools = { runner, images: this.files.store };
    const { context } = asked;
    const barred = await this.gate.barrier(context.actor.agency, command.type, context);
    const upload = { stream, asked: { ...asked, barred }, bytes, kind: 'signature' } as const;
    return runWithImage(tools, command, upload);
  }
}

@CommandHandler(RunSealCommand)
export class RunSealCommandHandler implements ICommandHandler<RunSealCommand> {
  constructor(
    private readonly runners: Runners,
    private readonly files: ImageFiles,
    private readonly gate: AgencyGate,
  ) {}

  async execute({ stream, command, asked, bytes }: RunSealCommand) {
    const tools = { runner: this.runners.seals, images: this.files.store };
    const { context } = asked;
    const barred = await this.gate.barrier(context.actor.agency, command.type, context);
    const upload = { stream, asked: { ...asked, barred }, bytes, kind: 'seal' } as const;
    return runWithImage(tools, command, upload);
  }
}

@CommandHandler(RunAgencyCommand)
export class RunAgencyCommandHandler implements ICommandHandler<RunAgencyCommand> {
  constructor(private readonly runners: Runners) {}

  execute({ command, asked }: RunAgencyCommand) {
    return runAgency(this.runners, command, asked);
  }
}

export const commandHandlers = [
  RunRegisterCommandHandler,
  AssignNumberHandler,
  RunSignatureCommandHandler,
  RunSealCommandHandler,
  RunAgencyCommandHandler,
];
