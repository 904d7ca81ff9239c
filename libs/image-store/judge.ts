import type { Drawing } from './drawing.ts';
import type { ImageFacts, ImageKind, ImageProblem, ImageWarning } from './findings.ts';

/**
 * Limits on what is measured (`measure.ts` says in which units), set on drawn seals of 150 to 2000
 * px, clean and as noisy JPEG scans. Sharpness: blurred by 0.4 % of the seal's width (0.15 mm on a
 * seal of 36 mm) it is 0.2 and looks well; by 0.8 % it is 0.11, soft but legible; by 1.6 % it is
 * 0.06 and letters run into each other. Contrast: pale pink on white has 0.26, a tint hardly to be
 * seen 0.09.
 */
export const limits = {
  blank: { contrast: 0.04, sharpness: 0.02 },
  hopeless: { contrast: 0.12, sharpness: 0.08 },
  doubtful: { contrast: 0.3, sharpness: 0.15 },
  /** Pixels of the shorter side. */
  leastSide: 150,
  recommendedSide: 300,
  /** Of the whole picture: below it is a page with something small on it. */
  drawn: 0.15,
  /** Of the whole picture: a seal or a signature leaves well over half of it free. */
  transparent: 0.3,
  /** Of the ink: beside a blue signature, name and title are often printed in black. */
  colour: { signature: 0.15, seal: 0.5 },
} as const;

const colours = { signature: 'blue', seal: 'red' } as const;

type Clarity = Pick<ImageFacts, 'contrast' | 'sharpness'>;

/** Why a picture, decoded and measured, cannot serve as one of its kind; undefined when it can. */
export function clarityProblem(clarity: Clarity, kind: ImageKind): ImageProblem | undefined {
  const { contrast, sharpness } = clarity;
  const { blank, hopeless } = limits;
  if (contrast < blank.contrast || sharpness < blank.sharpness) {
    const leasts = { leastContrast: blank.contrast, leastSharpness: blank.sharpness };
    return { code: 'IMAGE_BLANK', details: { contrast, sharpness, ...leasts } };
  }
  if (contrast < hopeless.contrast) {
    return { code: 'IMAGE_LOW_CONTRAST', details: { contrast, least: hopeless.contrast } };
  }
  if (kind === 'seal' && sharpness < hopeless.sharpness) {
    return { code: 'IMAGE_BLURRED', details: { sharpness, least: hopeless.sharpness } };
  }
  return undefined;
}

/**
 * A whole page with a small seal or signature on it, or with several: what is measured of it is mostly
 * paper, and stamped on a copy it would hardly be seen. Only where there is enough of it to be cut out.
 */
export function uncropped(
  { drawing }: { readonly drawing: Drawing | undefined },
  { width, height }: Pick<ImageFacts, 'width' | 'height'>,
): ImageProblem | undefined {
  if (drawing === undefined) return undefined;
  const { box, count, share } = drawing;
  const crop = {
    left: Math.floor(box.left * width),
    top: Math.floor(box.top * height),
    width: Math.floor(box.width * width),
    height: Math.floor(box.height * height),
  };
  if (share >= limits.drawn || Math.min(crop.width, crop.height) < limits.leastSide) {
    return undefined;
  }
  const details = { share: Math.round(share * 1000) / 1000, drawings: count, crop };
  return { code: 'IMAGE_UNCROPPED', details };
}

/** What a picture could do better, most weighty first. */
export function warningsFor(facts: ImageFacts, kind: ImageKind): readonly ImageWarning[] {
  const { mediaType, transparent, colour } = facts;
  const warnings: ImageWarning[] = [];
  if (mediaType !== 'image/png' || transparent < limits.transparent) {
    const recommended = limits.transparent;
    warnings.push({ code: 'IMAGE_WARN', details: { mediaType, transparent, recommended } });
  }
  if (colour < limits.colour[kind]) {
    const details = { colour: colours[kind], share: colour, recommended: limits.colour[kind] };
    warnings.push({ code: 'IMAGE_WARN_COLOUR', details });
  }
  return [...warnings, ...clarityWarnings(facts), ...(kind === 'seal' ? sizeWarnings(facts) : [])];
}

function clarityWarnings({ sharpness, contrast }: Clarity): readonly ImageWarning[] {
  const { doubtful } = limits;
  const warnings: ImageWarning[] = [];
  if (sharpness < doubtful.sharpness) {
    const details = { sharpness, recommended: doubtful.sharpness };
    warnings.push({ code: 'IMAGE_WARN_SHARPNESS', details });
  }
  if (contrast < doubtful.contrast) {
    const details = { contrast, recommended: doubtful.contrast };
    warnings.push({ code: 'IMAGE_WARN_CONTRAST', details });
  }
  return warnings;
}

function sizeWarnings({ width, height }: ImageFacts): readonly ImageWarning[] {
  const recommended = limits.recommendedSide;
  if (Math.min(width, height) >= recommended) return [];
  return [{ code: 'IMAGE_WARN_SIZE', details: { width, height, recommended } }];
}
