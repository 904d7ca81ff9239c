import type { ForeignType } from './foreign.ts';
import type { RareJpeg } from './jpeg.ts';

export type ImageKind = 'signature' | 'seal';
export type MediaType = 'image/png' | 'image/jpeg' | 'image/webp';

type None = Readonly<Record<string, never>>;

/** Every reason a file is refused, with the figure measured and the limit it missed. */
export interface ImageProblemDetails {
  FILE_EMPTY: None;
  /** Neither PNG, JPEG nor WebP (`at` 0), or one with another kind of file joined on at byte `at`. */
  FILE_TYPE: { readonly found: ForeignType | 'unknown'; readonly at: number };
  FILE_TOO_LARGE: { readonly bytes: number; readonly limit: number };
  /** A JPEG of a kind that hardly any viewer shows. */
  FILE_RARE_JPEG: { readonly kind: RareJpeg };
  /** Cut off, damaged, or not to be decoded in reasonable time. */
  FILE_BROKEN: { readonly mediaType: MediaType };
  IMAGE_TOO_MANY_PIXELS: {
    readonly width: number;
    readonly height: number;
    readonly pixels: number;
    readonly limit: number;
  };
  IMAGE_TOO_SMALL: { readonly width: number; readonly height: number; readonly least: number };
  /** Most of it is empty, as a whole page with a small seal on it, or several; `crop` is where the largest is. */
  IMAGE_UNCROPPED: { readonly share: number; readonly drawings: number; readonly crop: Crop };
  IMAGE_ANIMATED: { readonly frames: number };
  /** Nothing stands out from the ground; a figure below its `least` says by what. */
  IMAGE_BLANK: {
    readonly contrast: number;
    readonly leastContrast: number;
    readonly sharpness: number;
    readonly leastSharpness: number;
  };
  /** Seals only. */
  IMAGE_BLURRED: { readonly sharpness: number; readonly least: number };
  IMAGE_LOW_CONTRAST: { readonly contrast: number; readonly least: number };
}

/** A part of a picture, in its pixels as it is shown. */
export interface Crop {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

/** Every recommendation a kept image may miss. Codes stand in events: they never change. */
export interface ImageWarningDetails {
  /** Not the recommended PNG with transparent ground; `transparent` is the share (0 … 1) of it that is. */
  IMAGE_WARN: {
    readonly mediaType: MediaType;
    readonly transparent: number;
    readonly recommended: number;
  };
  /** Too little of the ink (0 … 1) has the recommended colour. */
  IMAGE_WARN_COLOUR: {
    readonly colour: 'blue' | 'red';
    readonly share: number;
    readonly recommended: number;
  };
  /** It was cut out of a larger picture, as was asked for. */
  IMAGE_CROPPED: { readonly crop: Crop };
  IMAGE_WARN_SHARPNESS: { readonly sharpness: number; readonly recommended: number };
  IMAGE_WARN_CONTRAST: { readonly contrast: number; readonly recommended: number };
  /** Seals only. */
  IMAGE_WARN_SIZE: {
    readonly width: number;
    readonly height: number;
    readonly recommended: number;
  };
}

export type ImageProblemCode = keyof ImageProblemDetails;
export type ImageWarningCode = keyof ImageWarningDetails;

export type ImageProblem = {
  [C in ImageProblemCode]: { readonly code: C; readonly details: ImageProblemDetails[C] };
}[ImageProblemCode];
export type ImageWarning = {
  [C in ImageWarningCode]: { readonly code: C; readonly details: ImageWarningDetails[C] };
}[ImageWarningCode];

export interface ImageFacts {
  /** Of the original bytes, 64 hex digits. */
  readonly sha256: string;
  readonly mediaType: MediaType;
  /** Pixels, as the picture is shown: with its orientation applied. */
  readonly width: number;
  readonly height: number;
  readonly bytes: number;
  readonly hasAlpha: boolean;
  /** Share of the picture that is transparent, 0 … 1. */
  readonly transparent: number;
  /** Share of the ink in the colour recommended for its kind, 0 … 1. */
  readonly colour: number;
  /** See `measure.ts` for both. */
  readonly sharpness: number;
  readonly contrast: number;
}

export type Inspection =
  | { readonly ok: true; readonly facts: ImageFacts; readonly warnings: readonly ImageWarning[] }
  | { readonly ok: false; readonly problem: ImageProblem };
