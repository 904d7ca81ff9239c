import {
  imagesStream,
  Refusal,
  sealStream,
  type DomainEvent,
  type ImagesEvent,
  type ImagesState,
  type KeepImage,
  type SealCommand,
  type SealEvent,
  type SealState,
  type SignatureCommand,
  type SignatureEvent,
  type SignatureState,
  type SpecimenImage,
  type Undated,
} from '#domain';
import type { ImageStore, ImageWarning } from '#image-store';
import { acceptImage, ImageRefused, type AcceptedImage, type Cropping } from './accept-image.ts';
import type { Request } from './batch.ts';
import type { CommandContext } from './context.ts';
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
  return runWithImage({ runner: runners.signatures, kept: runners.images, images }, command, {
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
  return runWithImage({ runner: runners.seals, kept: runners.images, images }, command, {
    ...upload,
    kind: 'seal',
  });
}

interface Upload {
  readonly stream: string;
  readonly asked: Omit<Request<never>, 'command'>;
  readonly bytes: Buffer | undefined;
  readonly crop: Cropping;
  readonly kind: 'signature' | 'seal';
}

interface Keepers<S, C, E> {
  readonly runner: CommandRunner<S, C, E>;
  readonly kept: CommandRunner<ImagesState, KeepImage, ImagesEvent>;
  readonly images: ImageStore;
}

/**
 * Runs a command that may bring a picture: inspected first, kept once the command is decided, and
 * only then recorded; so a refused command leaves no file and no event names a file that is not
 * there. Before it is kept it is counted, at the agency's own revision: whoever else uploads at the
 * same moment, in whichever process, no agency has more than it may. A crash in between leaves a
 * file that is counted and that nothing names, which harms nobody.
 */
export async function runWithImage<S, C extends object, E extends DomainEvent>(
  { runner, kept, images }: Keepers<S, C, E>,
  command: object,
  { stream, asked, bytes, crop, kind }: Upload,
): Promise<SpecimenOutcome<S, E>> {
  const complete = (image: SpecimenImage | null) =>
    ({ image, ...command }) as unknown as Undated<C>;
  try {
    const accepted = bytes && (await acceptImage(bytes, kind, crop));
    const keep = accepted && (() => keepCounted({ kept, images }, accepted, asked.context));
    const request = { command: complete(accepted?.image ?? null), ...asked };
    const outcome = await runner.execute(stream, { ...request, ...(keep && { keep }) });
    return { ...outcome, warnings: accepted?.warnings ?? [] };
  } catch (error) {
    if (!(error instanceof ImageRefused)) throw error;
    // Decided all the same, for what else is wrong; as nothing can be kept, nothing is recorded.
    const keep = () => Promise.reject(error);
    const refused = runner.execute(stream, { command: complete(NO_IMAGE), ...asked, keep });
    throw await refused.then(() => error, withRefusal(error));
  }
}

/** In place of one that was refused. */
const NO_IMAGE: SpecimenImage = {
  sha256: '',
  mediaType: '',
  width: 0,
  height: 0,
  bytes: 0,
  warnings: [],
};

const withRefusal =
  ({ problem }: ImageRefused) =>
  (error: unknown): unknown =>
    error instanceof Refusal ? new ImageRefused(problem, error) : error;

/** @throws Refusal IMAGES_EXHAUSTED, with nothing kept */
async function keepCounted(
  { kept, images }: Omit<Keepers<never, never, never>, 'runner'>,
  { image: { sha256, bytes: size }, bytes }: AcceptedImage,
  { idempotencyKey: _key, requestHash: _hash, ...context }: CommandContext,
): Promise<void> {
  const command = { type: 'KeepImage', sha256, bytes: size } as const;
  await kept.execute(imagesStream(context.actor.agency), { command, context });
  await images.put(sha256, bytes);
}
