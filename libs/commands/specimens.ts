import {
  sealStream,
  type DomainEvent,
  type SealCommand,
  type SealEvent,
  type SealState,
  type SignatureCommand,
  type SignatureEvent,
  type SignatureState,
  type Undated,
} from '#domain';
import type { ImageStore, ImageWarning } from '#image-store';
import { acceptImage, type Cropping } from './accept-image.ts';
import type { Request } from './batch.ts';
import type { Outcome } from './outcome.ts';
import type { CommandRunner } from './runner.ts';
import type { Asked, Tools } from './tools.ts';

/** `warnings`: recommendations the uploaded image does not meet, with their figures. */
export type SpecimenOutcome<S, E> = Outcome<S, E> & { readonly warnings: readonly ImageWarning[] };

/** `image` carries the facts of `bytes`, filled in once the file has been inspected. */
type WithoutImage<C> = C extends { image: unknown } ? Omit<C, 'image'> : C;

export interface SpecimenTask<C> extends Asked {
  readonly command: WithoutImage<C>;
  /** The picture, where one was sent. */
  readonly bytes?: Buffer | undefined;
  /** Whether it is cut to what is drawn on it, where most of it is empty. */
  readonly crop?: Cropping;
}

/** Runs a command on the caller's own signatures. @throws ImageRefused, what `CommandRunner.execute` throws */
export async function runSignature(
  { runners, gate, images }: Tools,
  { command, bytes, crop, ...asked }: SpecimenTask<SignatureCommand>,
): Promise<SpecimenOutcome<SignatureState, SignatureEvent>> {
  const { agency, account } = asked.context.actor;
  const barred = await gate.barrier(agency, command.type, asked.context);
  const stream = await runners.signatureStream(agency, account);
  const upload = { stream, asked: { ...asked, barred }, bytes, crop } as const;
  return runWithImage({ runner: runners.signatures, images }, command, {
    ...upload,
    kind: 'signature',
  });
}

/** Runs a command on the seals of the caller's agency. @throws ImageRefused, what `CommandRunner.execute` throws */
export async function runSeal(
  { runners, gate, images }: Tools,
  { command, bytes, crop, ...asked }: SpecimenTask<SealCommand>,
): Promise<SpecimenOutcome<SealState, SealEvent>> {
  const { agency } = asked.context.actor;
  const barred = await gate.barrier(agency, command.type, asked.context);
  const upload = { stream: sealStream(agency), asked: { ...asked, barred }, bytes, crop } as const;
  return runWithImage({ runner: runners.seals, images }, command, { ...upload, kind: 'seal' });
}

interface Upload {
  readonly stream: string;
  readonly asked: Omit<Request<never>, 'command'>;
  readonly bytes: Buffer | undefined;
  readonly crop: Cropping;
  readonly kind: 'signature' | 'seal';
}

/**
 * Runs a command that may bring a picture: inspected first, kept once the command is decided, and
 * only then recorded; so a refused command leaves no file and no event names a file that is not
 * there. A crash in between leaves a file no event names, which harms nobody.
 */
export async function runWithImage<S, C extends object, E extends DomainEvent>(
  { runner, images }: { readonly runner: CommandRunner<S, C, E>; readonly images: ImageStore },
  command: object,
  { stream, asked, bytes, crop, kind }: Upload,
): Promise<SpecimenOutcome<S, E>> {
  const accepted = bytes && (await acceptImage(bytes, kind, crop));
  const keep = accepted && (() => images.put(accepted.image.sha256, accepted.bytes));
  const complete = { image: accepted?.image ?? null, ...command } as unknown as Undated<C>;
  const request = { command: complete, ...asked, ...(keep && { keep }) };
  const outcome = await runner.execute(stream, request);
  return { ...outcome, warnings: accepted?.warnings ?? [] };
}
