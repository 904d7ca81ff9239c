import type { ImageStore } from '#image-store';

/** The image store, as a class Nest can inject. */
export class ImageFiles {
  constructor(readonly store: ImageStore) {}
}
