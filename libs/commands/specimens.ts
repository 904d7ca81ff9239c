import type { DomainEvent, Undated } from '#domain';
import type { ImageStore } from '#image-store';
import { acceptImage } from './accept-image.ts';
import type { Request } from './batch.ts';
import type { SpecimenOutcome } from './messages.command.ts';
import type { CommandRunner } from './runner.ts';

interface Upload {
  readonly stream: string;
  readonly asked: Omit<Request<never>, 'command'>;
  readonly bytes: Buffer | undefined;
  readonly kind: 'signature' | 'seal';
}

/**
 * Runs a command that may bring a picture: inspected first, kept once the command is decided, and
 * only then recorded; so a refused command leaves no file and no event names a file that is not
 * there. A crash in between leaves a file no event names, which harms nobody.
 */
export async function runWithImage<S, C extends object, E extends DomainEvent>(
  { runner, images }: Tools<S, C, E>,
  command: object,
  { stream, asked, bytes, kind }: Upload,
): Promise<SpecimenOutcome<S, E>> {
  const accepted = bytes && (await acceptImage(bytes, kind));
  const keep = accepted && (() => images.put(accepted.image.sha256, accepted.bytes));
  const complete = { image: accepted?.image ?? null, ...command } as unknown as Undated<C>;
  const request = { command: complete, ...asked, ...(keep && { keep }) };
  const outcome = await runner.execute(stream, request);
  return { ...outcome, warnings: accepted?.warnings ?? [] };
}

interface Tools<S, C, E extends DomainEvent> {
  readonly runner: CommandRunner<S, C, E>;
  readonly images: ImageStore;
}
