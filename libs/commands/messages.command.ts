import { Command } from '@nestjs/cqrs';
import { agencyStream, registerStream } from '#domain';
import type {
  AgencyEvent,
  AgencyState,
  AssignEntryNumber,
  Authority,
  RegisterCommand,
  RegisterEvent,
  RegisterKey,
  RegisterState,
  SealCommand,
  SealEvent,
  SealState,
  SignatureCommand,
  SignatureEvent,
  SignatureState,
  Undated,
} from '#domain';
import type { ImageWarning } from '#image-store';
import type { AgencyRequest } from './agencies.ts';
import type { Request } from './batch.ts';
import type { Outcome } from './outcome.ts';
import type { SealRef, SignatureRef } from './specimen-use.ts';

/** What travels on Nest's CommandBus: a domain command with where it goes and who asks. */
export class RunRegisterCommand extends Command<Outcome<RegisterState, RegisterEvent>> {
  constructor(
    readonly register: RegisterKey,
    readonly request: Request<RegisterCommand>,
  ) {
    super();
  }

  get stream(): string {
    return registerStream(this.register);
  }

  get name(): string {
    return this.request.command.type;
  }
}

/** An assignment before its signature and seal are looked up; what the signature shows fills in for what is not given. */
export type NumberRequest = Omit<
  Undated<AssignEntryNumber>,
  'signature' | 'seal' | 'certifierFullName' | 'certifierTitle' | 'authority'
> & {
  readonly certifierFullName?: string | undefined;
  readonly certifierTitle?: string | undefined;
  readonly authority?: Authority | null | undefined;
  readonly signature?: SignatureRef | undefined;
  readonly seal?: SealRef | undefined;
};

export class AssignNumber extends Command<Outcome<RegisterState, RegisterEvent>> {
  constructor(
    readonly number: NumberRequest,
    readonly asked: Omit<Request<never>, 'command'>,
  ) {
    super();
  }

  get stream(): string {
    return registerStream(this.number.register);
  }

  get name(): string {
    return this.number.type;
  }
}

/** `image` carries the facts of `bytes`, filled in by the handler once the file has been inspected. */
type WithoutImage<C> = C extends { image: unknown } ? Omit<C, 'image'> : C;

export class RunSignatureCommand extends Command<SpecimenOutcome<SignatureState, SignatureEvent>> {
  constructor(
    readonly stream: string,
    readonly command: WithoutImage<SignatureCommand>,
    readonly asked: Omit<Request<never>, 'command'>,
    readonly bytes?: Buffer,
  ) {
    super();
  }

  get name(): string {
    return this.command.type;
  }
}

export class RunSealCommand extends Command<SpecimenOutcome<SealState, SealEvent>> {
  constructor(
    readonly stream: string,
    readonly command: WithoutImage<SealCommand>,
    readonly asked: Omit<Request<never>, 'command'>,
    readonly bytes?: Buffer,
  ) {
    super();
  }

  get name(): string {
    return this.command.type;
  }
}

export class RunAgencyCommand extends Command<Outcome<AgencyState, AgencyEvent>> {
  constructor(
    readonly command: AgencyRequest,
    readonly asked: Omit<Request<never>, 'command'>,
  ) {
    super();
  }

  get stream(): string {
    return agencyStream(this.command.code);
  }

  get name(): string {
    return this.command.type;
  }
}

/** `warnings`: recommendations the uploaded image does not meet, with their figures. */
export type SpecimenOutcome<S, E> = Outcome<S, E> & { readonly warnings: readonly ImageWarning[] };
