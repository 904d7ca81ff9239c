import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { benchOfficer, load, openBook, TODAY } from './http.ts';
import { alternate, figure, median, type Figure } from './report.ts';
import { startServer, type Server } from './servers.ts';

const CALLERS = 64;
/** How often the one is sealed, in seconds: ten times as often as by default. */
const OFTEN = '1';

/** Numbers over HTTP from a service that seals its log, and from one that does not. */
export async function benchSealedHttp(
  folder: string,
  times: { readonly seconds: number; readonly rounds: number },
): Promise<Figure> {
  const servers: Server[] = [];
  const side = async (name: string, SEAL_SECONDS: string) => {
    const own = join(folder, name);
    await mkdir(own, { recursive: true });
    const server = await startServer('../apps/api/main.js', {
      DATA_DIR: own,
      CLOCK_NOW: TODAY,
      SEAL_SECONDS,
    });
    servers.push(server);
    const authorization = await benchOfficer(own);
    const url = await openBook(server, authorization);
    const run = (seconds: number) =>
      load({ urls: [url], authorization, callers: CALLERS, seconds });
    await run(2);
    return () => run(times.seconds);
  };
  try {
    const runs = await alternate(times.rounds, {
      plain: await side('plain', '0'),
      sealed: await side('sealed', OFTEN),
    });
    const [plain, sealed] = [runs.plain, runs.sealed].map((all) => all.map((one) => one.perSecond));
    return {
      name: `numbers over HTTP, sealed every ${OFTEN} s / not sealed`,
      ratio: median(sealed ?? []) / median(plain ?? []),
      goal: '≥ 0.90',
      detail: `${figure(sealed ?? [], 'req/s')} against ${figure(plain ?? [], 'req/s')}`,
    };
  } finally {
    await Promise.all(servers.map((server) => server.stop()));
  }
}
