import { join } from 'node:path';
import type { Config } from '#config';
import { openDiskImageStore } from './disk.ts';
import type { openGridFsImageStore as OpenGridFs } from './gridfs.ts';
import type { ImageStore } from './port.ts';

type Settings = Pick<Config, 'MONGODB_URL' | 'MONGODB_DATABASE' | 'DATA_DIR'>;

/** A store on GridFS. Its driver is loaded when it is asked for: that takes a while. */
export const openGridFsImageStore = async (
  ...given: Parameters<typeof OpenGridFs>
): ReturnType<typeof OpenGridFs> => (await import('./gridfs.ts')).openGridFsImageStore(...given);

/** The image store that the configuration names: GridFS, else files in the data folder. @throws ImageStoreUnavailable */
export async function openImageStore(config: Settings): Promise<ImageStore> {
  if (config.MONGODB_URL !== undefined) {
    return openGridFsImageStore(config.MONGODB_URL, config.MONGODB_DATABASE, { lazily: true });
  }
  return openDiskImageStore(join(config.DATA_DIR, 'images'));
}
