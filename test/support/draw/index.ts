/** Pictures for tests: good ones as the demo draws them, and every bad one the service must tell. */
export * from './lying.ts';
export { bombPng, bitmapHeader, pngChunks, withChunks, writePng } from './png.ts';
export * from './specimens.ts';
