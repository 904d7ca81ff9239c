import { UnderWay } from './http/doors/overload.ts';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pino from 'pino';
import { createVerifier } from '#access';
import { createAccessLog } from '#audit';
import { createClock, loadConfig } from '#config';
import { createMetrics, Outages, scrapeOf } from '#telemetry';
import { createApp, openReplays } from './app.ts';
import { auditOf } from './audit/audit-of.ts';
import { describeApi } from './openapi.ts';
import { servicesOf } from './http/watching/services.ts';
import { closeStores, openStores, probesOf } from './stores.ts';

const FILE = 'docs/openapi.json';

/** Writes `docs/openapi.json`; with `--check` says whether it is what the code describes. */
async function main(check: boolean): Promise<number> {
  const folder = await mkdtemp(join(tmpdir(), 'openapi-'));
  const config = loadConfig({ DATA_DIR: folder });
  const stores = await openStores(config, () => undefined);
  const log = pino({ level: 'silent' });
  const accessLog = createAccessLog({ store: stores.access, log: () => undefined });
  const metrics = createMetrics(() => Promise.resolve());
  const replays = openReplays(config);
  const verify = await createVerifier(config);
  const underWay = new UnderWay(config.MOST_AT_ONCE);
  const outages = new Outages(log, servicesOf(probesOf(stores, verify, () => underWay.isFull())));
  const scrape = scrapeOf(metrics.registry);
  const recordedBy = createClock(config);
  const audit = auditOf(config, stores, log);
  const instruments = {
    log,
    accessLog,
    metrics,
    scrape,
    replays,
    verify,
    outages,
    recordedBy,
    audit,
    underWay,
  };
  const app = await createApp(config, stores, instruments);
  const text = `${JSON.stringify(describeApi(app), null, 2)}\n`;
  await app.close();
  await replays.close();
  await accessLog.close();
  await closeStores(stores);
  await rm(folder, { recursive: true });
  if (!check) {
    await writeFile(FILE, text);
    return 0;
  }
  const same = (await readFile(FILE, 'utf8').catch(() => '')) === text;
  if (!same) console.error(`${FILE} is stale: run npm run generate`);
  return same ? 0 : 1;
}

process.exitCode = await main(process.argv.includes('--check'));
