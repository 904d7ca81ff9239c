import type { Ask } from '../register/look-ups.ts';
import { refuse } from '../refusal.ts';

/**
 * The picture files kept for one agency: of its seals and of all its people's signatures. Each is
 * kept for ever, so there is an end to how much of them; which one, only a stream of the agency's
 * own can decide, whoever else uploads at the same moment.
 */

export type ImageKept = {
  readonly type: 'ImageKept';
  /** `bytes` is the file's size; the file lies in the image store under `sha256`. */
  readonly data: { readonly sha256: string; readonly bytes: number };
};
export type ImagesEvent = ImageKept;

/** Before a file is put into the image store. The same file again takes no room. */
export interface KeepImage {
  readonly type: 'KeepImage';
  readonly sha256: string;
  readonly bytes: number;
}

export interface ImagesState {
  /** Size of all files together, each counted once. */
  readonly bytes: number;
  /** The files that are at hand; of the others only their size is. */
  readonly kept: readonly string[];
}

export const noImages = (): ImagesState => ({ bytes: 0, kept: [] });

export const imagesStream = (agency: string): string => `images-${agency}`;

export const evolveImages = ({ bytes, kept }: ImagesState, { data }: ImagesEvent): ImagesState => ({
  bytes: bytes + data.bytes,
  kept: [...kept, data.sha256],
});

/** What is kept at hand: the sum alone, however many there are. */
export const sumOfImages = (state: ImagesState, { data }: ImagesEvent): ImagesState => ({
  ...state,
  bytes: state.bytes + data.bytes,
});

/** The state with a file that was looked up; the sum has it already. */
export const recallImage = (state: ImagesState, { data }: ImagesEvent): ImagesState => ({
  ...state,
  kept: [...state.kept, data.sha256],
});

const keyOf = (sha256: string): string => `image/${sha256}`;

export const keysOfImagesEvent = ({ data }: ImagesEvent): readonly string[] => [keyOf(data.sha256)];
export const asksOfImagesCommand = ({ sha256 }: KeepImage): readonly Ask[] => [
  { key: keyOf(sha256) },
];

/** Room for all pictures of an agency, in MiB: some hundreds of signatures and seals. */
const MOST_MIB = 200;

/** @throws Refusal IMAGES_EXHAUSTED */
export function decideImages(
  { bytes, kept }: ImagesState,
  { sha256, bytes: more }: KeepImage,
): readonly ImagesEvent[] {
  if (kept.includes(sha256)) return [];
  if (bytes + more > MOST_MIB * 1024 * 1024) {
    refuse('IMAGES_EXHAUSTED', { field: 'image', mostMiB: MOST_MIB });
  }
  return [{ type: 'ImageKept', data: { sha256, bytes: more } }];
}
