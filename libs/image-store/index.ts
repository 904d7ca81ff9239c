export * from './port.ts';
export { openDiskImageStore } from './disk.ts';
export type {
  Crop,
  ImageFacts,
  ImageKind,
  ImageProblem,
  ImageProblemCode,
  ImageProblemDetails,
  ImageWarning,
  ImageWarningCode,
  ImageWarningDetails,
  Inspection,
  MediaType,
} from './findings.ts';
export type { ForeignType } from './foreign.ts';
export { sha256Of } from './hash.ts';
export { inspectImage, MAX_BYTES } from './inspect.ts';
export type { RareJpeg } from './jpeg.ts';
export { openGridFsImageStore, openImageStore } from './open.ts';
export { cropPicture, renderImage } from './render.ts';
export { wholeImage } from './whole.ts';
export type { ImageVariant, RenderedImage } from './render.ts';
