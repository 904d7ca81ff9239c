import type { Refusal, SpecimenImage } from '#domain';
import {
  cropPicture,
  inspectImage,
  type ImageProblem,
  type ImageWarning,
  type Inspection,
} from '#image-store';

/** The uploaded file is no image the register can keep. Nothing was stored. */
export class ImageRefused extends Error {
  override readonly name = 'ImageRefused';
  constructor(
    readonly problem: ImageProblem,
    /** Why the command would have been refused with any other image, too. */
    readonly refusal?: Refusal,
  ) {
    super(problem.code);
  }
}

export interface AcceptedImage {
  readonly image: SpecimenImage;
  readonly bytes: Buffer;
  readonly warnings: readonly ImageWarning[];
}

export type Cropping = 'auto' | undefined;

/**
 * Inspects an uploaded file in full; one that is mostly empty is cut to what is drawn on it where
 * that was asked for. @throws ImageRefused
 */
export async function acceptImage(
  bytes: Buffer,
  kind: 'signature' | 'seal',
  cropping: Cropping,
): Promise<AcceptedImage> {
  const inspection = await inspectImage(bytes, kind);
  if (inspection.ok) return accepted(bytes, inspection);
  const { problem } = inspection;
  if (problem.code !== 'IMAGE_UNCROPPED' || cropping === undefined) throw new ImageRefused(problem);
  const { crop } = problem.details;
  const part = await cropPicture(bytes, crop);
  const again = await inspectImage(part, kind);
  if (!again.ok) throw new ImageRefused(again.problem);
  const warning = { code: 'IMAGE_CROPPED', details: { crop } } as const;
  return accepted(part, { ...again, warnings: [warning, ...again.warnings] });
}

function accepted(
  bytes: Buffer,
  { facts, warnings }: Extract<Inspection, { ok: true }>,
): AcceptedImage {
  const { sha256, mediaType, width, height } = facts;
  const codes = warnings.map((warning) => warning.code);
  const image = { sha256, mediaType, width, height, bytes: bytes.length, warnings: codes };
  return { image, bytes, warnings };
}
