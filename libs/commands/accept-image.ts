import type { SpecimenImage } from '#domain';
import { inspectImage, type ImageProblem, type ImageWarning } from '#image-store';

/** The uploaded file is no image the register can keep. Nothing was stored. */
export class ImageRefused extends Error {
  override readonly name = 'ImageRefused';
  constructor(readonly problem: ImageProblem) {
    super(problem.code);
  }
}

export interface AcceptedImage {
  readonly image: SpecimenImage;
  readonly bytes: Buffer;
  readonly warnings: readonly ImageWarning[];
}

/** Inspects an uploaded file in full. @throws ImageRefused */
export async function acceptImage(
  bytes: Buffer,
  kind: 'signature' | 'seal',
): Promise<AcceptedImage> {
  const inspection = await inspectImage(bytes, kind);
  if (!inspection.ok) throw new ImageRefused(inspection.problem);
  const { facts, warnings } = inspection;
  const { sha256, mediaType, width, height } = facts;
  const codes = warnings.map((warning) => warning.code);
  const image = { sha256, mediaType, width, height, bytes: bytes.length, warnings: codes };
  return { image, bytes, warnings };
}
