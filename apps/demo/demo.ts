import { PortalProblem, PortalUnreachable } from '#client';
import type { Config } from '#config';
import { playGuide } from './play.ts';
import { NotReady, untilReady } from './ready.ts';
import { startService } from './service.ts';

/** Plays the whole guide on its day, against a running service or one of its own. Answers the exit status. */
export async function playDemo(config: Config, options: { url?: string }): Promise<number> {
  try {
    if (options.url === undefined) await playOnOwnService(config);
    else {
      await untilReady(options.url, 2000);
      await playGuide(options.url, config);
    }
    return 0;
  } catch (error) {
    const expected = [PortalProblem, PortalUnreachable, NotReady].some(
      (kind) => error instanceof kind,
    );
    if (!expected) throw error;
    console.error((error as Error).message);
    return 1;
  }
}

async function playOnOwnService(config: Config): Promise<void> {
  const service = await startService();
  try {
    await playGuide(service.url, { ...config, DATA_DIR: service.dataDir });
  } finally {
    await service.stop();
  }
}
