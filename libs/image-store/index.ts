export * from './port.ts';
export { openDiskImageStore } from './disk.ts';
export { openGridFsImageStore } from './gridfs.ts';
export { sha256Of } from './hash.ts';
export { openImageStore } from './open.ts';
