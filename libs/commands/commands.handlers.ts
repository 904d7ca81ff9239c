import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { sealStream, signatureStream } from '#domain';
import { sealAggregate, signatureAggregate } from './aggregate.ts';
import { ImageFiles } from './image-files.ts';
import {
  AssignNumber,
  RunRegisterCommand,
  RunSealCommand,
  RunSignatureCommand,
} from './messages.command.ts';
import { Runners } from './runners.ts';
import { checkSigner, useSeal, useSignature } from './specimen-use.ts';
import { runWithImage } from './specimens.ts';

@CommandHandler(RunRegisterCommand)
export class RunRegisterCommandHandler implements ICommandHandler<RunRegisterCommand> {
  constructor(private readonly runners: Runners) {}

  execute({ stream, request }: RunRegisterCommand) {
    return this.runners.registers.execute(stream, request);
  }
}

/** Looks up signature and seal as they are now, then assigns; the versions found are recorded with the number. */
@CommandHandler(AssignNumber)
export class AssignNumberHandler implements ICommandHandler<AssignNumber> {
  constructor(private readonly runners: Runners) {}

  async execute({ stream, number, asked }: AssignNumber) {
    const { registers } = this.runners;
    const answered = await registers.answered(stream, asked.context);
    return (
      answered ?? registers.execute(stream, { command: await this.complete(number), ...asked })
    );
  }

  private async complete(number: AssignNumber['number']) {
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
    const { state } = await this.runners.signatures.load(signatureStream(agency, ref.account));
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
  ) {}

  execute({ stream, command, asked, bytes }: RunSignatureCommand) {
    const runner = this.runners.signatures;
    const tools = { runner, aggregate: signatureAggregate, images: this.files.store };
    return runWithImage(tools, command, { stream, asked, bytes, kind: 'signature' });
  }
}

@CommandHandler(RunSealCommand)
export class RunSealCommandHandler implements ICommandHandler<RunSealCommand> {
  constructor(
    private readonly runners: Runners,
    private readonly files: ImageFiles,
  ) {}

  execute({ stream, command, asked, bytes }: RunSealCommand) {
    const tools = {
      runner: this.runners.seals,
      aggregate: sealAggregate,
      images: this.files.store,
    };
    return runWithImage(tools, command, { stream, asked, bytes, kind: 'seal' });
  }
}

export const commandHandlers = [
  RunRegisterCommandHandler,
  AssignNumberHandler,
  RunSignatureCommandHandler,
  RunSealCommandHandler,
];
